using Hearth.Schema;

namespace Hearth.Data.Postgres.Tables;

/// <summary>
/// Columns of fields. Texts are ordered by their bytes, like on the other engine. JSON is kept as it was written (type json), because jsonb
/// would forget the order of members; it is taken apart as it is asked for (docs/decisions).
/// </summary>
internal static class ColumnTypes
{
    /// <summary>The type alone.</summary>
    public static string TypeOf(Field field) => field switch
    {
        { Multiple: true } => "text[] COLLATE \"C\"",
        { Type: FieldType.Number } => "double precision",
        { Type: FieldType.Bool } => "boolean",
        { Type: FieldType.Json or FieldType.GeoPoint } => "json",
        _ => "text COLLATE \"C\"",
    };

    /// <summary>The value of a column that nobody set, as SQL; null when it is NULL.</summary>
    public static string? DefaultOf(Field field) => field switch
    {
        TextField { PrimaryKey: true, Name: "id" } => "('r' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 14))",
        TextField { PrimaryKey: true } or TextField { Nullable: true } or JsonField => null,
        { Multiple: true } => "'{}'",
        { Type: FieldType.Number } => "0",
        { Type: FieldType.Bool } => "false",
        { Type: FieldType.GeoPoint } => """'{"lon":0,"lat":0}'""",
        _ => "''",
    };

    /// <summary>True when the column can hold NULL.</summary>
    public static bool IsNullable(Field field) => field is JsonField or TextField { Nullable: true };

    /// <summary>What follows the column's name.</summary>
    public static string DeclarationOf(Field field) =>
        TypeOf(field)
        + (field is TextField { PrimaryKey: true } ? " PRIMARY KEY" : "")
        + (DefaultOf(field) is { } value ? $" DEFAULT {value}" : "")
        + (IsNullable(field) ? "" : " NOT NULL");
}
