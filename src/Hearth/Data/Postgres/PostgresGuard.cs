using System.Collections.Frozen;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.Data.Postgres;

/// <summary>
/// What SQL text of a user may not do, whoever the user is: end our transaction, change how the connection works, or move data past the driver.
/// The rights of the role that Hearth signs in with are the true border: functions can do whatever that role may.
/// </summary>
internal static class PostgresGuard
{
    private static readonly FrozenSet<string> Reading = FrozenSet.ToFrozenSet(["SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "SHOW"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Changing = FrozenSet.ToFrozenSet(
        ["SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "SHOW", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "ALTER", "DROP", "TRUNCATE", "COMMENT", "ANALYZE", "REFRESH", "REINDEX"],
        StringComparer.OrdinalIgnoreCase);

    // Roles and databases are of the whole server. What they are told is not seen in the transaction, and holds for connections to come.
    private static readonly FrozenSet<string> Beyond = FrozenSet.ToFrozenSet(["ROLE", "USER", "GROUP", "DATABASE", "SYSTEM", "TABLESPACE"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as one statement that gives rows. Throws a <see cref="DataException"/> of kind statement when it is none.</summary>
    public static SqlStatement Query(string sql, IReadOnlyList<FieldValue> parameters)
    {
        var statements = Split(sql);
        if (statements.Count == 0) throw Wrong("The statement is empty.");
        if (statements.Count > 1) throw Wrong("Only one statement can be run at a time.");
        return Checked(statements[0], parameters, Reading);
    }

    /// <summary>The text as statements that may change something.</summary>
    public static IReadOnlyList<SqlStatement> Changes(string sql, IReadOnlyList<FieldValue> parameters)
    {
        var statements = Split(sql);
        if (statements.Count > 1 && parameters.Count > 0) throw Wrong("Several statements cannot share parameters.");
        return [.. statements.Select(s => Checked(s, parameters, Changing))];
    }

    private static SqlStatement Checked(string sql, IReadOnlyList<FieldValue> parameters, FrozenSet<string> allowed)
    {
        // The first word decides, behind any parentheses.
        var tokens = SqlTokens.Of(sql);
        var first = tokens?.FirstOrDefault(t => !t.Is('(')) ?? default;
        // The server cuts texts in other places than the ones found here when these are in it, and what looks like a part of a text would be a statement of its own.
        if (sql.Contains(';', StringComparison.Ordinal) && (sql.AsSpan().ContainsAny("$\\[`\r") || sql.Contains("/*", StringComparison.Ordinal))) throw Wrong("A semicolon in a text or a comment cannot stand beside one of $ \\ [ ` or a comment like /* this */. Take it out of the comment, or write the one in the text as chr(59).");
        if (HasHiddenWords(sql, tokens ?? [])) throw Wrong("A comment cannot hold another one, or a line break that is none to everybody.");
        if (first.Kind != SqlTokenKind.Word || !allowed.Contains(first.Value)) throw Wrong($"\"{first.Value}\" is not allowed here.");
        if ((first.Is("CREATE") || first.Is("ALTER") || first.Is("DROP")) && tokens is [_, var what, ..] && Beyond.Contains(what.Value)) throw Wrong($"{first.Value} {what.Value} is not allowed here: it is of the whole server.");
        return new SqlStatement(sql, [.. parameters.Select(SqlArgument.Of)]);
    }

    // The server nests comments and ends a line at a carriage return, too: it would see other words than we do.
    private static bool HasHiddenWords(string sql, IReadOnlyList<SqlToken> tokens)
    {
        var start = 0;
        foreach (var (gapEnd, next) in tokens.Select(token => (token.Start, token.End)).Append((sql.Length, sql.Length)))
        {
            var gap = sql.AsSpan(start, gapEnd - start).Trim();
            start = next;
            while (gap.Length > 0)
            {
                var isLine = gap[0] == '-';
                var end = isLine ? gap.IndexOf('\n') : gap[2..].IndexOf("*/") + 2;
                var inside = isLine ? gap[2..(end < 0 ? gap.Length : end)].TrimEnd('\r') : gap[2..end];
                if (isLine ? inside.Contains('\r') : inside.Contains("/*", StringComparison.Ordinal)) return true;
                gap = end < 0 ? [] : gap[(isLine ? end : end + 2)..].Trim();
            }
        }
        return false;
    }

    private static List<string> Split(string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal)) throw Wrong("The text cannot hold the character NUL.");
        if (SqlTokens.Of(sql) is not { } tokens) throw Wrong("A quote or a comment is not closed.");
        var statements = new List<string>();
        var start = 0;
        foreach (var token in tokens.Where(t => t.Is(';')).Select(t => t.Start).Append(sql.Length))
        {
            var part = sql[start..token];
            if (SqlTokens.Of(part) is { Count: > 0 }) statements.Add(part);
            start = Math.Min(token + 1, sql.Length);
        }
        return statements;
    }

    private static DataException Wrong(string message) => new(new DataFault(DataFaultKind.Statement, message, []));
}
