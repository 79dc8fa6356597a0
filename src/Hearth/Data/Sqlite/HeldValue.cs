using System.Globalization;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Data.Sqlite;

/// <summary>What SQLite's columns make of values that Hearth itself does not write.</summary>
internal static class HeldValue
{
    private const int DigitsOfDouble = 17;

    /// <summary>The value as it will be read.</summary>
    public static FieldValue Of(Field field, FieldValue value) => value.Kind switch
    {
        // SQLite has no number that is none: it would be NULL.
        FieldValueKind.Number when double.IsNaN(value.AsNumber) => field.Zero,
        FieldValueKind.Json when value.AsJson is ['-' or (>= '0' and <= '9'), ..] => OfBareNumber(field, value),
        _ => value,
    };

    // A column of JSON keeps a bare number as a number.
    private static FieldValue OfBareNumber(Field field, FieldValue value)
    {
        var text = value.AsJson;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return value;
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) return field.Zero;
        var mantissa = text.AsSpan();
        if (mantissa.IndexOfAny('e', 'E') is var end and >= 0) mantissa = mantissa[..end];
        var digits = mantissa.ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0').Length;
        return digits <= DigitsOfDouble ? value : FieldValue.Json(NumberText.Of(number));
    }
}
