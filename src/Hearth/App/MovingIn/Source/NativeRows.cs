using System.Text;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.App.MovingIn.Source;

/// <summary>Questions to a database of somebody else, in its own words.</summary>
internal static class NativeRows
{
    /// <summary>All rows of a query as texts; null is NULL.</summary>
    public static async ValueTask<List<string?[]>> ListAsync(ReadSession session, string sql, CancellationToken stop, params IReadOnlyList<string> values)
    {
        using var rows = await session.QueryNativeSqlAsync(sql, [.. values.Select(FieldValue.Text)], stop);
        var found = new List<string?[]>();
        while (await rows.NextAsync(stop))
        {
            var row = new string?[rows.ColumnCount];
            for (var i = 0; i < row.Length; i++) row[i] = rows.KindOf(i) == CellKind.Null ? null : Encoding.UTF8.GetString(rows.Utf8Of(i));
            found.Add(row);
        }
        return found;
    }

    /// <summary>Names of the things of a kind, such as <c>table</c>, in the order in which they were made.</summary>
    public static async ValueTask<List<string>> NamesAsync(ReadSession session, string kind, CancellationToken stop) =>
        [.. (await ListAsync(session, "SELECT name FROM sqlite_schema WHERE type = ?1 ORDER BY rowid", stop, kind)).Select(row => row[0] ?? "")];

    /// <summary>Names of the columns of a table.</summary>
    public static async ValueTask<HashSet<string>> ColumnsAsync(ReadSession session, string table, CancellationToken stop) =>
        new((await ListAsync(session, "SELECT name FROM pragma_table_xinfo(?1)", stop, table)).Select(row => row[0] ?? ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>Does something.</summary>
    public static ValueTask<long> DoAsync(WriteSession session, string sql, CancellationToken stop) => session.ExecuteNativeSqlAsync(sql, [], stop);
}
