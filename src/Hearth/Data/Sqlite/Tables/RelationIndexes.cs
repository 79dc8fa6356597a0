using Hearth.Data.Sqlite.Compile;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>
/// The hidden indexes on relations that hold one id (docs/decisions/0005): there for as long as no index of the user begins with the same
/// column, since each index is one more page to write for every new row.
/// </summary>
internal static class RelationIndexes
{
    /// <summary>
    /// Name of the hidden index. By ids, so that it stays when the collection or the field is renamed, and recognisable: no index of a user
    /// may begin like this.
    /// </summary>
    public static string NameOf(Collection collection, Field field) => $"_rel_{collection.Id}_{field.Id}";

    /// <summary>Makes the hidden indexes that are missing, and drops those that are not needed any more.</summary>
    public static void Settle(SqliteConnection connection, Collection collection)
    {
        foreach (var field in collection.Fields)
        {
            if (HasColumn(connection, collection, field)) Settle(connection, collection, field);
        }
    }

    /// <summary>The same for one field, whose column is there.</summary>
    public static void Settle(SqliteConnection connection, Collection collection, Field field)
    {
        if (field is not RelationField { Multiple: false }) return;
        var name = SqlWriter.Quote(NameOf(collection, field));
        connection.Run(IsCovered(connection, collection, field)
            ? $"DROP INDEX IF EXISTS {name}"
            : $"CREATE INDEX IF NOT EXISTS {name} ON {SqlWriter.Quote(collection.Name)} ({SqlWriter.Quote(field.Name)})");
    }

    // While a schema changes, a collection may already have fields whose columns come with a later step.
    private static bool HasColumn(SqliteConnection connection, Collection collection, Field field) =>
        Finds(connection, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 COLLATE NOCASE", collection.Name, field.Name);

    private static bool IsCovered(SqliteConnection connection, Collection collection, Field field) => Finds(
        connection,
        """
        SELECT 1 FROM pragma_index_list(?1) AS l JOIN pragma_index_xinfo(l.name) AS x
        WHERE l.partial = 0 AND l.name <> ?3 AND x.seqno = 0 AND x.name = ?2 COLLATE NOCASE AND x.coll = 'BINARY'
        """,
        collection.Name, field.Name, NameOf(collection, field));

    private static bool Finds(SqliteConnection connection, string sql, params string[] values)
    {
        using var rows = connection.Select(new SqlStatement(sql, [.. values.Select(v => SqlArgument.Of(FieldValue.Text(v)))]));
        return rows.Next();
    }
}
