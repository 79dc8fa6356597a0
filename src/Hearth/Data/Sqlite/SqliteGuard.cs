using System.Collections.Frozen;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// What SQL text of a user may not do, whoever the user is: end our transaction, open other files, or change how the connection works.
/// SQLite asks it for every action while it prepares a statement.
/// </summary>
internal sealed class SqliteGuard
{
    private static readonly FrozenSet<string> ReadingPragmas = FrozenSet.ToFrozenSet(
    [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list", "compile_options",
        "function_list", "integrity_check", "quick_check",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ReadingPragmasWithoutArgument = FrozenSet.ToFrozenSet(
    [
        "page_count", "page_size", "freelist_count", "journal_mode", "user_version", "application_id", "encoding", "cache_size", "synchronous",
        "foreign_keys", "database_list", "collation_list", "schema_version", "data_version",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>True while text of a user is prepared.</summary>
    public bool Foreign { get; set; }

    /// <summary>SQLite's question: may this be done?</summary>
    public int Decide(object user, int action, utf8z first, utf8z second, utf8z database, utf8z inner)
    {
        if (!Foreign) return raw.SQLITE_OK;
        return action switch
        {
            raw.SQLITE_TRANSACTION or raw.SQLITE_SAVEPOINT or raw.SQLITE_ATTACH or raw.SQLITE_DETACH => raw.SQLITE_DENY,
            raw.SQLITE_PRAGMA => MayRead(first.utf8_to_string(), second.utf8_to_string()) ? raw.SQLITE_OK : raw.SQLITE_DENY,
            _ => raw.SQLITE_OK,
        };
    }

    private static bool MayRead(string name, string? argument) =>
        ReadingPragmas.Contains(name) || (argument is null && ReadingPragmasWithoutArgument.Contains(name));
}
