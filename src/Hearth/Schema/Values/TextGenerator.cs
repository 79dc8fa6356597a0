using System.Security.Cryptography;
using System.Text;
using Hearth.Schema.Values.Patterns;

namespace Hearth.Schema.Values;

/// <summary>
/// Makes random text that matches a pattern of <see cref="TextPattern"/>'s syntax; repeats without an end stop after 10 more. Where a pattern leaves the choice,
/// as <c>.</c> and <c>[^a]</c> do, the characters are those that everybody can read. For record ids and token keys.
/// </summary>
internal static class TextGenerator
{
    private const int OpenRepeat = 10;
    private const int MostLength = 10_000;
    private const int MostSteps = 200_000; // repeats of nothing make no text and could go on for ever

    /// <summary>Random text for a pattern, or null when none can be made.</summary>
    public static string? Generate(string pattern) => Generate(pattern, out _);

    /// <summary>Random text for a pattern, or null when none can be made.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="problem">What is wrong with the pattern; null when it is valid.</param>
    public static string? Generate(string pattern, out string? problem)
    {
        problem = null;
        PatternNode node;
        try
        {
            node = PatternReader.Read(pattern);
        }
        catch (PatternFault fault)
        {
            problem = fault.Message;
            return null;
        }
        try
        {
            var (text, left) = (new StringBuilder(), MostSteps);
            Append(node, text, ref left);
            return text.ToString();
        }
        catch (PatternFault)
        {
            return null;
        }
    }

    private static void Append(PatternNode node, StringBuilder text, ref int left)
    {
        if (text.Length > MostLength || --left < 0) throw new PatternFault("It makes too much text.");
        switch (node)
        {
            case PatternNode.Character { Set: var set }:
                text.Append(Rune.TryCreate(Pick(set), out var rune) ? rune.ToString() : "\uFFFD");
                break;
            case PatternNode.Sequence sequence:
                foreach (var part in sequence.Parts) Append(part, text, ref left);
                break;
            case PatternNode.Choice choice:
                Append(choice.Options[RandomNumberGenerator.GetInt32(choice.Options.Length)], text, ref left);
                break;
            case PatternNode.Repeat repeat:
                var most = repeat.Most < 0 ? repeat.Least + OpenRepeat : repeat.Most;
                var times = RandomNumberGenerator.GetInt32(repeat.Least, most + 1);
                for (var i = 0; i < times; i++) Append(repeat.Part, text, ref left);
                break;
            // The beginning and the end hold by themselves; of edges of words nobody knows.
            case PatternNode.At { Place: PatternPlace.WordEdge or PatternPlace.NoWordEdge }:
                throw new PatternFault("Edges of words cannot be made.");
        }
    }

    private static int Pick(CodePoints set)
    {
        // Wide sets are what a pattern leaves open.
        var choice = set;
        if (set.Count > 0x1000 && set.Within(UnicodeSets.Printable) is { IsEmpty: false } printable) choice = printable;
        return choice.IsEmpty ? throw new PatternFault("No character fits.") : choice.At(RandomNumberGenerator.GetInt32(choice.Count));
    }
}
