using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>Field values as JSON.</summary>
internal static class ValueJson
{
    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Text:
                writer.WriteStringValue(value.AsText);
                break;
            case FieldValueKind.Number:
                WriteNumber(writer, value.AsNumber);
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
                WriteJson(writer, value.AsJson);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A value as an element of its own.</summary>
    public static JsonElement ElementOf(FieldValue value) => ElementOf(writer => Write(writer, value));

    /// <summary>What is written as an element of its own.</summary>
    public static JsonElement ElementOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, JsonLimits.Documents);
        return document.RootElement.Clone();
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        // Out of range, as a sum can be that rules see before it is checked: JSON has no word for it.
        if (!double.IsFinite(number)) writer.WriteNullValue();
        else NumberText.Write(writer, number);
    }

    private static void WriteJson(Utf8JsonWriter writer, string json)
    {
        // A bare number comes back from storage in its shortest form (contract 5.11), so it is shown so from the start.
        if (json.Length > 0 && (char.IsAsciiDigit(json[0]) || json[0] == '-') && double.TryParse(json, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            WriteNumber(writer, number);
        }
        else
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
    }
}
