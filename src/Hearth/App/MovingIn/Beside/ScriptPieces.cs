namespace Hearth.App.MovingIn.Beside;

/// <summary>What a piece of a script is.</summary>
internal enum ScriptPieceKind
{
    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>One character of anything else.</summary>
    Symbol,
}

/// <summary>One piece of a script; of a text what stands between its quotes.</summary>
internal readonly record struct ScriptPiece(ScriptPieceKind Kind, string Value)
{
    public bool Is(char symbol) => Kind == ScriptPieceKind.Symbol && Value[0] == symbol;
}

/// <summary>Cuts JavaScript into pieces, without comments and regular expressions; enough to see what is called with which texts.</summary>
internal static class ScriptPieces
{
    public static List<ScriptPiece> Of(string script)
    {
        var pieces = new List<ScriptPiece>();
        var i = 0;
        while (i < script.Length)
        {
            var c = script[i];
            if (char.IsWhiteSpace(c)) i++;
            else if (script.AsSpan(i).StartsWith("//")) i = EndOf(script, "\n", i);
            else if (script.AsSpan(i).StartsWith("/*")) i = EndOf(script, "*/", i + 2);
            else if (c is '"' or '\'' or '`') pieces.Add(new(ScriptPieceKind.Text, Quoted(script, ref i)));
            else if (c == '/' && BeginsExpression(pieces)) SkipExpression(script, ref i);
            else if (char.IsLetter(c) || c is '_' or '$')
            {
                var start = i;
                while (i < script.Length && (char.IsLetterOrDigit(script[i]) || script[i] is '_' or '$')) i++;
                pieces.Add(new(ScriptPieceKind.Name, script[start..i]));
            }
            else
            {
                pieces.Add(new(ScriptPieceKind.Symbol, c.ToString()));
                i++;
            }
        }
        return pieces;
    }

    private static int EndOf(string script, string end, int from)
    {
        var at = script.IndexOf(end, Math.Min(from, script.Length), StringComparison.Ordinal);
        return at < 0 ? script.Length : at + end.Length;
    }

    private static string Quoted(string script, ref int i)
    {
        var (quote, start) = (script[i++], i);
        while (i < script.Length && script[i] != quote && (quote == '`' || script[i] != '\n')) i += script[i] == '\\' ? 2 : 1;
        var end = Math.Min(i, script.Length);
        i = Math.Min(end + 1, script.Length);
        return script[start..end];
    }

    // A slash behind a value divides.
    private static bool BeginsExpression(List<ScriptPiece> pieces)
    {
        if (pieces.Count == 0) return true;
        var last = pieces[^1];
        return last.Kind == ScriptPieceKind.Symbol ? !(last.Is(')') || last.Is(']') || char.IsDigit(last.Value[0])) : last is { Kind: ScriptPieceKind.Name, Value: "return" };
    }

    private static void SkipExpression(string script, ref int i)
    {
        var inClass = false;
        for (i++; i < script.Length && script[i] != '\n'; i++)
        {
            if (script[i] == '\\') i++;
            else if (script[i] == '[') inClass = true;
            else if (script[i] == ']') inClass = false;
            else if (script[i] == '/' && !inClass) break;
        }
        i = Math.Min(i + 1, script.Length);
    }
}
