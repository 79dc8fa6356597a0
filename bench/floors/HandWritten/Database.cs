using Dapper;
using Microsoft.Data.Sqlite;

namespace Hearth.Floors.HandWritten;

/// <summary>Pooled connections to the SQLite file, and one gate for writing, so that writers wait in line instead of meeting a locked file.</summary>
internal sealed class Database(string file, string synchronous)
{
    private readonly string connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 }.ToString();
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>A connection to read with; dispose it to give it back.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Turns write-ahead logging on; the file remembers it.</summary>
    public void Prepare()
    {
        using var connection = Open();
        connection.Execute("PRAGMA journal_mode = WAL");
    }

    /// <summary>Runs work in a transaction of its own. Null means: roll back.</summary>
    public async Task<T?> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T?> work) where T : class
    {
        await writing.WaitAsync();
        try
        {
            using var connection = Open();
            connection.Execute($"PRAGMA synchronous = {synchronous}");
            using var transaction = connection.BeginTransaction();
            var result = work(connection, transaction);
            if (result is not null) transaction.Commit();
            return result;
        }
        finally
        {
            writing.Release();
        }
    }
}
