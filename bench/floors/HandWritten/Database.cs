using Dapper;
using Microsoft.Data.Sqlite;

namespace Hearth.Floors.HandWritten;

/// <summary>
/// Pooled connections to read from the SQLite file, and one connection behind a gate to write with, so that writers wait in line instead of
/// meeting a locked file.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Opens the file and turns write-ahead logging on.</summary>
    public Database(string file, string synchronous)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
        writer = Open();
        writer.Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}");
    }

    /// <summary>A connection to read with; dispose it to give it back.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs work in a transaction of its own. Null means: roll back.</summary>
    public async Task<T?> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T?> work) where T : class
    {
        await writing.WaitAsync();
        try
        {
            using var transaction = writer.BeginTransaction();
            var result = work(writer, transaction);
            if (result is not null) transaction.Commit();
            return result;
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        writing.Dispose();
    }
}
