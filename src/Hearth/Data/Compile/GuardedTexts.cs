namespace Hearth.Data.Compile;

/// <summary>Where a condition stands.</summary>
internal enum Standing
{
    /// <summary>It says which rows may be seen.</summary>
    Guard,

    /// <summary>A client chose it, and it may be looked at in any row.</summary>
    Open,

    /// <summary>A client chose it, and it is looked at only in rows that may be seen.</summary>
    Behind,
}

/// <summary>
/// The texts of conditions that must hold together. Engines ask the parts of an AND in the order that they like best; a CASE asks its condition
/// first. Guards by which rows may be found stand outside as well, because nothing inside of a CASE finds any.
/// </summary>
internal sealed class GuardedTexts
{
    private const string Subquery = "EXISTS (";

    private readonly List<(string Text, Standing Standing)> texts = [];

    /// <summary>Adds a condition.</summary>
    public void Add(string text, Standing standing) => texts.Add((text, standing));

    /// <summary>All together, without brackets around them.</summary>
    public string Render(EngineWords words)
    {
        if (texts.Count == 0) return words.True;
        var behind = Of(Standing.Behind);
        if (behind.Count == 0) return Joined(texts.Select(t => t.Text));
        var guards = Of(Standing.Guard);
        var wait = $"CASE WHEN {Joined(guards)} THEN {Joined(behind)} ELSE {words.False} END";
        return Joined([.. guards.Where(guard => Finds(guard, words)).Concat(Of(Standing.Open)).Select(words.Beside), wait]);
    }

    /// <summary>All together as one condition.</summary>
    public string RenderWhole(EngineWords words)
    {
        var text = Render(words);
        return texts.Count > 1 ? $"({text})" : text;
    }

    // What has to be asked for each row finds none.
    private static bool Finds(string guard, EngineWords words) =>
        !guard.Contains(Subquery, StringComparison.Ordinal) || (words.FindsByExists && guard.StartsWith(Subquery, StringComparison.Ordinal));

    private static string Joined(IEnumerable<string> texts) => string.Join(" AND ", texts);

    private List<string> Of(Standing standing) => [.. texts.Where(t => t.Standing == standing).Select(t => t.Text)];
}
