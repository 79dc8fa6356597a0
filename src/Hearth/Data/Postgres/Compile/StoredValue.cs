using System.Globalization;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>Values as columns take them: each column has a type.</summary>
internal static class StoredValue
{
    /// <summary>The value as the field's column takes it.</summary>
    public static FieldValue Of(Field field, FieldValue value)
    {
        if (field.Multiple) return value.Kind == FieldValueKind.List ? value : FieldValue.List(value.AsList);
        switch (field.Type)
        {
            case FieldType.Number:
                return value.Kind switch
                {
                    FieldValueKind.Number => value,
                    FieldValueKind.Bool => FieldValue.Number(value.AsBool ? 1 : 0),
                    _ => FieldValue.Number(double.TryParse(value.AsText, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0),
                };
            case FieldType.Bool:
                return value.Kind == FieldValueKind.Bool ? value : FieldValue.Bool(value.Kind == FieldValueKind.Number && value.AsNumber != 0);
            case FieldType.Json:
                return value.Kind == FieldValueKind.Null ? field.Zero : value;
            case FieldType.GeoPoint:
                return value.Kind == FieldValueKind.Json ? value : field.Zero;
        }
        return value.Kind switch
        {
            FieldValueKind.Null => field is TextField { Nullable: true } ? value : field.Zero,
            FieldValueKind.List => FieldValue.Text(value.AsList.Count > 0 ? value.AsList[^1] : ""),
            FieldValueKind.Text => value,
            _ => FieldValue.Text(value.ToString()),
        };
    }
}
