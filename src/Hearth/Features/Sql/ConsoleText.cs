using System.Text;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.Features.Sql;

/// <summary>What a superuser typed into the SQL console: its statements, and whether they change something.</summary>
internal sealed class ConsoleText
{
    private static readonly string[] Changing = ["INSERT", "CREATE", "UPDATE", "DELETE", "DROP", "DETACH", "ALTER", "REPLACE"];

    private ConsoleText(string text, IReadOnlyList<string> statements, bool changes) => (Text, Statements, Changes) = (text, statements, changes);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>The statements, without empty ones.</summary>
    public IReadOnlyList<string> Statements { get; }

    /// <summary>It begins with a word that changes something (contract 10.9).</summary>
    public bool Changes { get; }

    /// <summary>Reads it; null when a quote or a comment stays open.</summary>
    public static ConsoleText? Read(string text)
    {
        if (SqlTokens.Of(text) is not { } tokens) return null;
        var statements = new List<string>();
        var start = 0;
        foreach (var end in tokens.Where(token => token.Is(';')).Select(token => token.Start).Append(text.Length))
        {
            var part = text[start..end];
            // A trigger has semicolons inside of it.
            var isTrigger = IsTrigger(part) && !EndsTrigger(part) && end < text.Length;
            if (isTrigger) continue;
            if (SqlTokens.Of(part) is { Count: > 0 }) statements.Add(part);
            start = Math.Min(end + 1, text.Length);
        }
        return new ConsoleText(text, statements, tokens.Count > 0 && Changing.Any(tokens[0].Is));
    }

    /// <summary>The same with texts in double quotes written as texts.</summary>
    public ConsoleText Settled(SchemaSnapshot schema)
    {
        var settled = Statements.Select(statement => QuotedTexts.InStatement(statement, table => schema.Find(table)?.Fields.Select(field => field.Name))).ToList();
        return settled.SequenceEqual(Statements) ? this : new ConsoleText(string.Join(";\n", settled), settled, Changes);
    }

    /// <summary>The text with marks in place of values, for the audit log.</summary>
    public string WithoutValues()
    {
        var text = new StringBuilder(Text);
        var tokens = SqlTokens.Of(Text)!; // it was read before
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            // Double quotes may hold a text, too, where SQLite finds no column of the name.
            if (tokens[i].Kind is SqlTokenKind.Text or SqlTokenKind.Number or SqlTokenKind.QuotedName) text.Remove(tokens[i].Start, tokens[i].End - tokens[i].Start).Insert(tokens[i].Start, "?");
        }
        return text.ToString();
    }

    /// <summary>400 of the contract.</summary>
    public static Fault Refused(string reason) => Fault.BadRequest("sql.failed", $"Failed to execute query. Raw error: {reason}");

    private static bool IsTrigger(string part) => SqlTokens.Of(part) is { } words && words.Count > 0 && words[0].Is("CREATE") && words.Take(4).Any(word => word.Is("TRIGGER"));

    private static bool EndsTrigger(string part) => SqlTokens.Of(part) is { Count: > 0 } words && words[^1].Is("END");
}
