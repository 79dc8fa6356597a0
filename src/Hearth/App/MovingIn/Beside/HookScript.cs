namespace Hearth.App.MovingIn.Beside;

/// <summary>What a script of <c>pb_hooks</c> hangs into its app: events, routes, schedules. Found by the calls that do it; nothing is run.</summary>
internal static class HookScript
{
    private static readonly string[] Events =
    [
        "onBootstrap", "onServe", "onTerminate", "onBackup", "onMailer", "onRealtime", "onSettings", "onFile", "onBatch", "onRecord", "onCollection", "onModel", "onAdmin", "onBefore", "onAfter",
    ];

    /// <summary>Each in a few words, in the order of the script.</summary>
    public static IReadOnlyList<string> Tell(string script)
    {
        var pieces = ScriptPieces.Of(script);
        var told = new List<string>();
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            if (pieces[i].Kind != ScriptPieceKind.Name || !pieces[i + 1].Is('(') || (i > 0 && (pieces[i - 1].Is('.') || pieces[i - 1] is { Kind: ScriptPieceKind.Name, Value: "function" }))) continue;
            if (Words(pieces[i].Value, Texts(pieces, i + 1)) is { } words && !told.Contains(words)) told.Add(words);
        }
        return told;
    }

    private static string? Words(string call, List<string> texts) => call switch
    {
        "routerAdd" when texts.Count > 1 => $"the route {texts[0].ToUpperInvariant()} {texts[1]}",
        "routerAdd" => "a route",
        "routerUse" or "routerPre" => "a middleware for all routes",
        "cronAdd" when texts.Count > 1 => $"the schedule {texts[0]} ({texts[1]})",
        "cronAdd" => "a schedule",
        _ when Events.Any(name => call.StartsWith(name, StringComparison.Ordinal)) => texts.Count == 0 ? call : $"{call} ({string.Join(", ", texts)})",
        _ => null,
    };

    // Arguments that are texts; what stands within functions and objects is none.
    private static List<string> Texts(List<ScriptPiece> pieces, int open)
    {
        var (texts, depth) = (new List<string>(), 0);
        for (var i = open; i < pieces.Count; i++)
        {
            if (pieces[i].Is('(') || pieces[i].Is('{') || pieces[i].Is('[')) depth++;
            else if ((pieces[i].Is(')') || pieces[i].Is('}') || pieces[i].Is(']')) && --depth == 0) break;
            else if (depth == 1 && pieces[i].Kind == ScriptPieceKind.Text && (pieces[i - 1].Is('(') || pieces[i - 1].Is(','))) texts.Add(pieces[i].Value);
        }
        return texts;
    }
}
