using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>Collections and their rows: all that an engine knows before it is asked.</summary>
internal sealed record World(ImmutableArray<Collection> Collections, ImmutableArray<Row> Rows)
{
    public Collection Find(string name) => Collections.First(c => c.Name == name);

    /// <summary>The values of a row in the order of its collection's fields.</summary>
    public FieldValue[] ValuesOf(Row row)
    {
        var collection = Find(row.Collection);
        return [.. collection.Fields.Select(field => field.Name == "id" ? FieldValue.Text(row.Id) : Value(field, row.Values.GetValueOrDefault(field.Name)))];
    }

    /// <summary>What a field makes of a JSON text; what its own check refuses is left out, as such values are never stored.</summary>
    public static FieldValue Value(Field field, string? json)
    {
        if (json is null) return field.Zero;
        var value = field.Coerce(JsonElement.Parse(json));
        return field.Check(value) is null ? value : field.Zero;
    }

    /// <summary>For people: each collection with its fields, then its rows.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var collection in Collections)
        {
            text.Append($"  {collection.Name}{(collection.Type == CollectionType.Auth ? " (auth)" : "")}, list rule {Quoted(collection.ListRule)}\n");
            foreach (var field in collection.Fields) text.Append($"    {Describe(field)}\n");
            foreach (var index in collection.Indexes) text.Append($"    {(index.Unique ? "unique " : "")}index on {string.Join(", ", index.Columns.Select(c => c.Name))}\n");
            foreach (var row in Rows.Where(r => r.Collection == collection.Name)) text.Append($"    > {row}\n");
        }
        return text.ToString();
    }

    private string Describe(Field field) => field.Name + " " + field.Type.ToString().ToLowerInvariant() + (field.Multiple ? " (several)" : "") +
        (field is RelationField relation ? " to " + Collections.FirstOrDefault(c => c.Id == relation.CollectionId)?.Name : "") + (field.Hidden ? " (hidden)" : "");

    private static string Quoted(string? rule) => rule is null ? "null" : $"«{rule}»";
}

/// <summary>A record: its id and the JSON text that was given for each field; a field without one has its zero value.</summary>
internal sealed record Row(string Collection, string Id, ImmutableSortedDictionary<string, string> Values)
{
    public override string ToString() => $"{Id}: {string.Join(", ", Values.Select(v => $"{v.Key} = {v.Value}"))}";
}
