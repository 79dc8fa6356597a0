using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>Values as columns take them.</summary>
internal static class StoredValue
{
    /// <summary>The value as the field's column takes it: lists in multiple columns, no NULL where none may stand.</summary>
    public static FieldValue Of(Field field, FieldValue value)
    {
        if (field.Multiple) return value.Kind == FieldValueKind.List ? value : FieldValue.List(value.AsList);
        return value.Kind switch
        {
            FieldValueKind.Null when field is JsonField or TextField { Nullable: true } => value,
            FieldValueKind.Null => field.Zero,
            FieldValueKind.List => FieldValue.Text(value.AsList.Count > 0 ? value.AsList[^1] : ""),
            _ => value,
        };
    }
}
