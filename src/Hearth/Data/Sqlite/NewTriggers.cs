namespace Hearth.Data.Sqlite;

/// <summary>
/// What a trigger does is looked at by SQLite when a change of its table is prepared, not when the trigger is made: so such changes are prepared, and not run.
/// </summary>
internal static class NewTriggers
{
    /// <summary>Throws a <see cref="DataException"/> of kind statement when the triggers of a table do what the console may not.</summary>
    public static void Check(SqliteConnection connection, string table, ConsoleBounds console)
    {
        var name = SqlWriter.Quote(table);
        var columns = ColumnsOf(connection, name);
        string[] changes =
        [
            $"INSERT INTO {name} DEFAULT VALUES",
            $"UPDATE {name} SET {string.Join(", ", columns.Select(column => $"{column} = {column}"))}",
            $"DELETE FROM {name}",
        ];
        foreach (var change in changes)
        {
            if (connection.FindHarm(change, console) is { } harm) throw new DataException(new DataFault(DataFaultKind.Statement, harm, []));
        }
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        var columns = new List<string>();
        using var rows = connection.Select(new SqlStatement($"PRAGMA table_xinfo({table})", []));
        while (rows.Next())
        {
            const int name = 1, hidden = 6; // what is computed cannot be set
            if (rows.IntegerOf(hidden) == 0) columns.Add(SqlWriter.Quote(rows.TextOf(name)));
        }
        return columns;
    }
}
