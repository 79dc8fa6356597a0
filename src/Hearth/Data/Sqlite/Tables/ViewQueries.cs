using SQLitePCL;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>What SQLite knows about the query of a view before the view is made.</summary>
internal static class ViewQueries
{
    /// <summary>True when the column <c>id</c> of the query is a plain column declared as text.</summary>
    public static bool HasTextId(SqliteConnection connection, string query)
    {
        using var statement = connection.PrepareForeign(query, out _);
        if (statement.IsInvalid) throw new DataException(new DataFault(DataFaultKind.Statement, "The view has no query.", []));
        for (var i = 0; i < raw.sqlite3_column_count(statement); i++)
        {
            if (!string.Equals(raw.sqlite3_column_name(statement, i).utf8_to_string(), "id", StringComparison.OrdinalIgnoreCase)) continue;
            var type = raw.sqlite3_column_decltype(statement, i).utf8_to_string();
            return string.Equals(type, "TEXT", StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }
}
