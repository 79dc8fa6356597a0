using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Turns submitted or stored JSON into values of literals.</summary>
internal static class JsonLiterals
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Scalars as themselves, lists of texts as lists, everything else as compact JSON; nothing for null.</summary>
    public static FieldValue ValueOf(JsonElement element)
    {
        try
        {
            return Convert(element);
        }
        catch (InvalidOperationException)
        {
            // Valid JSON may hold half a surrogate pair ("\ud800"), which no text in .NET or in a database can be.
            return FieldValue.Null;
        }
    }

    /// <summary>What is at a path inside a JSON value; digits-only names index lists. False when the path leads nowhere.</summary>
    public static bool TryFind(JsonElement element, ReadOnlySpan<string> path, out JsonElement found)
    {
        found = element;
        foreach (var name in path)
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var child))
            {
                found = child;
            }
            else if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The value at a path inside a stored value.</summary>
    public static FieldValue ValueAt(FieldValue stored, ReadOnlySpan<string> path)
    {
        if (stored.Kind != FieldValueKind.Json) return path.IsEmpty ? stored : FieldValue.Null;
        try
        {
            using var document = JsonDocument.Parse(stored.AsJson);
            return TryFind(document.RootElement, path, out var found) ? ValueOf(found) : FieldValue.Null;
        }
        catch (JsonException)
        {
            // Only a database that was written by something else holds broken JSON; it reads as nothing.
            return FieldValue.Null;
        }
    }

    /// <summary>A list of texts as compact JSON.</summary>
    public static string TextOf(IReadOnlyList<string> items) => Compact(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items) writer.WriteStringValue(item);
        writer.WriteEndArray();
    });

    private static FieldValue Convert(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return FieldValue.Text(element.GetString() ?? "");
            case JsonValueKind.Number:
                return FieldValue.Number(element.GetDouble());
            case JsonValueKind.True or JsonValueKind.False:
                return FieldValue.Bool(element.GetBoolean());
            case JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                return FieldValue.List([.. element.EnumerateArray().Select(item => item.GetString() ?? "")]);
            case JsonValueKind.Array or JsonValueKind.Object:
                return FieldValue.Json(Compact(writer => element.WriteTo(writer)));
            default:
                return FieldValue.Null;
        }
    }

    private static string Compact(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain)) write(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
