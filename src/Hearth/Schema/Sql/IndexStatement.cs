using System.Collections.Immutable;
using System.Text;

namespace Hearth.Schema.Sql;

/// <summary><c>CREATE INDEX</c> statements as text and as <see cref="IndexDefinition"/> (contract 4.8).</summary>
public static class IndexStatement
{
    /// <summary>The index of a statement, or null when it is not one statement of this kind. The table it names is not kept.</summary>
    public static IndexDefinition? Parse(string statement)
    {
        var text = statement.Trim().TrimEnd(';').TrimEnd();
        if (SqlTokens.Of(text) is not { } tokens || tokens.Any(token => token.Is(';'))) return null;
        var at = 0;
        if (!Take("CREATE")) return null;
        var unique = Take("UNIQUE");
        if (!Take("INDEX")) return null;
        if (Take("IF") && !(Take("NOT") && Take("EXISTS"))) return null;
        if (TakeName() is not { Length: > 0 } name) return null;
        // The table may be that of long ago, or none: it is the collection's.
        if (!Take("ON") || TakeName() is null) return null;
        if (at >= tokens.Count || !tokens[at].Is('(')) return null;
        var close = Closing(tokens, at);
        if (close < 0) return null;
        var columns = ImmutableArray.CreateBuilder<IndexColumn>();
        for (var start = at + 1; start <= close;)
        {
            var end = EndOfItem(tokens, start, close);
            if (ReadColumn(text, tokens, start, end) is not { } column) return null;
            columns.Add(column);
            start = end + 1;
        }
        at = close + 1;
        string? where = null;
        if (Take("WHERE"))
        {
            if (at >= tokens.Count) return null;
            where = text[tokens[at].Start..].Trim();
            at = tokens.Count;
        }
        return at < tokens.Count ? null : new IndexDefinition(name, unique, columns.ToImmutable(), where);

        bool Take(string word)
        {
            if (at >= tokens.Count || !tokens[at].Is(word)) return false;
            at++;
            return true;
        }

        string? TakeName()
        {
            if (at >= tokens.Count || !tokens[at].IsName) return null;
            var value = tokens[at++].Value;
            // A name may have the database's name in front of it.
            if (at + 1 < tokens.Count && tokens[at].Is('.') && tokens[at + 1].IsName)
            {
                value = tokens[at + 1].Value;
                at += 2;
            }
            return value;
        }
    }

    /// <summary>The statement of an index in its normal form, for a table of the given name.</summary>
    public static string Render(IndexDefinition index, string table)
    {
        var text = new StringBuilder(index.Unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
        text.Append(Quote(index.Name)).Append(" ON ").Append(Quote(table)).Append(" (");
        text.AppendJoin(", ", index.Columns.Select(Render)).Append(')');
        if (index.Where is not null) text.Append(" WHERE ").Append(index.Where);
        return text.ToString();
    }

    /// <summary>The same index after a field got another name: in its columns, its expressions and its condition.</summary>
    public static IndexDefinition RenameField(IndexDefinition index, string from, string to) => index with
    {
        Columns = [.. index.Columns.Select(column => column with
        {
            Name = column.IsExpression ? RenameIn(column.Name, from, to)
                : column.Name.Equals(from, StringComparison.OrdinalIgnoreCase) ? to : column.Name,
        })],
        Where = index.Where is null ? null : RenameIn(index.Where, from, to),
    };

    /// <summary>True when a column, an expression or the condition of the index names the field.</summary>
    public static bool Mentions(IndexDefinition index, string field) =>
        index.Columns.Any(column => column.IsExpression ? Names(column.Name, field) : column.Name.Equals(field, StringComparison.OrdinalIgnoreCase)) ||
        (index.Where is not null && Names(index.Where, field));

    private static bool Names(string sql, string field) =>
        SqlTokens.Of(sql)?.Any(token => token.IsName && token.Value.Equals(field, StringComparison.OrdinalIgnoreCase)) ?? false;

    private static string RenameIn(string sql, string from, string to)
    {
        if (SqlTokens.Of(sql) is not { } tokens) return sql;
        var text = new StringBuilder(sql);
        foreach (var token in tokens.Reverse())
        {
            if (token.IsName && token.Value.Equals(from, StringComparison.OrdinalIgnoreCase))
            {
                text.Remove(token.Start, token.End - token.Start).Insert(token.Start, Quote(to));
            }
        }
        return text.ToString();
    }

    private static string Render(IndexColumn column)
    {
        var text = column.IsExpression ? column.Name : Quote(column.Name);
        if (column.Collation is not null) text += " COLLATE " + column.Collation;
        return column.Descending ? text + " DESC" : text;
    }

    private static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static int Closing(IReadOnlyList<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            if (tokens[i].Is('(')) depth++;
            else if (tokens[i].Is(')') && --depth == 0) return i;
        }
        return -1;
    }

    private static int EndOfItem(IReadOnlyList<SqlToken> tokens, int start, int close)
    {
        var depth = 0;
        for (var i = start; i < close; i++)
        {
            if (tokens[i].Is('(')) depth++;
            else if (tokens[i].Is(')')) depth--;
            else if (depth == 0 && tokens[i].Is(',')) return i;
        }
        return close;
    }

    private static IndexColumn? ReadColumn(string text, IReadOnlyList<SqlToken> tokens, int start, int end)
    {
        var descending = false;
        string? collation = null;
        if (end > start && (tokens[end - 1].Is("ASC") || tokens[end - 1].Is("DESC")))
        {
            descending = tokens[end - 1].Is("DESC");
            end--;
        }
        if (end - 2 > start && tokens[end - 2].Is("COLLATE") && tokens[end - 1].IsName)
        {
            collation = tokens[end - 1].Value;
            if (!collation.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return null;
            end -= 2;
        }
        if (end <= start) return null;
        return end == start + 1 && tokens[start].IsName
            ? new IndexColumn(tokens[start].Value, false, collation, descending)
            : new IndexColumn(text[tokens[start].Start..tokens[end - 1].End], true, collation, descending);
    }
}
