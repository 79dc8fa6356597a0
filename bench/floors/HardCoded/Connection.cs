using SQLitePCL;

namespace Hearth.Floors.HardCoded;

/// <summary>Opens the SQLite file with settings that suit one connection a thread.</summary>
internal static class Connection
{
    public static sqlite3 Open(string file, bool writes, string synchronous)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (writes ? raw.SQLITE_OPEN_READWRITE : raw.SQLITE_OPEN_READONLY);
        var code = raw.sqlite3_open_v2(file, out var connection, flags, null);
        if (code != raw.SQLITE_OK) throw new InvalidOperationException($"cannot open {file}: SQLite answered {code}");
        raw.sqlite3_busy_timeout(connection, 5000);
        Run(connection, "PRAGMA mmap_size = 1073741824");
        Run(connection, "PRAGMA cache_size = -8192");
        if (!writes) return connection;
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, $"PRAGMA synchronous = {synchronous}");
        return connection;
    }

    /// <summary>Runs SQL without parameters and without rows.</summary>
    public static void Run(sqlite3 connection, string sql)
    {
        if (raw.sqlite3_exec(connection, sql) != raw.SQLITE_OK)
            throw new InvalidOperationException($"{raw.sqlite3_errmsg(connection).utf8_to_string()}: {sql}");
    }
}
