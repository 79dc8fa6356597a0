using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Planning;

/// <summary>
/// One case of a file in <c>Cases/</c>: what is asked, and sections with what comes out. Lines <c>key: value</c> up to the first section ask
/// (<c>of</c>, <c>caller</c>, <c>rule</c>, <c>filter</c>, <c>sort</c>, <c>body</c>, <c>query</c>, <c>headers</c>, <c>row</c> for a virtual row);
/// a section starts with <c>-- NAME</c>. Files end in <c>.txt</c> and name their schema in the first line: <c>schema: blog</c>.
/// </summary>
internal sealed class PlanCase
{
    private readonly Dictionary<string, string> asks = [];

    public required string Name { get; init; }

    public required SchemaSnapshot Schema { get; init; }

    public List<(string Name, string Text)> Sections { get; } = [];

    public string? Ask(string key) => asks.GetValueOrDefault(key);

    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases");

    /// <summary>The lines of a file before its first case, and its cases.</summary>
    public static (string Head, List<PlanCase> Cases) ReadFile(string path)
    {
        var blocks = ("\n" + File.ReadAllText(path)).Split("\n=== ");
        var schema = SchemaText.Read(File.ReadAllText(Path.Combine(Folder(), blocks[0].Trim().Split('\n')[0]["schema:".Length..].Trim() + ".schema")));
        return (blocks[0].Trim(), [.. blocks.Skip(1).Select(block => Read(block, schema))]);
    }

    public static string Write(string head, IEnumerable<PlanCase> cases)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var one in cases)
        {
            text.Append($"\n=== {one.Name}\n");
            foreach (var (key, value) in one.asks) text.Append($"{key}: {value}\n");
            foreach (var (name, body) in one.Sections) text.Append($"-- {name}\n{body}\n");
        }
        return text.ToString();
    }

    public Outcome<ReadPlan> Plan()
    {
        var collection = Schema.Find(Ask("of") ?? "posts")!;
        var facts = new RequestFacts
        {
            Caller = Caller(),
            Method = Ask("method") ?? "GET",
            Query = Texts("query"),
            Headers = Texts("headers"),
            Body = Json("body").ToDictionary(p => p.Name, p => p.Value),
            Now = new DateTimeOffset(2025, 2, 3, 10, 11, 12, 345, TimeSpan.Zero),
        };
        var planner = new Planner(Schema, facts);
        if (Ask("row") is not null) return planner.Virtual(collection, Row(collection, Json("row")), Ask("rule") ?? "");
        return planner.List(collection, Ask("rule"), new ListQuery(Ask("filter") ?? "", Ask("sort") ?? "", 1, 30));
    }

    private static PlanCase Read(string block, SchemaSnapshot schema)
    {
        var lines = block.TrimEnd().Split('\n');
        var read = new PlanCase { Name = lines[0].Trim(), Schema = schema };
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith("-- ", StringComparison.Ordinal)) read.Sections.Add((line[3..].Trim(), ""));
            else if (read.Sections.Count > 0) read.Sections[^1] = (read.Sections[^1].Name, (read.Sections[^1].Text + "\n" + line).Trim('\n'));
            else if (line.Split(':', 2) is [var key, var value]) read.asks[key.Trim()] = value.Trim();
        }
        return read;
    }

    /// <summary><c>guest</c> (also when nothing is said), <c>superuser</c>, or a collection and the values of the record.</summary>
    private Caller Caller()
    {
        var text = Ask("caller") ?? "guest";
        if (text == "guest") return Hearth.Planning.Caller.Guest;
        if (text == "superuser") return Hearth.Planning.Caller.System;
        var collection = Schema.Find(text.Split(' ')[0])!;
        return Hearth.Planning.Caller.Of(collection, Row(collection, JsonDocument.Parse(text[collection.Name.Length..]).RootElement.EnumerateObject()));
    }

    private static FieldValue[] Row(Collection collection, IEnumerable<JsonProperty> values)
    {
        var row = collection.Fields.Select(f => f.Zero).ToArray();
        foreach (var property in values) row[collection.OrdinalOf(property.Name)] = collection.FindField(property.Name)!.Coerce(property.Value);
        return row;
    }

    private JsonElement.ObjectEnumerator Json(string key) => JsonDocument.Parse(Ask(key) ?? "{}").RootElement.EnumerateObject();

    private Dictionary<string, string> Texts(string key) => Json(key).ToDictionary(p => p.Name, p => p.Value.GetString()!);
}
