using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Data.News;

/// <summary>Changes of rows as texts, for nodes to read.</summary>
internal static class RowChangeText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a change.</summary>
    public static string Write(RowChange change)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("a"u8, (int)change.Act);
            writer.WriteString("c"u8, change.CollectionId);
            writer.WriteString("r"u8, change.Id);
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

    /// <summary>Reads one.</summary>
    public static RowChange Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var member in root.GetProperty("v").EnumerateObject()) values[member.Name] = Read(member.Value);
        return new RowChange((RowAct)root.GetProperty("a").GetInt32(), TextOf(root.GetProperty("c")), TextOf(root.GetProperty("r")), values);
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
