using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

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

    private static SqlStatement Insert(InsertRow insert)
    {
        var sql = new SqlWriter('?');
        var fields = insert.Collection.Fields;
        sql.Add("INSERT INTO ").AddName(insert.Collection.Name).Add(" (");
        sql.Add(string.Join(", ", fields.Select(f => SqlWriter.Quote(f.Name)))).Add(") VALUES (");
        for (var i = 0; i < fields.Length; i++) sql.Add(i == 0 ? "" : ", ").Add(sql.Parameter(StoredValue.Of(fields[i], insert.Values[i])));
        return sql.Add(")").Finish();
    }

    private static SqlStatement Update(UpdateRow update)
    {
        var sql = new SqlWriter('?');
        sql.Add("UPDATE ").AddName(update.Collection.Name).Add(" SET ");
        if (update.Assignments.IsEmpty) sql.Add("\"id\" = \"id\"");
        for (var i = 0; i < update.Assignments.Length; i++)
        {
            var (field, value) = update.Assignments[i];
            sql.Add(i == 0 ? "" : ", ").AddName(field.Name).Add(" = ").Add(sql.Parameter(StoredValue.Of(field, value)));
        }
        return sql.Add(" WHERE \"id\" = ").Add(sql.Parameter(FieldValue.Text(update.Id))).Finish();
    }

    private static SqlStatement Delete(DeleteRow delete)
    {
        var sql = new SqlWriter('?');
        return sql.Add("DELETE FROM ").AddName(delete.Collection.Name).Add(" WHERE \"id\" = ").Add(sql.Parameter(FieldValue.Text(delete.Id))).Finish();
    }
}
