using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>A value of a row that is not stored, as it is bound.</summary>
/// <param name="Argument">The value as its column would hold it.</param>
/// <param name="IsBareNumber">JSON that is nothing but a number: a column would make a number of it.</param>
internal readonly record struct VirtualCell(SqlArgument Argument, bool IsBareNumber)
{
    /// <summary>The cell of a field.</summary>
    public static VirtualCell Of(Field field, FieldValue value)
    {
        var stored = StoredValue.Of(field, value);
        return field.Type switch
        {
            FieldType.Json or FieldType.GeoPoint => new(SqlArgument.Of(stored), stored.Kind == FieldValueKind.Json && stored.AsJson is [('-' or (>= '0' and <= '9')), ..]),
            FieldType.Number or FieldType.Bool => new(Number(stored), false),
            _ => new(SqlArgument.Of(stored), false),
        };
    }

    // A column turns a whole floating-point number into an integer, which shows as 1 in patterns and not as 1.0; a cast leaves it as it is.
    private static SqlArgument Number(FieldValue value)
    {
        var number = value.AsNumber;
        var whole = value.Kind == FieldValueKind.Number && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number;
        return whole ? SqlArgument.Of((long)number) : SqlArgument.Of(value);
    }
}
