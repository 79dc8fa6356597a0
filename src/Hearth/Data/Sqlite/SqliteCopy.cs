using Hearth.Basics;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// Copies the file of a database page by page, as it is at one moment, while others go on writing. The copy takes its time, so that they notice little of it.
/// </summary>
internal static class SqliteCopy
{
    private const int PagesAtOnce = 256; // a mebibyte

    /// <summary>Copies; the target must not be there yet. Runs on a thread of its own because the library blocks.</summary>
    /// <param name="file">The database.</param>
    /// <param name="target">Where the copy shall be.</param>
    /// <param name="options">How the database is set up.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Gives up between two steps.</param>
    public static Task RunAsync(string file, string target, SqliteEngineOptions options, TimeProvider clock, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(file, target, options, clock, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Run(string file, string target, SqliteEngineOptions options, TimeProvider clock, CancellationToken stop)
    {
        using var source = SqliteConnection.Open(file, readOnly: true, options, clock);
        // The moment: without it each commit of somebody else would begin the copy anew.
        source.Execute("BEGIN");
        source.Execute("SELECT 1 FROM sqlite_schema LIMIT 1");
        OwnerOnly.Create(target, FileMode.CreateNew).Dispose();
        var opened = raw.sqlite3_open_v2(target, out var copy, raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null);
        try
        {
            if (opened != raw.SQLITE_OK) throw Refused(opened, copy);
            // It is of no use until it is whole, and then it is flushed at once.
            raw.sqlite3_exec(copy, "PRAGMA synchronous = 0");
            var work = raw.sqlite3_backup_init(copy, "main", source.Handle, "main");
            if (work.IsInvalid) throw Refused(raw.sqlite3_errcode(copy), copy);
            try
            {
                var pace = new Pace(clock);
                while (true)
                {
                    stop.ThrowIfCancellationRequested();
                    pace.Begin();
                    var result = raw.sqlite3_backup_step(work, PagesAtOnce);
                    if (result == raw.SQLITE_DONE) break;
                    if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED)) throw Refused(result, copy);
                    stop.WaitHandle.WaitOne(pace.End());
                }
            }
            finally
            {
                raw.sqlite3_backup_finish(work);
            }
        }
        finally
        {
            raw.sqlite3_close_v2(copy);
        }
    }

    private static DataException Refused(int code, sqlite3 copy) => new(SqliteFaults.Of(code, $"The copy of the database failed: {raw.sqlite3_errmsg(copy).utf8_to_string()}"));
}
