namespace Hearth.Data.Compile;

/// <summary>What a text depends on in the literals that it binds.</summary>
internal static class Literals
{
    /// <summary>The text ends in the first half of an escape, so that it is no pattern.</summary>
    public static bool EndsInEscape(string pattern)
    {
        var backslashes = 0;
        while (backslashes < pattern.Length && pattern[^(backslashes + 1)] == '\\') backslashes++;
        return backslashes % 2 == 1;
    }
}
