namespace Hearth.Schema.Sql;

/// <summary>What a piece of SQL text is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A bare word: a keyword or a name.</summary>
    Word,

    /// <summary>A name in quotes (double quotes, backticks or brackets).</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Anything else; runs of operator characters are cut into single ones.</summary>
    Symbol,
}

/// <summary>One piece of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The name or text without its quotes; otherwise the piece itself.</param>
/// <param name="Start">Where it starts in the whole text.</param>
/// <param name="End">Where the next piece may start.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, int Start, int End)
{
    /// <summary>It can name something.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    /// <summary>True for a bare word, whatever its case.</summary>
    public bool Is(string word) => Kind == SqlTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a symbol.</summary>
    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}

/// <summary>Cuts SQL text into its pieces; enough for index statements and the outer shape of a SELECT.</summary>
internal static class SqlTokens
{
    /// <summary>The pieces of the text without blanks and comments, or null when a quote or a comment stays open.</summary>
    public static IReadOnlyList<SqlToken>? Of(string sql)
    {
        var tokens = new List<SqlToken>();
        var i = 0;
        while (i < sql.Length)
        {
            var c = sql[i];
            var start = i;
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '-' && i + 1 < sql.Length && sql[i + 1] == '-')
            {
                while (i < sql.Length && sql[i] != '\n') i++;
            }
            else if (c == '/' && i + 1 < sql.Length && sql[i + 1] == '*')
            {
                var end = sql.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0) return null;
                i = end + 2;
            }
            else if (c is '\'' or '"' or '`' or '[')
            {
                if (ReadQuoted(sql, c == '[' ? ']' : c, ref i) is not { } value) return null;
                tokens.Add(new SqlToken(c == '\'' ? SqlTokenKind.Text : SqlTokenKind.QuotedName, value, start, i));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] is '_' or '$')) i++;
                tokens.Add(new SqlToken(SqlTokenKind.Word, sql[start..i], start, i));
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] == '.')) i++;
                tokens.Add(new SqlToken(SqlTokenKind.Number, sql[start..i], start, i));
            }
            else
            {
                i++;
                tokens.Add(new SqlToken(SqlTokenKind.Symbol, c.ToString(), start, i));
            }
        }
        return tokens;
    }

    private static string? ReadQuoted(string sql, char quote, ref int i)
    {
        var value = new System.Text.StringBuilder();
        i++;
        while (i < sql.Length)
        {
            if (sql[i] != quote)
            {
                value.Append(sql[i++]);
            }
            else if (quote != ']' && i + 1 < sql.Length && sql[i + 1] == quote)
            {
                value.Append(quote);
                i += 2;
            }
            else
            {
                i++;
                return value.ToString();
            }
        }
        return null;
    }
}
