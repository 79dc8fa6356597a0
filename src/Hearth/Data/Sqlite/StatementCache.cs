using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// The prepared statements of one connection by their text; the one unused for longest goes first. SQLite prepares a kept statement
/// again by itself when the schema has changed.
/// </summary>
internal sealed class StatementCache(sqlite3 db, int capacity) : IDisposable
{
    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT

    private readonly Dictionary<string, LinkedListNode<Entry>> byText = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();

    /// <summary>A statement ready to bind, or null with the error left on the connection. Give it back with <see cref="Return"/>.</summary>
    public sqlite3_stmt? Rent(string sql)
    {
        if (byText.Remove(sql, out var node))
        {
            byUse.Remove(node);
            return node.Value.Statement;
        }
        return raw.sqlite3_prepare_v3(db, sql, Persistent, out var statement) == raw.SQLITE_OK ? statement : null;
    }

    /// <summary>Takes a statement back. A second copy of the same text (a query inside a query) is not kept.</summary>
    public void Return(string sql, sqlite3_stmt statement)
    {
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
        if (byText.ContainsKey(sql))
        {
            statement.Dispose();
            return;
        }
        byText[sql] = byUse.AddFirst(new Entry(sql, statement));
        if (byText.Count <= capacity) return;
        var oldest = byUse.Last!.Value; // never null: the list has more than capacity entries
        byUse.RemoveLast();
        byText.Remove(oldest.Sql);
        oldest.Statement.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in byUse) entry.Statement.Dispose();
        byUse.Clear();
        byText.Clear();
    }

    private sealed record Entry(string Sql, sqlite3_stmt Statement);
}
