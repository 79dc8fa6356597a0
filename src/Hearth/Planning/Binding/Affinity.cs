using System.Globalization;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// Gives a literal the type that it is compared as beside a column, so that every engine compares the same (the meaning is SQLite's
/// column affinity, contract 2.3 and 2.7): beside a text column a number is its text with a decimal point (<c>123.0</c>), beside a
/// number or bool column a text that reads as a number is that number.
/// </summary>
internal static class Affinity
{
    /// <summary>The literal as it is compared beside the other operand.</summary>
    public static Literal Beside(Operand other, Literal literal)
    {
        if (FieldOf(other) is not { } field) return literal;
        return (literal.Value.Kind, IsNumeric(field), IsText(field)) switch
        {
            (FieldValueKind.Number, _, true) when literal.Whole => new Literal(FieldValue.Text(((long)literal.Value.AsNumber).ToString(CultureInfo.InvariantCulture))),
            (FieldValueKind.Number, _, true) => new Literal(FieldValue.Text(TextOf(literal.Value.AsNumber))),
            (FieldValueKind.Bool, _, true) => new Literal(FieldValue.Text(literal.Value.AsBool ? "1" : "0")),
            (FieldValueKind.Text, true, _) when NumberOf(literal.Value.AsText) is { } number => new Literal(FieldValue.Number(number)),
            _ => literal,
        };
    }

    /// <summary>
    /// A known value as a literal where both compare the same: beside a column of the same kind, of which an index can then be used. Where all values count,
    /// a missing one violates the comparison with a field, but not the one with a literal.
    /// </summary>
    public static Operand Plain(Operand operand, Operand other, bool any) =>
        operand is KnownValue { Path.IsEmpty: true } known && other is Column { Field: var field } && (any || other.Source is not { Multi: true })
        && ((IsText(known.Field) && IsText(field)) || (IsNumeric(known.Field) && IsNumeric(field)))
            ? new Literal(known.Value)
            : operand;

    /// <summary>The text of a literal that a pattern is looked for in.</summary>
    public static string SearchedText(Literal literal) =>
        literal is { Whole: false, Value.Kind: FieldValueKind.Number } ? TextOf(literal.Value.AsNumber) : PatternText(literal.Value);

    /// <summary>The text of a literal that is looked for.</summary>
    public static string PatternText(Literal literal) =>
        literal is { Told: true, Value.Kind: FieldValueKind.Bool } ? literal.Value.ToString() : PatternText(literal.Value);

    /// <summary>The text of a literal for patterns: numbers as people write them, <c>true</c> as 1.</summary>
    public static string PatternText(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Number => value.AsNumber.ToString("R", CultureInfo.InvariantCulture),
        FieldValueKind.Bool => value.AsBool ? "1" : "0",
        FieldValueKind.List => JsonLiterals.TextOf(value.AsList),
        _ => value.ToString(),
    };

    /// <summary>The number that a text reads as in full, or null.</summary>
    public static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static Field? FieldOf(Operand operand) => operand switch
    {
        Column column => column.Field,
        KnownValue { Path.IsEmpty: true } known => known.Field,
        _ => null,
    };

    private static bool IsNumeric(Field field) => field is BoolField or NumberField { Computed: false };

    private static bool IsText(Field field) => field.Type switch
    {
        FieldType.Number or FieldType.Bool or FieldType.Json or FieldType.GeoPoint => false,
        _ => !field.Multiple,
    };

    /// <summary>A floating-point number as SQLite turns it into text: fifteen digits and always a point.</summary>
    private static string TextOf(double number)
    {
        var text = number.ToString("G15", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        var digits = exponent < 0 ? text : text[..exponent];
        if (!digits.Contains('.')) digits += ".0";
        return exponent < 0 ? digits : $"{digits}e{text[exponent + 1]}{text[(exponent + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }
}
