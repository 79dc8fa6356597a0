using Hearth.Data.Sqlite.History;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// What the writer does for the file between commits: moves the log into it, and keeps the statistics of the query planner fresh.
/// Callers have their answers before it begins.
/// </summary>
internal sealed class Upkeep(SqliteConnection connection, SqliteEngineOptions options, TimeProvider clock)
{
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private const int PatienceWithReaders = 250; // milliseconds

    private static readonly TimeSpan OptimizeEvery = TimeSpan.FromHours(1);

    private HistoryWriter? history;
    private long optimizedAt = clock.GetTimestamp();
    private long pagesInLog;
    private long nextCheckpoint = options.CheckpointPages;

    /// <summary>Begins to keep a history, or ends it.</summary>
    public void KeepHistory(HistoryWriter? writer)
    {
        history?.Forget();
        writer?.Start();
        history = writer;
    }

    /// <summary>Writes what the history lacks; the place where it goes on, or null when none is kept.</summary>
    public HistoryPoint? WriteHistory()
    {
        history?.Ship(closing: false);
        return history?.Point;
    }

    /// <summary>Does what is due.</summary>
    public void AfterCommit()
    {
        history?.AfterCommit();
        raw.sqlite3_db_status(connection.Handle, PagesWritten, out var written, out _, 1);
        pagesInLog += written;
        if (pagesInLog < nextCheckpoint) return;
        Checkpoint();
        nextCheckpoint = pagesInLog + options.CheckpointPages;
        if (clock.GetElapsedTime(optimizedAt) > OptimizeEvery) Optimize();
    }

    /// <summary>A clean end leaves one file without a log. Others may still read: then the log stays, which is as safe.</summary>
    public void AtEnd()
    {
        Optimize();
        history?.Ship(closing: true);
        raw.sqlite3_busy_timeout(connection.Handle, PatienceWithReaders);
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        history?.End();
    }

    // Passive waits for nobody. When readers hold on to old pages for so long that the log grows large, wait for them a little.
    private void Checkpoint()
    {
        history?.Ship(closing: true);
        var insist = pagesInLog > options.CheckpointPages * 16L;
        if (insist) raw.sqlite3_busy_timeout(connection.Handle, PatienceWithReaders);
        var mode = insist ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, mode, out var logged, out var moved);
        if (insist) raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
        if (result == raw.SQLITE_OK && moved >= logged) pagesInLog = 0;
    }

    // Counts how many rows the values of an index have; SQLite looks at a bounded part of the tables that changed much.
    private void Optimize()
    {
        optimizedAt = clock.GetTimestamp();
        raw.sqlite3_exec(connection.Handle, "PRAGMA optimize = 0x10002");
    }
}
