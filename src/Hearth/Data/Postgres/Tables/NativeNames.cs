using System.Text;
using Hearth.Schema.Sql;

namespace Hearth.Data.Postgres.Tables;

/// <summary>
/// Names in SQL text of a user. PostgreSQL reads a bare name in small letters, but names of fields keep their case: a bare name with capital and
/// small letters means the name as it stands there, and <c>xmin</c> the field of that name. Backticks and brackets are quotes here, too, as they are in the statements that Hearth writes.
/// </summary>
internal static class NativeNames
{
    /// <summary>The text as PostgreSQL reads it.</summary>
    public static string Read(string sql)
    {
        if (SqlTokens.Of(sql) is not { } tokens) return sql;
        var text = new StringBuilder(sql);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            var foreign = token.Kind == SqlTokenKind.QuotedName && sql[token.Start] != '"';
            var mixed = token.Kind == SqlTokenKind.Word && token.Value.Any(char.IsAsciiLetterUpper) && token.Value.Any(char.IsAsciiLetterLower)
                && !(i + 1 < tokens.Count && tokens[i + 1].Is('('));
            if (foreign && IsElementOfArray(sql, tokens, i)) continue;
            // A field called as a column that every table of PostgreSQL has.
            var name = token.Kind == SqlTokenKind.Word ? token.Value.ToLowerInvariant() : token.Value;
            if (token.IsName && PostgresNames.IsOfEveryTable(name) && !(i + 1 < tokens.Count && tokens[i + 1].Is('('))) text.Remove(token.Start, token.End - token.Start).Insert(token.Start, PostgresNames.Quote(name));
            else if (foreign || mixed) text.Remove(token.Start, token.End - token.Start).Insert(token.Start, PostgresNames.Quote(token.Value));
        }
        return text.ToString();
    }

    // ARRAY[...] and column[1] are no names in brackets.
    private static bool IsElementOfArray(string sql, IReadOnlyList<SqlToken> tokens, int at) =>
        sql[tokens[at].Start] == '[' && at > 0 && tokens[at - 1].End == tokens[at].Start && (tokens[at - 1].IsName || tokens[at - 1].Is(')') || tokens[at - 1].Is(']'));
}
