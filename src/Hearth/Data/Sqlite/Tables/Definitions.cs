using Hearth.Schema;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>Rows of the table of collections.</summary>
internal static class Definitions
{
    private static readonly string Upsert = MakeUpsert();

    /// <summary>Writes a definition, or replaces the one of the same id.</summary>
    public static void Save(SqliteConnection connection, Collection collection)
    {
        var row = CollectionJson.ToStorage(collection);
        SqlArgument[] values =
        [
            Text(row.Id), SqlArgument.Of(FieldValue.Bool(row.System)), Text(row.Type), Text(row.Name), Text(row.Fields), Text(row.Indexes),
            Text(row.ListRule), Text(row.ViewRule), Text(row.CreateRule), Text(row.UpdateRule), Text(row.DeleteRule), Text(row.Options),
            Text(row.Created), Text(row.Updated),
        ];
        if (connection.Change(new SqlStatement(Upsert, values), InternalTables.Collections) is { } fault) throw new DataException(fault);
    }

    /// <summary>Removes a definition.</summary>
    public static void Remove(SqliteConnection connection, Collection collection) =>
        connection.Change(new SqlStatement("DELETE FROM \"_collections\" WHERE \"id\" = ?1", [Text(collection.Id)]));

    private static SqlArgument Text(string? text) => SqlArgument.Of(text is null ? FieldValue.Null : FieldValue.Text(text));

    private static string MakeUpsert()
    {
        string[] columns =
        [
            "id", "system", "type", "name", "fields", "indexes", "listRule", "viewRule", "createRule", "updateRule", "deleteRule", "options",
            "created", "updated",
        ];
        var names = string.Join(", ", columns.Select(SqlWriter.Quote));
        var marks = string.Join(", ", Enumerable.Range(1, columns.Length).Select(i => $"?{i}"));
        var changes = string.Join(", ", columns.Skip(1).Select(c => $"{SqlWriter.Quote(c)} = excluded.{SqlWriter.Quote(c)}"));
        return $"INSERT INTO \"_collections\" ({names}) VALUES ({marks}) ON CONFLICT (\"id\") DO UPDATE SET {changes}";
    }
}
