using System.Text;

namespace Hearth.Schema.Sql;

/// <summary>Gives a table another name in the queries that read it.</summary>
internal static class TableRename
{
    /// <summary>The query with the new name, where a table stands and in front of columns. A query that makes a table of that name for itself stays as it is.</summary>
    public static string In(string sql, string from, string to)
    {
        if (SqlTokens.Of(sql) is not { } tokens) return sql;
        var places = SqlPlace.Of(tokens);
        if (SqlPlace.OwnTables(tokens, []).Contains(from)) return sql;
        var alias = Enumerable.Range(0, tokens.Count).Any(i => places[i].NamesTable && IsAlias(tokens, i, from));
        var text = new StringBuilder(sql);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (!tokens[i].IsName || !tokens[i].Value.Equals(from, StringComparison.OrdinalIgnoreCase)) continue;
            var leads = i + 1 < tokens.Count && tokens[i + 1].Is('.');
            // Before a column it is the table's own name, or what the query calls another table.
            if (places[i].NamesTable ? leads : !leads || alias) continue;
            text.Remove(tokens[i].Start, tokens[i].End - tokens[i].Start).Insert(tokens[i].Start, Written(sql[tokens[i].Start], tokens[i].Kind, to));
        }
        return text.ToString();
    }

    // The name of a table is followed by what it is called here.
    private static bool IsAlias(IReadOnlyList<SqlToken> tokens, int table, string name)
    {
        var at = table + 1;
        if (at < tokens.Count && tokens[at].Is("AS")) at++;
        return at < tokens.Count && tokens[at].IsName && tokens[at].Value.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string Written(char quote, SqlTokenKind kind, string name) => (kind, quote) switch
    {
        (SqlTokenKind.Word, _) when name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]) => name,
        (SqlTokenKind.QuotedName, '"') => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`",
    };
}
