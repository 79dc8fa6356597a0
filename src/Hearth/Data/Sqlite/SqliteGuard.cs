using System.Collections.Frozen;
using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// What SQL text of a user may not do, whoever the user is: end our transaction, open other files, leave something on the connection, or change how it works; and
/// what the console may not do beside that. SQLite asks it for every action while it prepares a statement, and so knows every table by what it is, however it was
/// written. Triggers may not touch Hearth's own tables, whoever fires them.
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

    private readonly List<string> triggered = [];
    private bool foreign;
    private ConsoleBounds? bounds;

    /// <summary>Why the text that was prepared last is refused; null when SQLite's own message says it.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Tables for which the text that was prepared last makes a trigger.</summary>
    public IReadOnlyList<string> Triggered => triggered;

    /// <summary>Text of a user is prepared from now on.</summary>
    /// <param name="console">What it may not change; null for text of the app.</param>
    public void Begin(ConsoleBounds? console)
    {
        (foreign, bounds, Refusal) = (true, console, null);
        triggered.Clear();
    }

    /// <summary>The text of the user is prepared.</summary>
    public void End() => (foreign, bounds) = (false, null);

    /// <summary>SQLite's question: may this be done?</summary>
    public int Decide(object user, int action, utf8z first, utf8z second, utf8z database, utf8z inner)
    {
        if (!foreign) return IsChange(action) && inner.utf8_to_string() is not null ? Answer(ConsoleBounds.OfRows(first.utf8_to_string())) : raw.SQLITE_OK;
        return action switch
        {
            raw.SQLITE_TRANSACTION or raw.SQLITE_SAVEPOINT or raw.SQLITE_ATTACH or raw.SQLITE_DETACH => raw.SQLITE_DENY,
            raw.SQLITE_PRAGMA => MayRead(first.utf8_to_string(), second.utf8_to_string()) ? raw.SQLITE_OK : raw.SQLITE_DENY,
            raw.SQLITE_READ or raw.SQLITE_SELECT or raw.SQLITE_FUNCTION or raw.SQLITE_RECURSIVE => raw.SQLITE_OK,
            // A change of a table renames what temporary triggers and views say of it; SQLite itself lets no text write there.
            raw.SQLITE_UPDATE when first.utf8_to_string() == "sqlite_temp_master" => raw.SQLITE_OK,
            _ when IsTemporary(action) || database.utf8_to_string() == "temp" => Answer(ConsoleBounds.Temporary),
            _ when bounds is null => raw.SQLITE_OK,
            _ => Answer(HarmOf(bounds, action, first.utf8_to_string(), second.utf8_to_string())),
        };
    }

    private string? HarmOf(ConsoleBounds console, int action, string? first, string? second)
    {
        switch (action)
        {
            case raw.SQLITE_INSERT or raw.SQLITE_UPDATE or raw.SQLITE_DELETE: return ConsoleBounds.OfRows(first);
            case raw.SQLITE_DROP_TABLE or raw.SQLITE_DROP_VIEW or raw.SQLITE_DROP_VTABLE: return console.OfTable(first);
            case raw.SQLITE_ALTER_TABLE: return console.OfTable(second);
            case raw.SQLITE_CREATE_INDEX or raw.SQLITE_DROP_TRIGGER: return ConsoleBounds.OfRows(second);
            case raw.SQLITE_DROP_INDEX: return ConsoleBounds.OfRows(second) ?? console.OfIndex(first);
            case raw.SQLITE_CREATE_TRIGGER:
                // SQLite looks at what a trigger does only when a change of its table is prepared.
                if (second is not null) triggered.Add(second);
                return ConsoleBounds.OfRows(second);
            default: return null;
        }
    }

    private int Answer(string? refusal)
    {
        if (refusal is null) return raw.SQLITE_OK;
        Refusal = refusal;
        return raw.SQLITE_DENY;
    }

    private static bool IsChange(int action) => action is raw.SQLITE_INSERT or raw.SQLITE_UPDATE or raw.SQLITE_DELETE;

    private static bool IsTemporary(int action) => action is raw.SQLITE_CREATE_TEMP_INDEX or raw.SQLITE_CREATE_TEMP_TABLE or raw.SQLITE_CREATE_TEMP_TRIGGER or raw.SQLITE_CREATE_TEMP_VIEW
        or raw.SQLITE_DROP_TEMP_INDEX or raw.SQLITE_DROP_TEMP_TABLE or raw.SQLITE_DROP_TEMP_TRIGGER or raw.SQLITE_DROP_TEMP_VIEW;

    private static bool MayRead(string name, string? argument) =>
        ReadingPragmas.Contains(name) || (argument is null && ReadingPragmasWithoutArgument.Contains(name));
}
