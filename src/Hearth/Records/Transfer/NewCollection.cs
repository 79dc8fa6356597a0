using System.Buffers;
using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>The definition of a collection that an import makes: open to superusers only, with the guessed fields.</summary>
internal static class NewCollection
{
    /// <summary>The members as <c>POST /api/collections</c> takes them.</summary>
    /// <param name="name">Name of the collection.</param>
    /// <param name="fields">Its fields, without <c>id</c>.</param>
    /// <param name="uniqueField">Field on which it gets a unique index; null for none.</param>
    public static IReadOnlyDictionary<string, JsonElement> Define(string name, IReadOnlyList<Field> fields, string? uniqueField)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type", CollectionType.Base.WireName());
            json.WriteStartArray("fields");
            foreach (var field in fields)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("type", field.Type.WireName());
                if (field is TextField { Max: > 0 } text) json.WriteNumber("max", text.Max);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("indexes");
            if (uniqueField is not null) json.WriteStringValue($"CREATE UNIQUE INDEX `idx_{name}_{uniqueField}` ON `{name}` (`{uniqueField}`)");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);
    }
}
