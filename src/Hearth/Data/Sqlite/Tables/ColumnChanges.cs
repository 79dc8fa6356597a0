using Hearth.Data.Sqlite.Compile;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>Changes of a column for which SQLite has no single statement.</summary>
internal static class ColumnChanges
{
    /// <summary>Drops a column, and first the indexes that need it: SQLite would refuse otherwise.</summary>
    public static void Drop(SqliteConnection connection, Collection collection, Field field)
    {
        var indexes = IndexesOver(connection, collection.Name, field.Name);
        foreach (var (name, _) in indexes) connection.Run($"DROP INDEX {Quote(name)}");
        connection.Run($"ALTER TABLE {Quote(collection.Name)} DROP COLUMN {Quote(field.Name)}");
        foreach (var (_, text) in indexes) RunIfPossible(connection, text);
    }

    /// <summary>Turns a column of single values into lists or back. What stood over it is made again afterwards, except hidden indexes.</summary>
    public static void Convert(SqliteConnection connection, ConvertColumn convert)
    {
        var (table, column) = (Quote(convert.Collection.Name), Quote(convert.Field.Name));
        var interim = Quote($"_converted_{convert.Field.Id}");
        var indexes = IndexesOver(connection, convert.Collection.Name, convert.Field.Name);
        // SQLite refuses to drop a column that any view speaks of, and cannot say which views those are: all step aside for a moment.
        var views = Schema(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid");
        foreach (var (name, _) in views) connection.Run($"DROP VIEW {Quote(name)}");
        foreach (var (name, _) in indexes) connection.Run($"DROP INDEX {Quote(name)}");
        connection.Run($"ALTER TABLE {table} ADD COLUMN {interim} {ColumnDeclarations.Of(convert.Field)}");
        connection.Run($"UPDATE {table} SET {interim} = {(convert.ToMultiple ? SqliteWords.ListOf(column) : LastOf(column))}");
        connection.Run($"ALTER TABLE {table} DROP COLUMN {column}");
        connection.Run($"ALTER TABLE {table} RENAME COLUMN {interim} TO {column}");
        foreach (var (_, text) in indexes.Where(i => !i.Name.StartsWith("_rel_", StringComparison.Ordinal))) connection.Run(text);
        foreach (var (_, text) in views) connection.Run(text);
    }

    // An index that only had the column's name in a text of its condition is still good; the others cannot be made any more.
    private static void RunIfPossible(SqliteConnection connection, string text)
    {
        try
        {
            connection.Run(text);
        }
        catch (DataException gone) when (gone.Fault.Kind == DataFaultKind.Statement)
        {
        }
    }

    private static string LastOf(string column) =>
        $"CASE WHEN json_valid({column}) AND json_type({column}) = 'array' THEN coalesce(json_extract({column}, '$[#-1]'), '') ELSE coalesce({column}, '') END";

    // Names in columns, expressions and conditions alike. A word that only looks like the column costs a needless rebuild, nothing else.
    private static List<(string Name, string Text)> IndexesOver(SqliteConnection connection, string table, string column) =>
        Schema(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL", table)
            .FindAll(index => SqlText.Mentions(index.Text[index.Text.IndexOf('(', StringComparison.Ordinal)..], column));

    private static List<(string Name, string Text)> Schema(SqliteConnection connection, string query, params string[] arguments)
    {
        var found = new List<(string, string)>();
        using var rows = connection.Select(new SqlStatement(query, [.. arguments.Select(a => SqlArgument.Of(FieldValue.Text(a)))]));
        while (rows.Next()) found.Add((rows.TextOf(0), rows.TextOf(1)));
        return found;
    }

    private static string Quote(string name) => SqlWriter.Quote(name);
}
