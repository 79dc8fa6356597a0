using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Schema.Values;

/// <summary>
/// Makes random text that matches a pattern: literals, <c>[a-z0-9]</c> (also negated), <c>\d \w \s</c>, <c>.</c>, groups,
/// alternatives, and the repeats <c>? * + {n} {n,m} {n,}</c> (open ones end after 10 more). For record ids and token keys.
/// </summary>
internal sealed class TextGenerator
{
    private const int OpenRepeat = 10;
    private const int MostRepeats = 1000;
    private const int MostLength = 10_000;
    private const int MostSteps = 200_000; // repeats of nothing make no text and could go on for ever

    private readonly string pattern;
    private int at;

    private TextGenerator(string pattern) => this.pattern = pattern;

    private abstract record Node;

    private sealed record Letters(ImmutableArray<char> Alphabet) : Node;

    private sealed record Sequence(ImmutableArray<Node> Parts) : Node;

    private sealed record Choice(ImmutableArray<Node> Options) : Node;

    private sealed record Repeat(Node Part, int Least, int Most) : Node;

    /// <summary>Random text for a pattern, or null when the pattern is beyond what is understood.</summary>
    public static string? Generate(string pattern)
    {
        var text = new StringBuilder();
        try
        {
            var generator = new TextGenerator(pattern);
            var root = generator.ReadChoice(0);
            if (generator.at < pattern.Length) return null;
            var left = MostSteps;
            Append(root, text, ref left);
            return text.ToString();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void Append(Node node, StringBuilder text, ref int left)
    {
        if (text.Length > MostLength || --left < 0) throw new FormatException("too long");
        switch (node)
        {
            case Letters letters:
                text.Append(letters.Alphabet[RandomNumberGenerator.GetInt32(letters.Alphabet.Length)]);
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts) Append(part, text, ref left);
                break;
            case Choice choice:
                Append(choice.Options[RandomNumberGenerator.GetInt32(choice.Options.Length)], text, ref left);
                break;
            case Repeat repeat:
                var times = RandomNumberGenerator.GetInt32(repeat.Least, repeat.Most + 1);
                for (var i = 0; i < times; i++) Append(repeat.Part, text, ref left);
                break;
        }
    }

    private Node ReadChoice(int depth)
    {
        if (depth > 20) throw new FormatException("too deep");
        var options = ImmutableArray.CreateBuilder<Node>();
        options.Add(ReadSequence(depth));
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            options.Add(ReadSequence(depth));
        }
        return options.Count == 1 ? options[0] : new Choice(options.ToImmutable());
    }

    private Sequence ReadSequence(int depth)
    {
        var parts = ImmutableArray.CreateBuilder<Node>();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var c = pattern[at++];
            // Anchors hold by construction.
            if (c is '^' or '$') continue;
            parts.Add(ReadRepeat(c switch
            {
                '(' => ReadGroup(depth),
                '[' => new Letters(ReadClass()),
                '.' => new Letters(Printable()),
                '\\' => new Letters(Escaped()),
                '*' or '+' or '?' => throw new FormatException("nothing to repeat"),
                _ => new Letters([c]),
            }));
        }
        return new Sequence(parts.ToImmutable());
    }

    private Node ReadGroup(int depth)
    {
        if (at < pattern.Length && pattern[at] == '?')
        {
            if (string.CompareOrdinal(pattern, at, "?:", 0, 2) != 0) throw new FormatException("group kind");
            at += 2;
        }
        var inner = ReadChoice(depth + 1);
        if (at >= pattern.Length || pattern[at++] != ')') throw new FormatException("open group");
        return inner;
    }

    private Node ReadRepeat(Node part)
    {
        if (at >= pattern.Length) return part;
        switch (pattern[at])
        {
            case '?': at++; return new Repeat(part, 0, 1);
            case '*': at++; return new Repeat(part, 0, OpenRepeat);
            case '+': at++; return new Repeat(part, 1, OpenRepeat);
            case '{':
                var end = pattern.IndexOf('}', at);
                if (end < 0) throw new FormatException("open repeat");
                var numbers = pattern[(at + 1)..end].Split(',');
                at = end + 1;
                if (numbers.Length > 2 || !ushort.TryParse(numbers[0], out var least)) throw new FormatException("repeat");
                ushort most = least;
                if (numbers.Length == 2 && numbers[1].Length == 0) most = (ushort)(least + OpenRepeat);
                else if (numbers.Length == 2 && !ushort.TryParse(numbers[1], out most)) throw new FormatException("repeat");
                if (most < least || most > MostRepeats) throw new FormatException("repeat");
                return new Repeat(part, least, most);
            default: return part;
        }
    }

    private ImmutableArray<char> ReadClass()
    {
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated) at++;
        var letters = new SortedSet<char>();
        var first = true;
        while (true)
        {
            if (at >= pattern.Length) throw new FormatException("open class");
            var c = pattern[at++];
            if (c == ']' && !first) break;
            first = false;
            if (c == '\\')
            {
                letters.UnionWith(Escaped());
            }
            else if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                var last = pattern[at + 1];
                if (last < c || last - c > 0x1000) throw new FormatException("range");
                at += 2;
                for (int x = c; x <= last; x++) letters.Add((char)x);
            }
            else
            {
                letters.Add(c);
            }
        }
        ImmutableArray<char> alphabet = negated ? [.. Printable().Where(c => !letters.Contains(c))] : [.. letters];
        return alphabet.IsEmpty ? throw new FormatException("empty class") : alphabet;
    }

    private ImmutableArray<char> Escaped()
    {
        if (at >= pattern.Length) throw new FormatException("open escape");
        var c = pattern[at++];
        return c switch
        {
            'd' => [.. "0123456789"],
            'w' => [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"],
            's' => [' '],
            'D' => [.. Printable().Where(x => !char.IsAsciiDigit(x))],
            'W' => [.. Printable().Where(x => !char.IsAsciiLetterOrDigit(x) && x != '_')],
            'S' => [.. Printable().Where(x => x != ' ')],
            't' => ['\t'],
            'n' => ['\n'],
            'r' => ['\r'],
            _ when char.IsAsciiLetterOrDigit(c) => throw new FormatException("escape"),
            _ => [c],
        };
    }

    private static ImmutableArray<char> Printable() => [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)];
}
