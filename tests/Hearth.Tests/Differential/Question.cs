using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Hearth.Planning;

namespace Hearth.Tests.Differential;

/// <summary>What is asked of a world: a list as a client asks for it, or whether a row that is not stored satisfies a rule.</summary>
internal sealed record Question
{
    /// <summary>Name of the collection.</summary>
    public required string Of { get; init; }

    /// <summary>Null is a guest, <c>*</c> a superuser, else the id of a row of the auth collection.</summary>
    public string? Caller { get; init; }

    public Condition? Rule { get; init; }

    public Condition? Filter { get; init; }

    public ImmutableArray<string> Sort { get; init; } = [];

    public int Page { get; init; } = 1;

    public int PerPage { get; init; } = 100;

    /// <summary>The submitted body: JSON texts by field.</summary>
    public ImmutableSortedDictionary<string, string> Body { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the rule holds for a row that has the body's values and is not stored.</summary>
    public bool IsVirtual { get; init; }

    public RequestFacts FactsIn(World world) => new()
    {
        Caller = Caller switch { null => Hearth.Planning.Caller.Guest, "*" => Hearth.Planning.Caller.System, _ => SignedIn(world) },
        Now = new DateTimeOffset(2025, 2, 3, 10, 11, 12, 345, TimeSpan.Zero),
        Query = new Dictionary<string, string> { ["q"] = "a", ["n"] = "10" },
        Headers = new Dictionary<string, string> { ["x_token"] = "É" },
        Body = Body.ToDictionary(v => v.Key, v => JsonElement.Parse(v.Value)),
    };

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"  of      {Of}{(IsVirtual ? ", one row that is not stored" : "")}\n  caller  {Caller switch { null => "guest", "*" => "superuser", _ => Caller }}\n");
        if (Rule is not null) text.Append($"  rule    {Rule}\n");
        if (Filter is not null) text.Append($"  filter  {Filter}\n");
        if (!Sort.IsEmpty) text.Append($"  sort    {string.Join(',', Sort)}\n");
        if (Page != 1 || PerPage != 100) text.Append($"  page    {Page}, {PerPage} a page\n");
        if (!Body.IsEmpty) text.Append($"  body    {string.Join(", ", Body.Select(v => $"{v.Key} = {v.Value}"))}\n");
        return text.ToString();
    }

    private Caller SignedIn(World world)
    {
        var row = world.Rows.FirstOrDefault(r => r.Id == Caller && world.Find(r.Collection).Type == Schema.CollectionType.Auth);
        return row is null ? Hearth.Planning.Caller.Guest : Hearth.Planning.Caller.Of(world.Find(row.Collection), world.ValuesOf(row));
    }
}

/// <summary>A condition of the filter language as a tree of texts.</summary>
internal abstract record Condition
{
    /// <summary>Simpler conditions that may still show the same difference, the simplest first.</summary>
    public abstract IEnumerable<Condition> Simpler();
}

/// <summary><c>left operator right</c>.</summary>
internal sealed record Comparison(string Left, string Operator, string Right) : Condition
{
    public override IEnumerable<Condition> Simpler()
    {
        if (Operator[0] == '?') yield return this with { Operator = Operator[1..] };
        foreach (var left in SimplerOperands(Left)) yield return this with { Left = left };
        foreach (var right in SimplerOperands(Right)) yield return this with { Right = right };
    }

    public override string ToString() => $"{Left} {Operator} {Right}";

    private static IEnumerable<string> SimplerOperands(string operand)
    {
        if (operand.StartsWith("strftime", StringComparison.Ordinal) && operand.LastIndexOf(',') is > 0 and var last) yield return operand[..last] + ")";
        if (operand is "\"\"" or "null" or "1") yield break;
        foreach (var simple in (string[])["null", "\"\"", "1"]) yield return simple;
        if (operand[0] == '"' || operand.Contains('(')) yield break;
        if (operand.LastIndexOf(':') is > 0 and var colon) yield return operand[..colon];
        if (operand[0] == '@') yield break;
        if (operand.IndexOf('.') is > 0 and var dot && !char.IsAsciiDigit(operand[0]) && operand[0] != '-') yield return operand[(dot + 1)..];
    }
}

/// <summary>Several conditions, all or any of which must hold.</summary>
internal sealed record Group(bool All, ImmutableArray<Condition> Parts) : Condition
{
    public override IEnumerable<Condition> Simpler()
    {
        foreach (var part in Parts) yield return part;
        for (var i = 0; i < Parts.Length && Parts.Length > 2; i++) yield return this with { Parts = Parts.RemoveAt(i) };
        for (var i = 0; i < Parts.Length; i++)
        {
            foreach (var simpler in Parts[i].Simpler()) yield return this with { Parts = Parts.SetItem(i, simpler) };
        }
    }

    public override string ToString() => $"({string.Join(All ? " && " : " || ", Parts)})";
}
