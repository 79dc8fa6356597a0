using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Sql;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>
/// Collections as JSON: what clients see and send (contract 4.2), and what is stored (contract 14.2). Secrets are only in the stored form.
/// </summary>
public static class CollectionJson
{
    /// <summary>Writes the object that clients see.</summary>
    public static void Write(Utf8JsonWriter writer, Collection collection)
    {
        writer.WriteStartObject();
        writer.WriteString("id", collection.Id);
        writer.WriteString("name", collection.Name);
        writer.WriteString("type", collection.Type.WireName());
        writer.WriteBoolean("system", collection.System);
        writer.WritePropertyName("fields");
        WriteFields(writer, collection.Fields);
        writer.WritePropertyName("indexes");
        WriteIndexes(writer, collection);
        writer.WriteString("listRule", collection.ListRule);
        writer.WriteString("viewRule", collection.ViewRule);
        writer.WriteString("createRule", collection.CreateRule);
        writer.WriteString("updateRule", collection.UpdateRule);
        writer.WriteString("deleteRule", collection.DeleteRule);
        if (collection.Auth is not null) AuthOptionsJson.Write(writer, collection.Auth, withSecrets: false);
        if (collection.Type == CollectionType.View) writer.WriteString("viewQuery", collection.ViewQuery ?? "");
        writer.WriteString("created", collection.Created);
        writer.WriteString("updated", collection.Updated);
        writer.WriteEndObject();
    }

    /// <summary>Writes a list of fields as clients see it.</summary>
    public static void WriteFields(Utf8JsonWriter writer, IEnumerable<Field> fields)
    {
        writer.WriteStartArray();
        foreach (var field in fields) FieldJson.Write(writer, field);
        writer.WriteEndArray();
    }

    /// <summary>
    /// Reads what a client sent: a new collection, or the changes of an existing one (absent members keep their value). The result is not
    /// completed or checked yet, but what could not even be put into a <see cref="Collection"/> is already in its faults. A body of the wrong
    /// shape is a 400.
    /// </summary>
    public static Outcome<CollectionReading> Read(JsonElement body, Collection? before) =>
        CollectionReader.Read(new OptionReader(body, new DecodeState()), before);

    /// <summary>The same for a body whose members were already taken apart.</summary>
    public static Outcome<CollectionReading> Read(IReadOnlyDictionary<string, JsonElement> body, Collection? before) =>
        CollectionReader.Read(new OptionReader(body, new DecodeState()), before);

    /// <summary>The row to store, with secrets.</summary>
    public static StoredCollection ToStorage(Collection collection) => new()
    {
        Id = collection.Id,
        System = collection.System,
        Type = collection.Type.WireName(),
        Name = collection.Name,
        Fields = JsonSpelling.Write(writer => WriteFields(writer, collection.Fields)),
        Indexes = JsonSpelling.Write(writer => WriteIndexes(writer, collection)),
        ListRule = collection.ListRule,
        ViewRule = collection.ViewRule,
        CreateRule = collection.CreateRule,
        UpdateRule = collection.UpdateRule,
        DeleteRule = collection.DeleteRule,
        Options = JsonSpelling.Write(writer => WriteOptions(writer, collection)),
        Created = collection.Created,
        Updated = collection.Updated,
    };

    /// <summary>The collection of a stored row. Throws <see cref="InvalidDataException"/>, which names the collection, when the row is broken.</summary>
    public static Collection FromStorage(StoredCollection row)
    {
        var type = CollectionTypes.Parse(row.Type) ?? throw Broken(row, $"unknown type \"{row.Type}\"");
        var state = new DecodeState();
        var options = new OptionReader(Parse(row, row.Options, "{}"), state);
        var fields = Parse(row, row.Fields, "[]");
        var indexes = Parse(row, row.Indexes, "[]");
        if (fields.ValueKind != JsonValueKind.Array || indexes.ValueKind != JsonValueKind.Array) throw Broken(row, "fields and indexes must be lists");
        var collection = new Collection
        {
            Id = row.Id,
            Name = row.Name,
            Type = type,
            System = row.System,
            Fields = [.. fields.EnumerateArray().Select(item => FieldJson.Read(item, state)).OfType<Field>()],
            Indexes = [.. indexes.EnumerateArray().Select(item => IndexStatement.Parse(Coercion.Text(item)) ?? throw Broken(row, "an index is not valid"))],
            ListRule = row.ListRule,
            ViewRule = row.ViewRule,
            CreateRule = row.CreateRule,
            UpdateRule = row.UpdateRule,
            DeleteRule = row.DeleteRule,
            Auth = type == CollectionType.Auth ? AuthOptionsJson.Merge(new AuthOptions(), options) : null,
            ViewQuery = type == CollectionType.View ? options.Text("viewQuery", "") : null,
            Created = row.Created,
            Updated = row.Updated,
        };
        return state.Problem is { } problem ? throw Broken(row, problem) : collection;
    }

    private static void WriteIndexes(Utf8JsonWriter writer, Collection collection)
    {
        writer.WriteStartArray();
        foreach (var index in collection.Indexes) writer.WriteStringValue(IndexStatement.Render(index, collection.Name));
        writer.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter writer, Collection collection)
    {
        writer.WriteStartObject();
        if (collection.Auth is not null) AuthOptionsJson.Write(writer, collection.Auth, withSecrets: true);
        if (collection.Type == CollectionType.View) writer.WriteString("viewQuery", collection.ViewQuery ?? "");
        writer.WriteEndObject();
    }

    private static JsonElement Parse(StoredCollection row, string text, string whenEmpty) =>
        Coercion.TryParse(text.Length == 0 ? whenEmpty : text, out var element) ? element : throw Broken(row, "its definition is not valid JSON");

    private static InvalidDataException Broken(StoredCollection row, string why) =>
        new($"The stored definition of collection \"{row.Name}\" ({row.Id}) cannot be read: {why}.");
}
