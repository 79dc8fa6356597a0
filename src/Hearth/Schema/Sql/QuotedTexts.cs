using System.Text;

namespace Hearth.Schema.Sql;

/// <summary>
/// SQLite reads <c>"active"</c> as a text where no column has that name, and apps are full of it; the standard, PostgreSQL and Hearth's own SQLite read a name. Where a
/// statement means a text, this writes it as one. When a table is not known, nothing is touched.
/// </summary>
internal static class QuotedTexts
{
    private static readonly HashSet<string> RowNames = new(["rowid", "_rowid_", "oid"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Begins = ["SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE", "VALUES", "EXPLAIN"];
    private static readonly string[] JsonRows = ["key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root"];

    // Words behind which a value can stand. Behind any other word a quoted name is an alias.
    private static readonly HashSet<string> BeforeValue = new(
        [
            "SELECT", "DISTINCT", "ALL", "WHERE", "ON", "HAVING", "BY", "AND", "OR", "NOT", "IS", "IN", "LIKE", "ILIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "THEN", "ELSE", "WHEN",
            "CASE", "LIMIT", "OFFSET", "ESCAPE", "SET", "VALUES", "RETURNING", "FILTER", "OVER", "EXISTS", "USING", "ANY", "SOME", "UNION", "INTERSECT", "EXCEPT", "DEFAULT", "TO",
        ],
        StringComparer.OrdinalIgnoreCase);

    // Words behind which only a name can stand.
    private static readonly HashSet<string> BeforeName = new(
        ["AS", "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "COLLATE", "WITH", "RECURSIVE", "INDEX", "VIEW", "COLUMN", "EXISTS", "INDEXED"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A query or another statement. <paramref name="columnsOf"/> tells the columns of a table by its name, or null when it is not known.</summary>
    public static string InStatement(string sql, Func<string, IEnumerable<string>?> columnsOf)
    {
        if (!sql.Contains('"', StringComparison.Ordinal) || SqlTokens.Of(sql) is not { Count: > 0 } tokens || !Begins.Any(tokens[0].Is)) return sql;
        var places = SqlPlace.Of(tokens);
        var columns = new HashSet<string>(RowNames, StringComparer.OrdinalIgnoreCase);
        var own = SqlPlace.OwnTables(tokens, columns);
        for (var i = 0; i < tokens.Count; i++)
        {
            // Of "main.posts" the last part is the table.
            if (!places[i].NamesTable || (i + 1 < tokens.Count && tokens[i + 1].Is('.'))) continue;
            if (own.Contains(tokens[i].Value)) continue;
            if (tokens[i].Is("json_each") || tokens[i].Is("json_tree")) columns.UnionWith(JsonRows);
            else if (columnsOf(tokens[i].Value) is { } known) columns.UnionWith(known);
            else return sql;
        }
        var aliases = Aliases(tokens, places);
        return Rewrite(sql, tokens, i => !places[i].NamesTable && !columns.Contains(tokens[i].Value) &&
            !aliases.Any(alias => alias.Name.Equals(tokens[i].Value, StringComparison.OrdinalIgnoreCase) && !(places[i].InList && alias.Select == places[i].Select)));
    }

    /// <summary>An expression or condition over the columns of one table.</summary>
    public static string InExpression(string sql, IEnumerable<string> columns)
    {
        if (!sql.Contains('"', StringComparison.Ordinal) || SqlTokens.Of(sql) is not { } tokens) return sql;
        var known = new HashSet<string>(columns, StringComparer.OrdinalIgnoreCase);
        known.UnionWith(RowNames);
        return Rewrite(sql, tokens, i => !known.Contains(tokens[i].Value));
    }

    /// <summary>An index over a table with these columns.</summary>
    public static IndexDefinition InIndex(IndexDefinition index, IEnumerable<string> columns) => index with
    {
        Columns = [.. index.Columns.Select(column => column.IsExpression ? column with { Name = InExpression(column.Name, columns) } : column)],
        Where = index.Where is null ? null : InExpression(index.Where, columns),
    };

    private static string Rewrite(string sql, IReadOnlyList<SqlToken> tokens, Func<int, bool> isText)
    {
        var text = new StringBuilder(sql);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (sql[tokens[i].Start] != '"' || !IsValue(tokens, i) || !isText(i)) continue;
            text.Remove(tokens[i].Start, tokens[i].End - tokens[i].Start).Insert(tokens[i].Start, $"'{tokens[i].Value.Replace("'", "''", StringComparison.Ordinal)}'");
        }
        return text.ToString();
    }

    /// <summary>True where a value can stand, and not only the name of something.</summary>
    private static bool IsValue(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (at + 1 < tokens.Count && (tokens[at + 1].Is('.') || tokens[at + 1].Is('('))) return false;
        if (at == 0) return true;
        var before = tokens[at - 1];
        return before.Kind switch
        {
            SqlTokenKind.Word => BeforeValue.Contains(before.Value) && !BeforeName.Contains(before.Value),
            SqlTokenKind.Symbol => before.Value[0] is not (')' or '.' or ']'),
            _ => false,
        };
    }

    private static List<(string Name, int Select)> Aliases(IReadOnlyList<SqlToken> tokens, SqlPlace[] places)
    {
        var aliases = new List<(string, int)>();
        for (var i = 1; i < tokens.Count; i++)
        {
            var named = tokens[i].IsName && (tokens[i - 1].Is("AS") || (tokens[i].Kind == SqlTokenKind.QuotedName && !IsValue(tokens, i) && !tokens[i - 1].Is('.')));
            if (named) aliases.Add((tokens[i].Value, places[i].InList ? places[i].Select : -1));
        }
        return aliases;
    }
}
