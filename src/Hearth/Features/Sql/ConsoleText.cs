using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.Features.Sql;

/// <summary>What a superuser typed into the SQL console: its statements, and whether they change something.</summary>
internal sealed class ConsoleText
{
    private static readonly string[] Changing = ["INSERT", "CREATE", "UPDATE", "DELETE", "DROP", "DETACH", "ALTER", "REPLACE"];

    // Hearth keeps itself in these; a change past its own ways would not be noticed, or would break what stands on it.
    private static readonly string[] Own =
    [
        .. new[] { InternalTables.Collections, InternalTables.Params, InternalTables.Migrations, InternalTables.Audit, InternalTables.Tries, InternalTables.Jobs, InternalTables.JobRuns, InternalTables.FileDebts, InternalTables.FileUploads }.Select(table => table.Name),
        "_schema", "_nodes", "_leases", "_signals", "sqlite_master", "sqlite_schema", "sqlite_sequence",
    ];

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

    /// <summary>What must not be done here although a superuser may do anything: it would leave Hearth with tables that are not as their collections say.</summary>
    public Fault? FindHarm(SchemaSnapshot schema)
    {
        foreach (var statement in Statements)
        {
            var words = SqlTokens.Of(statement)!; // it was read before
            // Wherever it stands: one statement may change several tables, and SQLite takes a text for a name.
            var names = words.Where(word => word.IsName || word.Kind == SqlTokenKind.Text).Select(word => word.Value).ToList();
            if (names.FirstOrDefault(name => Own.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } own) return Refused($"Hearth keeps itself in {own}. It is changed by the API and the commands only, and read by a query that begins with SELECT.");
            if (words.Any(word => word.Kind == SqlTokenKind.QuotedName && word.Value.Contains('\\', StringComparison.Ordinal))) return Refused("A name in quotes cannot have a \\ in it.");
            if (words.Count == 0 || !(words[0].Is("DROP") || words[0].Is("ALTER"))) continue;
            foreach (var name in names)
            {
                if (schema.Find(name) is { } collection) return Refused($"{collection.Name} is a collection. Change or remove it as one, so that its rules and fields follow.");
                if (IsIndexOf(schema, name)) return Refused($"{name} is an index of a collection. Change it there.");
            }
        }
        return null;
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

    private static bool IsIndexOf(SchemaSnapshot schema, string name) =>
        schema.Collections.Any(collection => collection.Indexes.Any(index => index.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static bool IsTrigger(string part) => SqlTokens.Of(part) is { } words && words.Count > 0 && words[0].Is("CREATE") && words.Take(4).Any(word => word.Is("TRIGGER"));

    private static bool EndsTrigger(string part) => SqlTokens.Of(part) is { Count: > 0 } words && words[^1].Is("END");
}
