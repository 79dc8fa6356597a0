using System.Globalization;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>Write plans as SQL.</summary>
internal static class WriteCompiler
{
    /// <summary>The statement of a plan.</summary>
    public static SqlStatement Compile(WritePlan plan) => plan switch
    {
        InsertRow insert => Insert(insert),
        UpdateRow update => Update(update),
        DeleteRow delete => Delete(delete),
        _ => throw new NotSupportedException($"A {plan.GetType().Name} has no SQL."),
    };

    /// <summary>The value as the field's column takes it.</summary>
    public static FieldValue Stored(Field field, FieldValue value)
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

    /// <summary>A value of no table, with the type that the field's column has.</summary>
    public static string Typed(SqlWriter sql, Field field, FieldValue value)
    {
        var text = Parameter(sql, field, value);
        return field switch
        {
            { Multiple: true } => $"({text} COLLATE \"C\")",
            { Type: FieldType.Number or FieldType.Bool or FieldType.Json or FieldType.GeoPoint } => text,
            _ => $"({text}{SqlValue.ByBytes})",
        };
    }

    private static string Parameter(SqlWriter sql, Field field, FieldValue value)
    {
        var text = sql.Parameter(Stored(field, value));
        return field.Type is FieldType.Json or FieldType.GeoPoint ? $"CAST({text} AS json)" : text;
    }

    private static SqlStatement Insert(InsertRow insert)
    {
        var sql = new SqlWriter('$');
        var fields = insert.Collection.Fields;
        sql.Add("INSERT INTO ").Add(Quote(insert.Collection.Name)).Add(" (");
        sql.Add(string.Join(", ", fields.Select(f => Quote(f.Name)))).Add(") VALUES (");
        for (var i = 0; i < fields.Length; i++) sql.Add(i == 0 ? "" : ", ").Add(Parameter(sql, fields[i], insert.Values[i]));
        return sql.Add(")").Finish();
    }

    private static SqlStatement Update(UpdateRow update)
    {
        var sql = new SqlWriter('$');
        sql.Add("UPDATE ").Add(Quote(update.Collection.Name)).Add(" SET ");
        if (update.Assignments.IsEmpty) sql.Add("\"id\" = \"id\"");
        for (var i = 0; i < update.Assignments.Length; i++)
        {
            var (field, value) = update.Assignments[i];
            sql.Add(i == 0 ? "" : ", ").Add(Quote(field.Name)).Add(" = ").Add(Parameter(sql, field, value));
        }
        return sql.Add(" WHERE \"id\" = ").Add(sql.Parameter(FieldValue.Text(update.Id))).Finish();
    }

    private static SqlStatement Delete(DeleteRow delete)
    {
        var sql = new SqlWriter('$');
        return sql.Add("DELETE FROM ").Add(Quote(delete.Collection.Name)).Add(" WHERE \"id\" = ").Add(sql.Parameter(FieldValue.Text(delete.Id))).Finish();
    }

    private static string Quote(string name) => PostgresNames.Quote(name);
}
