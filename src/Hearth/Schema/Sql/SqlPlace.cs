namespace Hearth.Schema.Sql;

/// <summary>Where a piece stands.</summary>
/// <param name="Select">The number of the SELECT that it belongs to.</param>
/// <param name="InList">Among the columns that it gives.</param>
/// <param name="NamesTable">It is the name of a table, or a part of it.</param>
internal readonly record struct SqlPlace(int Select, bool InList, bool NamesTable)
{
    private static readonly string[] EndsSources = ["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "SET", "VALUES", "RETURNING", "ON", "USING"];

    /// <summary>The places of all pieces of a statement.</summary>
    public static SqlPlace[] Of(IReadOnlyList<SqlToken> tokens)
    {
        var places = new SqlPlace[tokens.Count];
        var open = new Stack<(int Select, bool InList, bool InSources, bool Wanted, bool Selects)>();
        var (select, inList, inSources, wanted, selects, count) = (0, false, false, false, true, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var namesTable = false;
            if (token.Is('('))
            {
                open.Push((select, inList, inSources, false, selects));
                selects = false;
                // Joins may stand in parentheses.
                inSources = wanted;
            }
            else if (token.Is(')') && open.Count > 0)
            {
                (select, inList, inSources, wanted, selects) = open.Pop();
            }
            else if (token.Is("SELECT"))
            {
                (select, inList, inSources, wanted, selects) = (++count, true, false, false, true);
            }
            else if (token.Is("FROM") && selects && !(i > 0 && tokens[i - 1].Is("DISTINCT")))
            {
                // Not extract(year FROM ...) and not IS DISTINCT FROM.
                (inList, inSources, wanted) = (false, true, true);
            }
            else if (token.Is("JOIN"))
            {
                (inSources, wanted) = (true, true);
            }
            else if (token.Is("INTO") || (token.Is("UPDATE") && !(i > 0 && (tokens[i - 1].Is("DO") || tokens[i - 1].Is("FOR")))))
            {
                (inSources, wanted) = (true, true);
            }
            else if (token.Is(',') && inSources)
            {
                wanted = true;
            }
            else if (wanted && token.IsName && !token.Is("OR") && !token.Is("ONLY") && !token.Is("LATERAL"))
            {
                namesTable = true;
                wanted = i + 1 < tokens.Count && tokens[i + 1].Is('.');
            }
            else if (token.Kind == SqlTokenKind.Word && EndsSources.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                inSources = token.Is("ON") || token.Is("USING");
            }
            places[i] = new SqlPlace(select, inList, namesTable);
        }
        return places;
    }

    /// <summary>Names of the tables that the statement makes for itself by WITH; their columns are put to the others where they are listed.</summary>
    public static HashSet<string> OwnTables(IReadOnlyList<SqlToken> tokens, HashSet<string> columns)
    {
        var own = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (!tokens[i].IsName || !(tokens[i - 1].Is("WITH") || tokens[i - 1].Is("RECURSIVE") || tokens[i - 1].Is(','))) continue;
            var listed = new List<string>();
            var at = i + 1;
            if (tokens[at].Is('('))
            {
                for (at++; at < tokens.Count && (tokens[at].IsName || tokens[at].Is(',')); at++)
                {
                    if (tokens[at].IsName) listed.Add(tokens[at].Value);
                }
                at++;
            }
            if (at >= tokens.Count || !tokens[at].Is("AS")) continue;
            at++;
            while (at < tokens.Count && (tokens[at].Is("NOT") || tokens[at].Is("MATERIALIZED"))) at++;
            if (at + 1 >= tokens.Count || !tokens[at].Is('(') || !(tokens[at + 1].Is("SELECT") || tokens[at + 1].Is("VALUES") || tokens[at + 1].Is("WITH"))) continue;
            own.Add(tokens[i].Value);
            columns.UnionWith(listed);
        }
        return own;
    }
}
