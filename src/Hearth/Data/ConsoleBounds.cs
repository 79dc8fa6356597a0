using Hearth.Schema;

namespace Hearth.Data;

/// <summary>What the SQL console may not change although a superuser may do anything: it would leave Hearth with tables that are not as it believes them to be.</summary>
internal sealed class ConsoleBounds
{
    /// <summary>What is said of temporary tables and the like.</summary>
    public const string Temporary = "Temporary tables, views and triggers would stay on the connection and hide tables from later requests. Make it without TEMP, and drop it afterwards.";

    private static readonly HashSet<string> Own = new(InternalTables.All.Select(table => table.Name), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> tables;
    private readonly HashSet<string> indexes;

    /// <summary>For these collections.</summary>
    public ConsoleBounds(SchemaSnapshot schema)
    {
        tables = new(schema.Collections.Select(collection => collection.Name), StringComparer.OrdinalIgnoreCase);
        indexes = new(schema.Collections.SelectMany(collection => collection.Indexes).Select(index => index.Name), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Tables of collections.</summary>
    public IEnumerable<string> Tables => tables;

    /// <summary>Indexes that collections declare.</summary>
    public IEnumerable<string> Indexes => indexes;

    /// <summary>Why the rows of a table are not changed; null when they may be.</summary>
    public static string? OfRows(string? table) => table is not null && Own.Contains(table) ? OfOwn(table) : null;

    /// <summary>Why the table itself is not changed or dropped; null when it may be.</summary>
    public string? OfTable(string? table) => OfRows(table) ?? (table is not null && tables.Contains(table) ? OfCollection(table) : null);

    /// <summary>Why an index is not dropped; null when it may be.</summary>
    public string? OfIndex(string? index) => index is not null && indexes.Contains(index) ? $"{index} is an index of a collection. Change it there." : null;

    /// <summary>What is said of a table in which Hearth keeps itself.</summary>
    public static string OfOwn(string table) => $"Hearth keeps itself in {table}. It is changed by the API and the commands only, and read by a query that begins with SELECT.";

    /// <summary>What is said of the table of a collection.</summary>
    public static string OfCollection(string table) => $"{table} is a collection. Change or remove it as one, so that its rules and fields follow.";
}
