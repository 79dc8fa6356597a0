using Hearth.Data.Sqlite.Compile;
using Hearth.Schema;

namespace Hearth.Data.Sqlite;

/// <summary>Changes of a column for which SQLite has no single statement.</summary>
internal static class ColumnChanges
{
    /// <summary>Drops a column, and first the indexes that need it: SQLite would refuse otherwise.</summary>
    public static void Drop(SqliteConnection connection, Collection collection, Field field)
    {
        foreach (var (name, _) in IndexesOver(connection, collection.Name, field.Name)) connection.Run($"DROP INDEX {Quote(name)}");
        connection.Run($"ALTER TABLE {Quote(collection.Name)} DROP COLUMN {Quote(field.Name)}");
    }

    /// <summary>Turns a column of single values into lists or back. Indexes over it are made again afterwards, except hidden ones.</summary>
    public static void Convert(SqliteConnection connection, ConvertColumn convert)
    {
        var (table, column) = (Quote(convert.Collection.Name), Quote(convert.Field.Name));
        var interim = Quote($"_converted_{convert.Field.Id}");
        var indexes = IndexesOver(connection, convert.Collection.Name, convert.Field.Name);
        foreach (var (name, _) in indexes) connection.Run($"DROP INDEX {Quote(name)}");
        connection.Run($"ALTER TABLE {table} ADD COLUMN {interim} {ColumnDeclarations.Of(convert.Field)}");
        connection.Run($"UPDATE {table} SET {interim} = {(convert.ToMultiple ? JoinCompiler.ListOf(column) : LastOf(column))}");
        // The legacy mode does not look into views: they will find a column of the same name again.
        connection.Run("PRAGMA legacy_alter_table = 1");
        try
        {
            connection.Run($"ALTER TABLE {table} DROP COLUMN {column}");
            connection.Run($"ALTER TABLE {table} RENAME COLUMN {interim} TO {column}");
        }
        finally
        {
            connection.Run("PRAGMA legacy_alter_table = 0");
        }
        foreach (var (name, text) in indexes.Where(i => !i.Name.StartsWith("_rel_", StringComparison.Ordinal))) connection.Run(text);
    }

    private static string LastOf(string column) =>
        $"CASE WHEN json_valid({column}) AND json_type({column}) = 'array' THEN coalesce(json_extract({column}, '$[#-1]'), '') ELSE coalesce({column}, '') END";

    private static List<(string Name, string Text)> IndexesOver(SqliteConnection connection, string table, string column)
    {
        var found = new List<(string, string)>();
        using var rows = connection.Select(new SqlStatement(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL",
            [SqlArgument.Of(FieldValue.Text(table))]));
        while (rows.Next())
        {
            var (name, text) = (rows.TextOf(0), rows.TextOf(1));
            // Names in columns, expressions and conditions alike; an index dropped needlessly would be made again or is not ours.
            if (SqlText.Mentions(text[text.IndexOf('(', StringComparison.Ordinal)..], column)) found.Add((name, text));
        }
        return found;
    }

    private static string Quote(string name) => SqlWriter.Quote(name);
}
