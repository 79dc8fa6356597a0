using System.Globalization;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>
/// Tells whether a value says something to a field. The API turns what it cannot understand into the zero value without a word; a person
/// who imports a file wants to hear of it instead.
/// </summary>
internal static class CellCheck
{
    /// <summary>Null when the field understands the value, else why not, without the field's name.</summary>
    public static string? Explain(Field field, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null) return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : null;
        if (text is { Length: 0 }) return null;
        var understood = field.Type switch
        {
            FieldType.Number => text is null
                ? value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
            FieldType.Bool => text is null
                ? value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                : text is "1" or "t" or "T" or "TRUE" or "true" or "True" or "0" or "f" or "F" or "FALSE" or "false" or "False",
            FieldType.Date => text is not null && DateText.TryParse(text, out _),
            FieldType.GeoPoint => IsGeoPoint(value, text),
            FieldType.Text or FieldType.Editor or FieldType.Email or FieldType.Url or FieldType.Password =>
                value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array),
            _ => true,
        };
        return understood ? null : $"{Quote(text ?? value.GetRawText())} is not {Expected(field.Type)}.";
    }

    /// <summary>True for an object, or JSON text of one, with a number in <c>lon</c> and in <c>lat</c> and nothing else.</summary>
    public static bool IsGeoPoint(JsonElement value, string? text)
    {
        if (text is not null && (text.Length < 2 || text[0] != '{' || !TryJson(text, out value))) return false;
        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Count() == 2
            && value.TryGetProperty("lon", out var lon) && lon.ValueKind == JsonValueKind.Number
            && value.TryGetProperty("lat", out var lat) && lat.ValueKind == JsonValueKind.Number;
    }

    /// <summary>Reads JSON text; false when it is none.</summary>
    public static bool TryJson(string text, out JsonElement value)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonLimits.Documents);
            value = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    private static string Expected(FieldType type) => type switch
    {
        FieldType.Number => "a number",
        FieldType.Bool => "true or false",
        FieldType.Date => "a date such as 2026-01-31 or 2026-01-31 14:30:00Z",
        FieldType.GeoPoint => """a point such as {"lon":-122.37,"lat":37.62}""",
        _ => "a single text",
    };

    private static string Quote(string text) => text.Length <= 60 ? $"“{text}”" : $"“{text[..57]}…”";
}
