using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema.Sql;

namespace Hearth.Schema.Views;

/// <summary>One column of the outer SELECT list.</summary>
/// <param name="Name">The name it comes out under.</param>
/// <param name="Expression">Its pieces without the alias.</param>
internal sealed record SelectColumn(string Name, ImmutableArray<SqlToken> Expression);

/// <summary>One source of the outer FROM clause.</summary>
/// <param name="Alias">The name by which columns refer to it.</param>
/// <param name="Table">The table or view it reads, or null for a query in parentheses.</param>
internal sealed record SelectSource(string Alias, string? Table);

/// <summary>The outer shape of a view's query: what comes out, and what it is read from. Everything deeper is the database's business.</summary>
internal sealed record SelectStatement(string Text, ImmutableArray<SelectColumn> Columns, ImmutableArray<SelectSource> Sources, ImmutableArray<string> Tables)
{
    private static readonly string[] EndsFrom = ["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "WINDOW"];
    private static readonly string[] JoinWords = ["JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL"];

    /// <summary>Reads the shape; the fault's cause says in words what is wrong with the query.</summary>
    public static Outcome<SelectStatement> Parse(string query)
    {
        var text = query.Trim().TrimEnd(';').TrimEnd();
        if (text.Length == 0) return Wrong("the query is empty");
        if (SqlTokens.Of(text) is not { } tokens) return Wrong("a quote or a comment is not closed");
        if (tokens.Any(token => token.Is(';'))) return Wrong("only one statement is allowed");
        if (tokens.Count == 0 || !(tokens[0].Is("SELECT") || tokens[0].Is("WITH"))) return Wrong("the query must be a SELECT");
        var depths = Depths(tokens);
        if (depths is null) return Wrong("the parentheses do not match");

        var select = Find(0, token => token.Is("SELECT"));
        if (select < 0) return Wrong("the query must be a SELECT");
        var start = select + 1;
        if (start < tokens.Count && (tokens[start].Is("DISTINCT") || tokens[start].Is("ALL"))) start++;
        var from = Find(start, token => token.Is("FROM") || IsAny(token, EndsFrom));
        var end = from < 0 ? tokens.Count : from;
        var columns = ImmutableArray.CreateBuilder<SelectColumn>();
        foreach (var (first, last) in Split(start, end))
        {
            if (last <= first) return Wrong("the list of columns has an empty item");
            if (tokens[last - 1].Is('*') && (last - first == 1 || tokens[last - 2].Is('.'))) return Wrong("the columns must be named one by one, * is not supported");
            columns.Add(ReadColumn(text, tokens, first, last));
        }
        ImmutableArray<SelectSource> sources = from >= 0 && tokens[from].Is("FROM") ? ReadSources(tokens, depths, from + 1) : [];
        return new SelectStatement(text, columns.ToImmutable(), sources, AllTables(tokens, depths));

        int Find(int at, Func<SqlToken, bool> wanted)
        {
            for (var i = at; i < tokens.Count; i++)
            {
                if (depths[i] == 0 && wanted(tokens[i])) return i;
            }
            return -1;
        }

        IEnumerable<(int First, int Last)> Split(int first, int last)
        {
            for (var i = first; i < last; i++)
            {
                if (depths[i] != 0 || !tokens[i].Is(',')) continue;
                yield return (first, i);
                first = i + 1;
            }
            yield return (first, last);
        }
    }

    private static Fault Wrong(string cause) => Fault.BadRequest("collections.view_query").Because(cause);

    private static bool IsAny(SqlToken token, string[] words) => token.Kind == SqlTokenKind.Word && words.Contains(token.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many parentheses are open at each piece; the parentheses themselves count as inside.</summary>
    private static int[]? Depths(IReadOnlyList<SqlToken> tokens)
    {
        var depths = new int[tokens.Count];
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is('(')) depth++;
            depths[i] = depth;
            if (tokens[i].Is(')') && --depth < 0) return null;
        }
        return depth == 0 ? depths : null;
    }

