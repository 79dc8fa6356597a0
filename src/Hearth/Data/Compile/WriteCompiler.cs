using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>Write plans as SQL.</summary>
internal static class WriteCompiler
{
    /// <summary>The statement of a plan.</summary>
    public static SqlStatement Compile(WritePlan plan, EngineWords words)
    {
        var sql = new SqlWriter(words.ParameterMark);
        switch (plan)
        {
            case InsertRow insert: Insert(insert, sql, words); break;
            case UpdateRow update: Update(update, sql, words); break;
            case DeleteRow delete: sql.Add("DELETE FROM ").Add(words.Quote(delete.Collection.Name)).Add(WithId(delete.Id, sql)); break;
            default: throw new NotSupportedException($"A {plan.GetType().Name} has no SQL.");
        }
        return sql.Finish();
    }

    private static void Insert(InsertRow insert, SqlWriter sql, EngineWords words)
    {
        var fields = insert.Collection.Fields;
        sql.Add("INSERT INTO ").Add(words.Quote(insert.Collection.Name)).Add(" (");
        sql.Add(string.Join(", ", fields.Select(f => words.Quote(f.Name)))).Add(") VALUES (");
        for (var i = 0; i < fields.Length; i++) sql.Add(i == 0 ? "" : ", ").Add(Value(fields[i], insert.Values[i], sql, words));
        sql.Add(")");
    }

    private static void Update(UpdateRow update, SqlWriter sql, EngineWords words)
    {
        sql.Add("UPDATE ").Add(words.Quote(update.Collection.Name)).Add(" SET ");
        if (update.Assignments.IsEmpty) sql.Add("\"id\" = \"id\"");
        for (var i = 0; i < update.Assignments.Length; i++)
        {
            var (field, value) = update.Assignments[i];
            sql.Add(i == 0 ? "" : ", ").Add(words.Quote(field.Name)).Add(" = ").Add(Value(field, value, sql, words));
        }
        sql.Add(WithId(update.Id, sql));
    }

    private static string Value(Field field, FieldValue value, SqlWriter sql, EngineWords words) => words.Written(field, sql.Parameter(words.Stored(field, value)));

    private static string WithId(string id, SqlWriter sql) => $" WHERE \"id\" = {sql.Parameter(FieldValue.Text(id))}";
}
