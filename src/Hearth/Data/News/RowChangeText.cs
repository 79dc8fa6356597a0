using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Data.News;

/// <summary>Changes of rows as texts, for nodes to read.</summary>
internal static class RowChangeText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the changes of one write, so that those who read them know that they belong together.</summary>
    public static IEnumerable<string> Write(IReadOnlyList<RowChange> changes)
    {
        var removed = changes.Count(static change => change.Act == RowAct.Deleted);
        var write = removed > 1 ? RandomText.RecordId() : "";
        return changes.Select(change => change.Act == RowAct.Deleted ? Write(change, write, removed) : Write(change, "", 0));
    }

    private static string Write(RowChange change, string write, int removed)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("a"u8, (int)change.Act);
            writer.WriteString("c"u8, change.CollectionId);
            writer.WriteString("r"u8, change.Id);
            if (write.Length > 0)
            {
                writer.WriteString("w"u8, write);
                writer.WriteNumber("n"u8, removed);
            }
            writer.WriteStartObject("v"u8);
            foreach (var (field, value) in change.Fields)
            {
                writer.WritePropertyName(field);
                Write(writer, value);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads one, with the write that it belongs to and how many rows that has removed, when it is more than one.</summary>
    public static (RowChange Change, string Write, int Removed) Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var member in root.GetProperty("v").EnumerateObject()) values[member.Name] = Read(member.Value);
        var change = new RowChange((RowAct)root.GetProperty("a").GetInt32(), TextOf(root.GetProperty("c")), TextOf(root.GetProperty("r")), values);
        return root.TryGetProperty("w", out var write) ? (change, TextOf(write), root.GetProperty("n").GetInt32()) : (change, "", 0);
    }

    // JSON is held in an object, so that a text is never taken for it.
    private static void Write(Utf8JsonWriter writer, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Text:
                writer.WriteStringValue(value.AsText);
                break;
            case FieldValueKind.Number when double.IsFinite(value.AsNumber):
                writer.WriteNumberValue(value.AsNumber);
                break;
            case FieldValueKind.Bool:
                writer.WriteBooleanValue(value.AsBool);
                break;
            case FieldValueKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList) writer.WriteStringValue(item);
                writer.WriteEndArray();
                break;
            case FieldValueKind.Json:
                writer.WriteStartObject();
                writer.WriteString("j"u8, value.AsJson);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static FieldValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => FieldValue.Text(TextOf(value)),
        JsonValueKind.Number => FieldValue.Number(value.GetDouble()),
        JsonValueKind.True => FieldValue.Bool(true),
        JsonValueKind.False => FieldValue.Bool(false),
        JsonValueKind.Array => FieldValue.List([.. value.EnumerateArray().Select(TextOf)]),
        JsonValueKind.Object => FieldValue.Json(TextOf(value.GetProperty("j"))),
        _ => FieldValue.Null,
    };

    private static string TextOf(JsonElement value) => value.GetString() ?? "";
}
