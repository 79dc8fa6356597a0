using Hearth.Schema;

namespace Hearth.Data.Postgres.Tables;

/// <summary>Rows of the table of collections.</summary>
internal static class Definitions
{
    private static readonly string Upsert = MakeUpsert();

    /// <summary>Writes a definition, or replaces the one of the same id.</summary>
    public static SqlStatement Save(Collection collection)
    {
        var row = CollectionJson.ToStorage(collection);
        return new SqlStatement(
            Upsert,
            [
                Text(row.Id), SqlArgument.Of(FieldValue.Bool(row.System)), Text(row.Type), Text(row.Name), Text(row.Fields), Text(row.Indexes),
                Text(row.ListRule), Text(row.ViewRule), Text(row.CreateRule), Text(row.UpdateRule), Text(row.DeleteRule), Text(row.Options),
                Text(row.Created), Text(row.Updated),
            ]);
    }

    /// <summary>Removes a definition.</summary>
    public static SqlStatement Remove(Collection collection) => new("DELETE FROM \"_collections\" WHERE \"id\" = $1", [Text(collection.Id)]);

    private static SqlArgument Text(string? text) => SqlArgument.Of(text is null ? FieldValue.Null : FieldValue.Text(text));

    private static string MakeUpsert()
    {
        var fields = InternalTables.Collections.Fields;
        var names = string.Join(", ", fields.Select(f => SqlWriter.Quote(f.Name)));
        var marks = string.Join(", ", fields.Select((f, i) => f.Type == FieldType.Json ? $"CAST(nullif(${i + 1}, '') AS json)" : $"${i + 1}"));
        var changes = string.Join(", ", fields.Skip(1).Select(f => $"{SqlWriter.Quote(f.Name)} = excluded.{SqlWriter.Quote(f.Name)}"));
        return $"INSERT INTO \"_collections\" ({names}) VALUES ({marks}) ON CONFLICT (\"id\") DO UPDATE SET {changes}";
    }
}
