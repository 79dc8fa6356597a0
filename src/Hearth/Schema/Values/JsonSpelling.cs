using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Schema.Values;

/// <summary>JSON values as compact text: the form in which json and geoPoint fields are stored.</summary>
internal static class JsonSpelling
{
    private const string Nul = "\\u0000";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Compact text of a value; characters are written as themselves wherever JSON allows it.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            var text = Write(writer => value.WriteTo(writer));
            if (!text.Contains(Nul, StringComparison.Ordinal)) return text;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair somewhere.
        }
        // Only the slow way can put something in the place of what no text can hold.
        return Write(writer => WriteMended(writer, value));
    }

    /// <summary>Compact text of an object with the members of another one put into it: objects within objects are merged, anything else is replaced.</summary>
    public static string Merged(string? stored, JsonElement change)
    {
        if (stored is null) return Of(change);
        using var before = JsonDocument.Parse(stored, JsonLimits.Documents);
        return Write(writer => WriteMerged(writer, before.RootElement, change));
    }

    /// <summary>Compact text of what is written.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A JSON string of a text.</summary>
    public static string OfText(string text) => Write(writer => writer.WriteStringValue(text));

    /// <summary>The text of a number that is finite.</summary>
    public static string OfNumber(double number) => NumberText.Of(number);

    /// <summary>The characters of a quoted JSON string; half surrogate pairs become U+FFFD.</summary>
    public static string Unescape(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }
            i++;
            switch (quoted[i])
            {
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u':
                    text.Append((char)ushort.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default: text.Append(quoted[i]); break;
            }
        }
        // The encoder replaces every half pair on the way to bytes.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void WriteMerged(Utf8JsonWriter writer, JsonElement before, JsonElement change)
    {
        if (before.ValueKind != JsonValueKind.Object || change.ValueKind != JsonValueKind.Object)
        {
            WriteMended(writer, change);
            return;
        }
        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in change.EnumerateObject()) changes[NameOf(member)] = member.Value;
        writer.WriteStartObject();
        foreach (var member in before.EnumerateObject())
        {
            var name = NameOf(member);
            writer.WritePropertyName(name);
            if (changes.Remove(name, out var changed)) WriteMerged(writer, member.Value, changed);
            else WriteMended(writer, member.Value);
        }
        foreach (var (name, value) in changes)
        {
            writer.WritePropertyName(name);
            WriteMended(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteMended(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(NameOf(property));
                    WriteMended(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) WriteMended(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Coercion.StringOf(value));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>The name of a member; one that is no Unicode text gets a name that nobody asks for.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return Coercion.WithoutNul(property.Name);
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
