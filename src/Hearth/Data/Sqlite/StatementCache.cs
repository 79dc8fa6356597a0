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
        if (byText.TryGetValue(sql, out var node) && !node.Value.IsOut)
        {
            node.Value.IsOut = true;
            if (byUse.First != node)
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
            return node.Value.Statement;
        }
        if (raw.sqlite3_prepare_v3(db, sql, Persistent, out var statement) != raw.SQLITE_OK) return null;
        // A second copy of the same text (a query inside a query) is not kept.
        if (node is null) byText[sql] = byUse.AddFirst(new Entry(sql, statement) { IsOut = true });
        return statement;
    }

    /// <summary>Takes a statement back.</summary>
    public void Return(string sql, sqlite3_stmt statement)
    {
        if (!byText.TryGetValue(sql, out var node) || node.Value.Statement != statement)
        {
            statement.Dispose();
            return;
        }
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
        node.Value.IsOut = false;
        if (byText.Count > capacity) DropOldest();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in byUse) entry.Statement.Dispose();
        byUse.Clear();
        byText.Clear();
    }

    private void DropOldest()
    {
        var oldest = byUse.Last;
        while (oldest is { Value.IsOut: true }) oldest = oldest.Previous;
        if (oldest is null) return;
        byUse.Remove(oldest);
        byText.Remove(oldest.Value.Sql);
        oldest.Value.Statement.Dispose();
    }

    private sealed class Entry(string sql, sqlite3_stmt statement)
    {
        public string Sql => sql;

        public sqlite3_stmt Statement => statement;

        public bool IsOut { get; set; }
    }
}
