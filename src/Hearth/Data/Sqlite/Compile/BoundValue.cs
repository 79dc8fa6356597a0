using System.Globalization;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>Values as SQLite's columns take them.</summary>
internal static class BoundValue
{
    /// <summary>
    /// The value as the field's column takes it. A bare number of JSON is bound as the number that it is: SQLite would make one of its text, too, but
    /// not always the nearest.
    /// </summary>
    public static FieldValue Of(Field field, FieldValue value)
    {
        var stored = StoredValue.Of(field, value);
        if (field.Type != FieldType.Json || !IsBareNumber(stored)) return stored;
        var text = stored.AsJson;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return stored;
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? FieldValue.Number(number) : stored;
    }

    private static bool IsBareNumber(FieldValue value)
    {
        if (value.Kind != FieldValueKind.Json) return false;
        var first = value.AsUtf8 is { Bytes.Length: > 0 } utf8 ? (char)utf8.Bytes.Span[0] : value.AsJson[0];
        return first is '-' or (>= '0' and <= '9');
    }
}
