namespace Hearth.Basics;

/// <summary>The contract's rule for messages: trimmed, first letter upper-case, a final full stop.</summary>
public static class Sentence
{
    /// <summary>Applies the rule; text ending in <c>.</c>, <c>?</c> or <c>!</c> keeps its end.</summary>
    public static string Of(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return text;
        if (char.IsLower(text[0])) text = char.ToUpperInvariant(text[0]) + text[1..];
        return text[^1] is '.' or '?' or '!' ? text : text + ".";
    }
}
