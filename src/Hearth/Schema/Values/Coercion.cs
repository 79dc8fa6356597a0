using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Basics;

namespace Hearth.Schema.Values;

/// <summary>The silent coercions that several field types share (contract 5.1).</summary>
internal static partial class Coercion
{
    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Text as it is; a number in decimal; a truth value by name; everything else empty.</summary>
    public static string Text(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => StringOf(input),
        JsonValueKind.Number => DecimalText(input.GetDouble(), input.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    /// <summary>Items as text without empties and repeats, in order. Text that holds a JSON list counts as that list.</summary>
    public static IReadOnlyList<string> List(JsonElement input)
    {
        switch (input.ValueKind)
        {
            case JsonValueKind.Array:
                return Distinct(input.EnumerateArray().Select(Text));
            case JsonValueKind.String:
                var text = StringOf(input);
                return text.Contains('[') && TryParse(text, out var parsed) && parsed.ValueKind == JsonValueKind.Array
                    ? Distinct(parsed.EnumerateArray().Select(Text))
                    : Distinct([text]);
            default:
                return Distinct([Text(input)]);
        }
    }

    /// <summary>The list for a field that holds several, its last item for a field that holds one.</summary>
    public static FieldValue Choice(JsonElement input, bool multiple) => Choice(List(input), multiple);

    /// <summary>The list for a field that holds several, its last item for a field that holds one.</summary>
    public static FieldValue Choice(IReadOnlyList<string> items, bool multiple) =>
        multiple ? FieldValue.List(items) : FieldValue.Text(items.Count == 0 ? "" : items[^1]);

    /// <summary>A number, a numeric text, or a truth value; 0 when it is none of them.</summary>
    public static double Number(JsonElement input) => input.ValueKind switch
    {
        // Adding zero turns the negative zero into the plain one, so that both are stored and shown alike.
        JsonValueKind.Number => input.GetDouble() + 0.0,
        JsonValueKind.String => NumberOf(StringOf(input)),
        JsonValueKind.True => 1,
        _ => 0,
    };

    /// <summary>A truth value, one of the accepted texts for true, or a number other than zero.</summary>
    public static bool Truth(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => StringOf(input) is "1" or "t" or "T" or "TRUE" or "true" or "True",
        JsonValueKind.Number => input.GetDouble() != 0,
        _ => false,
    };

    /// <summary>
    /// The text of a JSON string. Half surrogate pairs, which JSON can spell but Unicode text cannot hold, become U+FFFD; so does NUL, which not
    /// every database can store.
    /// </summary>
    public static string StringOf(JsonElement input)
    {
        try
        {
            return WithoutNul(input.GetString() ?? "");
        }
        catch (InvalidOperationException)
        {
            return WithoutNul(JsonSpelling.Unescape(input.GetRawText()));
        }
    }

    /// <summary>The text with U+FFFD in the place of every NUL.</summary>
    public static string WithoutNul(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    /// <summary>Parses a whole JSON text; false when it is none, or nests deeper than 64.</summary>
    public static bool TryParse(string text, out JsonElement element)
    {
        element = default;
        try
        {
            using var document = JsonDocument.Parse(text, JsonLimits.Documents);
            element = document.RootElement.Clone();
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Distinct non-empty items in order.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. items.Where(item => item.Length > 0 && seen.Add(item))];
    }

    /// <summary>A number as a person writes it, without an exponent: <c>1e3</c> is <c>1000</c>.</summary>
    private static string DecimalText(double number, string raw) => !double.IsFinite(number) ? raw : number == 0 && raw[0] == '-' ? "-0" : NumberText.Plain(number);

    // What is spelled as no number is none; what is too large for one is nothing.
    private static double NumberOf(string text)
    {
        if (text.TrimStart('+', '-').ToUpperInvariant() is "INF" or "INFINITY" or "NAN") return double.NaN;
        if (text.Contains('_')) text = SeparatedDigits().Replace(text, "");
        return double.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number + 0.0 : 0;
    }

    [GeneratedRegex("(?<=[0-9])_(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex SeparatedDigits();
}
