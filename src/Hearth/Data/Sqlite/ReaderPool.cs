using System.Collections.Concurrent;

namespace Hearth.Data.Sqlite;

/// <summary>The read connections: opened when needed, at most so many, waited for without a thread when all are out.</summary>
internal sealed class ReaderPool(string file, SqliteEngineOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Readers);
    // The one given back last is taken first: its page cache is warm.
    private readonly ConcurrentStack<SqliteConnection> idle = new();
    private volatile bool closed;

    /// <summary>How many connections are out.</summary>
    public int Out => options.Readers - free.CurrentCount;

    /// <summary>A session on a connection of its own.</summary>
    public async ValueTask<SqliteReadSession> TakeAsync(CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (!await free.WaitAsync(options.StatementTimeout, stop))
        {
            throw new DataException(new DataFault(DataFaultKind.Busy, "All read connections are in use.", []));
        }
        try
        {
            var connection = idle.TryPop(out var kept) ? kept : SqliteConnection.Open(file, readOnly: true, options, clock);
            return new SqliteReadSession(connection, this);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>Takes a connection back.</summary>
    public void Return(SqliteConnection connection, bool healthy)
    {
        if (healthy && !closed) idle.Push(connection);
        else connection.Dispose();
        if (closed) DropIdle();
        free.Release();
    }

    /// <summary>Closes the idle connections; those still out close when they come back.</summary>
    public void Dispose()
    {
        closed = true;
        DropIdle();
    }

    private void DropIdle()
    {
        while (idle.TryPop(out var connection)) connection.Dispose();
    }
}
