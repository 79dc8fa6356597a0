using Hearth.Schema;

namespace Hearth.Data.Postgres.Tables;

/// <summary>Indexes of collections, and those that Hearth makes by itself on relations.</summary>
internal static class Indexes
{
    /// <summary>Relations are followed in both directions, so each has an index.</summary>
    public static bool NeedsOwn(Field field) => field is RelationField;

    /// <summary>Name of the hidden index of a relation: by ids, so that it stays when the collection or the field is renamed.</summary>
    public static string OwnName(Collection collection, Field field) => $"_rel_{collection.Id}_{field.Id}";

    /// <summary>Makes the hidden index: a list is searched for its items.</summary>
    public static string CreateOwn(Collection collection, Field field)
    {
        var kind = field.Multiple ? " USING gin" : "";
        return $"CREATE INDEX IF NOT EXISTS {Quote(OwnName(collection, field))} ON {Quote(collection.Name)}{kind} ({Quote(field.Name)})";
    }

    /// <summary>Makes an index of the collection.</summary>
    public static string Create(Collection collection, IndexDefinition index)
    {
        var columns = string.Join(", ", index.Columns.Select(c => ColumnOf(collection, c)));
        var where = index.Where is null ? "" : $" WHERE {NativeNames.Read(EmptyTexts.In(index.Where, collection))}";
        return $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {Quote(index.Name)} ON {Quote(collection.Name)} ({columns}){where}";
    }

    private static string ColumnOf(Collection collection, IndexColumn column)
    {
        var field = column.IsExpression ? null : collection.Fields.FirstOrDefault(f => f.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        var name = column.IsExpression ? $"({NativeNames.Read(column.Name)})" : Quote(field?.Name ?? column.Name);
        // JSON has no order of its own: its text has.
        if (field?.Type is FieldType.Json or FieldType.GeoPoint) name = $"(({name}::text) COLLATE \"C\")";
        var text = column.Collation?.ToUpperInvariant() switch
        {
            null or "BINARY" => name,
            // The letters of ASCII alone: lower() of the column's own collation.
            "NOCASE" => $"(lower({name}))",
            "RTRIM" => $"(rtrim({name}, ' '))",
            _ => $"{name} COLLATE {SqlWriter.Quote(column.Collation)}",
        };
        return column.Descending ? text + " DESC" : text;
    }

    private static string Quote(string name) => PostgresNames.Quote(name);
}
