using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>What one column of a file seems to hold, from the values seen so far. Empty values say nothing.</summary>
internal sealed partial class ColumnGuess
{
    private static readonly EmailField Email = new() { Name = "email" };

    private readonly int[] fitting = new int[Kinds.Length];
    private int seen;
    private int texts;
    private int longest;

    // In the order of trying: a date is also a text, a geo point is also JSON.
    private static readonly FieldType[] Kinds =
        [FieldType.Number, FieldType.Bool, FieldType.Date, FieldType.Email, FieldType.Url, FieldType.GeoPoint, FieldType.Json];

    /// <summary>Takes a value into account.</summary>
    public void See(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : null;
        if (text is { Length: 0 }) return;
        seen++;
        if (text is not null) texts++;
        if (text is not null) longest = Math.Max(longest, text.Length);
        for (var i = 0; i < Kinds.Length; i++)
        {
            // A kind that one value did not fit is out.
            if (fitting[i] == seen - 1 && Fits(Kinds[i], value, text)) fitting[i]++;
        }
    }

    /// <summary>The field that holds all values seen: the narrowest type, or text, or JSON for a mixture.</summary>
    public Field ToField(string name)
    {
        var fit = Array.FindIndex(fitting, count => seen > 0 && count == seen);
        if (fit < 0) return texts == seen ? Text(name) : new JsonField { Name = name };
        return Kinds[fit] switch
        {
            FieldType.Number => new NumberField { Name = name },
            FieldType.Bool => new BoolField { Name = name },
            FieldType.Date => new DateField { Name = name },
            FieldType.Email => new EmailField { Name = name },
            FieldType.Url => new UrlField { Name = name },
            FieldType.GeoPoint => new GeoPointField { Name = name },
            _ => new JsonField { Name = name },
        };
    }

    // A text field holds 5,000 characters unless told otherwise. The rest of the file may have longer values than the sample.
    private TextField Text(string name) => new() { Name = name, Max = longest > 2_000 ? 1_000_000 : 0 };

    private static bool Fits(FieldType kind, JsonElement value, string? text) => kind switch
    {
        FieldType.Number => text is null ? value.ValueKind == JsonValueKind.Number : IsNumber(text),
        FieldType.Bool => text is null
            ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
            : text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase),
        FieldType.Date => text is not null && IsoDate().IsMatch(text) && DateText.TryParse(text, out _),
        FieldType.Email => text is not null && text.Contains('@') && Email.Check(FieldValue.Text(text)) is null,
        FieldType.Url => text is not null && UrlField.IsAbsolute(text),
        FieldType.GeoPoint => CellCheck.IsGeoPoint(value, text),
        _ => text is null
            ? value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            : text.Length > 1 && text[0] is '{' or '[' && CellCheck.TryJson(text, out _),
    };

    // Not "007" or a 20-digit account: a number field would lose zeros and digits.
    private static bool IsNumber(string text) =>
        PlainNumber().IsMatch(text) && text.Count(char.IsAsciiDigit) <= 15 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();
}