    private static SelectColumn ReadColumn(string text, IReadOnlyList<SqlToken> tokens, int first, int last)
    {
        var aliased = last - first >= 2 && tokens[last - 1].IsName && !tokens[last - 1].Is("END") && EndsOperand(tokens[last - 2]);
        var named = last - first >= 3 && tokens[last - 2].Is("AS");
        var end = named ? last - 2 : aliased ? last - 1 : last;
        ImmutableArray<SqlToken> expression = [.. tokens.Skip(first).Take(end - first)];
        var name = end < last ? tokens[last - 1].Value
            : IsPath(expression) ? expression[^1].Value
            : text[tokens[first].Start..tokens[last - 1].End];
        return new SelectColumn(name, expression);
    }

    /// <summary>True when a name behind this piece can only be an alias.</summary>
    private static bool EndsOperand(SqlToken token) =>
        token.Kind is SqlTokenKind.QuotedName or SqlTokenKind.Text or SqlTokenKind.Number || token.Is(')') || token.Is("END") ||
        (token.Kind == SqlTokenKind.Word && !IsAny(token, ["AND", "OR", "NOT", "IS", "IN", "LIKE", "GLOB", "BETWEEN", "COLLATE", "THEN", "ELSE", "WHEN", "CASE", "AS"]));

    /// <summary>True for <c>name</c> and <c>source.name</c>.</summary>
    public static bool IsPath(ImmutableArray<SqlToken> expression) =>
        expression.Length is 1 or 3 && expression[0].IsName && expression[^1].IsName && (expression.Length == 1 || expression[1].Is('.'));

    private static ImmutableArray<SelectSource> ReadSources(IReadOnlyList<SqlToken> tokens, int[] depths, int at)
    {
        var sources = ImmutableArray.CreateBuilder<SelectSource>();
        var expected = true;
        for (var i = at; i < tokens.Count; i++)
        {
            if (depths[i] == 0 && IsAny(tokens[i], EndsFrom)) break;
            if (!expected)
            {
                // Only where no source is expected can LEFT or FULL mean a join; elsewhere it is a table of that name.
                expected = depths[i] == 0 && (tokens[i].Is(',') || tokens[i].Is("JOIN"));
                continue;
            }
            expected = false;
            string? table = null;
            if (tokens[i].Is('('))
            {
                while (i + 1 < tokens.Count && depths[i + 1] > 0) i++;
            }
            else
            {
                table = tokens[i].Value;
                if (i + 2 < tokens.Count && tokens[i + 1].Is('.'))
                {
                    table = tokens[i + 2].Value;
                    i += 2;
                }
            }
            var alias = table ?? "";
            if (i + 2 < tokens.Count && tokens[i + 1].Is("AS"))
            {
                alias = tokens[i + 2].Value;
                i += 2;
            }
            else if (i + 1 < tokens.Count && tokens[i + 1].IsName && depths[i + 1] == 0 && !IsAny(tokens[i + 1], EndsFrom) &&
                !IsAny(tokens[i + 1], JoinWords) && !tokens[i + 1].Is("ON") && !tokens[i + 1].Is("USING"))
            {
                alias = tokens[i + 1].Value;
                i++;
            }
            sources.Add(new SelectSource(alias, table));
        }
        return sources.ToImmutable();
    }

    /// <summary>Every name that stands where a table can stand, at any depth. Rather one too many than one too few.</summary>
    private static ImmutableArray<string> AllTables(IReadOnlyList<SqlToken> tokens, int[] depths)
    {
        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var fromDepths = new HashSet<int>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Is("FROM")) fromDepths.Add(depths[i]);
            else if (IsAny(tokens[i], EndsFrom)) fromDepths.Remove(depths[i]);
            else if (tokens[i].Is(')')) fromDepths.Remove(depths[i]);
            var begins = tokens[i].Is("FROM") || tokens[i].Is("JOIN") || (tokens[i].Is(',') && fromDepths.Contains(depths[i]));
            if (!begins || !tokens[i + 1].IsName) continue;
            tables.Add(tokens[i + 1].Value);
            if (i + 3 < tokens.Count && tokens[i + 2].Is('.') && tokens[i + 3].IsName) tables.Add(tokens[i + 3].Value);
        }
        return [.. tables];
    }
}
