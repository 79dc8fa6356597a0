using System.Text;

namespace Hearth.Schema.Sql;

/// <summary>
/// Gives columns of a table other names in the queries that read them. What a query gives out keeps its name, so that nobody who reads the query notices. Only where the text leaves no
/// doubt which column is meant.
/// </summary>
internal static class ColumnRename
{
    /// <summary>The query with the new names; null when it cannot be told what is meant.</summary>
    /// <param name="sql">The SELECT. Texts in double quotes must stand as texts (<see cref="QuotedTexts"/>).</param>
    /// <param name="table">The table as the query names it.</param>
    /// <param name="renames">New names by old ones, whatever their case.</param>
    /// <param name="columnsOf">The columns of a table before the change; null when it is not known.</param>
    public static string? In(string sql, string table, IReadOnlyDictionary<string, string> renames, Func<string, IEnumerable<string>?> columnsOf)
    {
        if (SqlTokens.Of(sql) is not { } tokens) return null;
        var places = SqlPlace.Of(tokens);
        if (Sources.Of(tokens, places, columnsOf) is not { } sources) return null;
        var text = new StringBuilder(sql);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (!tokens[i].IsName || places[i].NamesTable || !renames.TryGetValue(tokens[i].Value, out var to)) continue;
            var (called, isLeader) = (i + 1 < tokens.Count && tokens[i + 1].Is('('), i + 1 < tokens.Count && tokens[i + 1].Is('.'));
            if (called || isLeader || IsAlias(tokens, i)) continue;
            var path = i >= 2 && tokens[i - 1].Is('.');
            var owner = path ? sources.OfPath(tokens[i - 2].Value) : sources.OfColumn(tokens[i].Value);
            if (owner is null) return null;
            if (!owner.Equals(table, StringComparison.OrdinalIgnoreCase)) continue;
            // Bare, it could be what the query itself calls so, which only the list of columns cannot name; and another table may have the new name.
            var isResult = !places[i].InList && (sources.Aliases.Contains(tokens[i].Value) || sources.Aliases.Contains(to));
            if (!path && (isResult || sources.HasOther(to, table))) return null;
            var first = path ? i - 2 : i;
            var alone = places[i].InList && StartsItem(tokens, first) && EndsItem(tokens, i);
            var name = $"`{to.Replace("`", "``", StringComparison.Ordinal)}`";
            text.Remove(tokens[i].Start, tokens[i].End - tokens[i].Start).Insert(tokens[i].Start, alone ? $"{name} AS `{tokens[i].Value}`" : name);
        }
        return text.ToString();
    }

    // An argument of a function stands behind a comma as well, but within parentheses.
    private static bool StartsItem(IReadOnlyList<SqlToken> tokens, int at) =>
        at > 0 && (tokens[at - 1].Is("SELECT") || tokens[at - 1].Is("DISTINCT") || tokens[at - 1].Is("ALL") || tokens[at - 1].Is(',')) && DepthSinceSelect(tokens, at) == 0;

    private static bool EndsItem(IReadOnlyList<SqlToken> tokens, int at) => at + 1 >= tokens.Count || tokens[at + 1].Is(',') || tokens[at + 1].Is("FROM");

    private static int DepthSinceSelect(IReadOnlyList<SqlToken> tokens, int at)
    {
        var depth = 0;
        for (var i = at - 1; i >= 0; i--)
        {
            if (tokens[i].Is(')')) depth--;
            else if (tokens[i].Is('(')) depth++;
            else if (depth == 0 && tokens[i].Is("SELECT")) break;
            if (depth > 0) break;
        }
        return depth;
    }

    private static bool IsAlias(IReadOnlyList<SqlToken> tokens, int at) => at > 0 && Sources.NamesResult(tokens, at);

    /// <summary>What a statement reads: tables under the names that its columns stand behind.</summary>
    private sealed class Sources
    {
        private static readonly string[] Joins = ["JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "ON", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "INDEXED", "NOT"];

        private readonly Dictionary<string, string?> byName = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, HashSet<string>> columns = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Names that the statement gives to its results.</summary>
        public HashSet<string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Reads them; null for statements with queries as tables, whose columns only a database can tell, and for joins by names.</summary>
        public static Sources? Of(IReadOnlyList<SqlToken> tokens, SqlPlace[] places, Func<string, IEnumerable<string>?> columnsOf)
        {
            var sources = new Sources();
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Is("WITH") || tokens[i].Is("USING") || tokens[i].Is("NATURAL")) return null;
                var begins = i > 0 && (tokens[i - 1].Is("FROM") || tokens[i - 1].Is("JOIN"));
                if (begins && tokens[i].Is('(') && !(i > 1 && tokens[i - 2].Is("DISTINCT"))) return null;
                if (i > 0 && tokens[i - 1].Is(',') && tokens[i].Is('(') && i + 1 < tokens.Count && tokens[i + 1].Is("SELECT") && !places[i].InList) return null;
                if (NamesResult(tokens, i)) sources.Aliases.Add(tokens[i].Value);
                if (!places[i].NamesTable || (i + 1 < tokens.Count && tokens[i + 1].Is('.'))) continue;
                var table = tokens[i].Value;
                if (columnsOf(table) is not { } known) return null;
                sources.columns[table] = new(known, StringComparer.OrdinalIgnoreCase);
                var at = i + 1;
                if (at < tokens.Count && tokens[at].Is("AS")) at++;
                var named = at < tokens.Count && tokens[at].IsName && !Joins.Any(tokens[at].Is) ? tokens[at].Value : table;
                // One name for two tables, in two queries of the statement.
                sources.byName[named] = sources.byName.TryGetValue(named, out var other) && !table.Equals(other, StringComparison.OrdinalIgnoreCase) ? null : table;
            }
            return sources;
        }

        /// <summary>The table that stands under a name; null when that is not clear.</summary>
        public string? OfPath(string name) => byName.GetValueOrDefault(name);

        /// <summary>The one table that has the column; null when it is not one.</summary>
        public string? OfColumn(string name) => columns.Where(table => table.Value.Contains(name)).Select(table => table.Key).ToList() is [var one] ? one : null;

        /// <summary>Another table has such a column.</summary>
        public bool HasOther(string name, string table) => columns.Any(other => !other.Key.Equals(table, StringComparison.OrdinalIgnoreCase) && other.Value.Contains(name));

        /// <summary>True where a name stands that the statement gives to something.</summary>
        public static bool NamesResult(IReadOnlyList<SqlToken> tokens, int at)
        {
            if (at == 0 || !tokens[at].IsName) return false;
            var before = tokens[at - 1];
            if (before.Is("AS")) return !IsInCast(tokens, at);
            if (before.Kind is SqlTokenKind.QuotedName or SqlTokenKind.Text or SqlTokenKind.Number || before.Is(')') || before.Is("END")) return !IsWord(tokens[at]);
            return before.Kind == SqlTokenKind.Word && !IsWord(tokens[at]) && !IsWord(before);
        }

        private static bool IsInCast(IReadOnlyList<SqlToken> tokens, int at) => at + 1 < tokens.Count && tokens[at + 1].Is(')') && tokens[at].Kind == SqlTokenKind.Word;

        // A bare word with a meaning of its own names nothing.
        private static bool IsWord(SqlToken token) => token.Kind == SqlTokenKind.Word && Words.Contains(token.Value);

        private static readonly HashSet<string> Words = new(
            [
                "SELECT", "DISTINCT", "ALL", "FROM", "WHERE", "ON", "HAVING", "GROUP", "ORDER", "BY", "AND", "OR", "NOT", "IS", "IN", "LIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "THEN", "ELSE", "WHEN", "CASE", "END",
                "LIMIT", "OFFSET", "ESCAPE", "UNION", "INTERSECT", "EXCEPT", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "AS", "COLLATE", "ASC", "DESC", "NULLS", "FIRST", "LAST", "NULL", "EXISTS",
                "FILTER", "OVER", "PARTITION", "WINDOW", "ISNULL", "NOTNULL", "ROWS", "RANGE", "INDEXED",
            ],
            StringComparer.OrdinalIgnoreCase);
    }
}
