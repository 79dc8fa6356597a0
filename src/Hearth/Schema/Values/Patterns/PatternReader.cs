using System.Collections.Immutable;
using System.Globalization;

namespace Hearth.Schema.Values.Patterns;

/// <summary>
/// Reads regular expressions of RE2's syntax (https://github.com/google/re2/wiki/Syntax): no looking around, no back-references; <c>\d</c>, <c>\w</c>, <c>\s</c>, <c>\b</c>
/// and the classes of POSIX mean ASCII; everything is counted in Unicode characters.
/// </summary>
internal sealed class PatternReader
{
    private const int MostRepeats = 1000;
    private const int MostDepth = 200;

    private readonly int[] text;
    private readonly ClassReader classes;
    private int at;
    private int depth;
    private bool anyCase;
    private bool manyLines;
    private bool dotIsAll;

    private PatternReader(string pattern)
    {
        text = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];
        classes = new ClassReader(text, pattern);
    }

    /// <summary>Reads a whole pattern.</summary>
    /// <exception cref="PatternFault">It is not valid.</exception>
    public static PatternNode Read(string pattern)
    {
        var reader = new PatternReader(pattern);
        var node = reader.ReadChoice();
        return reader.at < reader.text.Length ? throw new PatternFault("A \")\" has no \"(\".") : node;
    }

    private bool Has(char c) => at < text.Length && text[at] == c;

    private bool Has(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (at + i >= text.Length || text[at + i] != word[i]) return false;
        }
        return true;
    }

    private PatternNode ReadChoice()
    {
        if (++depth > MostDepth) throw new PatternFault("The parentheses are nested too deeply.");
        var options = ImmutableArray.CreateBuilder<PatternNode>();
        do
        {
            options.Add(ReadSequence());
        }
        while (Has('|') && ++at > 0);
        depth--;
        return options.Count == 1 ? options[0] : new PatternNode.Choice(options.ToImmutable());
    }

    private PatternNode.Sequence ReadSequence()
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        while (at < text.Length && text[at] is not ('|' or ')'))
        {
            var start = at;
            if (Has("\\Q"))
            {
                at += 2;
                var quoted = new List<PatternNode>();
                while (at < text.Length && !Has("\\E")) quoted.Add(Letter(text[at++]));
                at = Math.Min(text.Length, at + 2);
                if (quoted.Count == 0)
                {
                    if (parts.Count > 0) parts[^1] = ReadRepeats(parts[^1]);
                    continue;
                }
                parts.AddRange(quoted.SkipLast(1));
                parts.Add(ReadRepeats(quoted[^1]));
                continue;
            }
            if (ReadFlags()) continue;
            if (ReadOne() is { } one) parts.Add(ReadRepeats(one));
            else throw new PatternFault($"There is nothing that \"{char.ConvertFromUtf32(text[start])}\" could repeat.");
        }
        return new PatternNode.Sequence(parts.ToImmutable());
    }

    private PatternNode? ReadOne()
    {
        var c = text[at];
        switch (c)
        {
            case '(': return ReadGroup();
            case '[':
            case '\\' when classes.IsSet(at):
                return new PatternNode.Character(classes.Read(ref at, anyCase));
            case '\\': return ReadEscape();
            case '*' or '+' or '?': return null;
            case '{' when ReadCount(out _, out _, peek: true): return null;
        }
        at++;
        return c switch
        {
            '.' => new PatternNode.Character(dotIsAll ? CodePoints.All : CodePoints.Of('\n').Inverse()),
            '^' => new PatternNode.At(manyLines ? PatternPlace.LineStart : PatternPlace.TextStart),
            '$' => new PatternNode.At(manyLines ? PatternPlace.LineEnd : PatternPlace.TextEnd),
            _ => Letter(c),
        };
    }

    private PatternNode ReadEscape()
    {
        PatternPlace? place = at + 1 < text.Length
            ? text[at + 1] switch { 'A' => PatternPlace.TextStart, 'z' => PatternPlace.TextEnd, 'b' => PatternPlace.WordEdge, 'B' => PatternPlace.NoWordEdge, _ => null }
            : null;
        if (place is null) return Letter(classes.ReadLetter(ref at));
        at += 2;
        return new PatternNode.At(place.Value);
    }

    private PatternNode ReadGroup()
    {
        var flags = (anyCase, manyLines, dotIsAll);
        if (Has("(?"))
        {
            if (Has("(?P<") || Has("(?<"))
            {
                var name = at + (Has("(?P<") ? 4 : 3);
                var end = Array.IndexOf(text, '>', name);
                if (end <= name || text[name..end].Any(c => c > 0x7F || !(char.IsAsciiLetterOrDigit((char)c) || c == '_'))) throw Unknown(at, end);
                at = end + 1;
            }
            else
            {
                SetFlags(':');
            }
        }
        else
        {
            at++;
        }
        var inner = ReadChoice();
        if (!Has(')')) throw new PatternFault("A \"(\" is not closed.");
        at++;
        (anyCase, manyLines, dotIsAll) = flags;
        return inner;
    }

    // (?i) holds until the end of the group that it stands in.
    private bool ReadFlags()
    {
        if (!Has("(?") || Has("(?P") || Has("(?<")) return false;
        for (var i = at + 2; i < text.Length && text[i] is not (':' or ')'); i++)
        {
            if (text[i] is not ('i' or 'm' or 's' or 'U' or '-')) throw Unknown(at, i);
        }
        var end = Array.FindIndex(text, at, c => c is ':' or ')');
        if (end < 0) throw Unknown(at, text.Length - 1);
        if (text[end] == ':') return false;
        SetFlags(')');
        return true;
    }

    private void SetFlags(char until)
    {
        var start = at;
        var (on, named) = (true, false);
        for (at += 2; ; at++)
        {
            if (at >= text.Length) throw Unknown(start, at - 1);
            if (text[at] == until) break;
            named = true;
            switch (text[at])
            {
                case 'i': anyCase = on; break;
                case 'm': manyLines = on; break;
                case 's': dotIsAll = on; break;
                case 'U': break; // whether much or little is taken first makes no difference to whether there is a match
                case '-' when on: (on, named) = (false, false); break;
                default: throw Unknown(start, at);
            }
        }
        if (!on && !named) throw Unknown(start, at);
        at++;
    }

    private PatternNode ReadRepeats(PatternNode part)
    {
        if (at >= text.Length) return part;
        var start = at;
        (int Least, int Most) times;
        if (text[at] is '*' or '+' or '?')
        {
            times = text[at++] switch { '*' => (0, -1), '+' => (1, -1), _ => (0, 1) };
        }
        else if (Has('{') && ReadCount(out var least, out var most))
        {
            times = (least, most);
            if (least > MostRepeats || most > MostRepeats || (most >= 0 && most < least)) throw BadCount(start);
        }
        else
        {
            return part;
        }
        if (Has('?')) at++;
        if (at < text.Length && (text[at] is '*' or '+' or '?' || (Has('{') && ReadCount(out _, out _, peek: true)))) throw new PatternFault($"\"{Shown(start, at)}\" repeats what is repeated already; put the inner part into parentheses.");
        var repeat = new PatternNode.Repeat(part, times.Least, times.Most);
        return text[start] == '{' && !IsBounded(repeat, MostRepeats) ? throw BadCount(start) : repeat;
    }

    // Counts within counts multiply.
    private static bool IsBounded(PatternNode node, int most)
    {
        switch (node)
        {
            case PatternNode.Repeat repeat:
                var times = repeat.Most < 0 ? repeat.Least : repeat.Most;
                if (times > most) return false;
                return IsBounded(repeat.Part, times > 0 ? most / times : most);
            case PatternNode.Sequence sequence: return sequence.Parts.All(part => IsBounded(part, most));
            case PatternNode.Choice choice: return choice.Options.All(part => IsBounded(part, most));
            default: return true;
        }
    }

    /// <summary><c>{2}</c>, <c>{2,}</c> or <c>{2,3}</c>; anything else is no count but text.</summary>
    private bool ReadCount(out int least, out int most, bool peek = false)
    {
        (least, most) = (0, 0);
        var i = at + 1;
        if (!Number(ref i, out least)) return false;
        most = least;
        if (i < text.Length && text[i] == ',')
        {
            i++;
            if (i < text.Length && text[i] == '}') most = -1;
            else if (!Number(ref i, out most)) return false;
        }
        if (i >= text.Length || text[i] != '}') return false;
        if (!peek) at = i + 1;
        return true;
    }

    private bool Number(ref int i, out int number)
    {
        var start = i;
        number = 0;
        while (i < text.Length && text[i] is >= '0' and <= '9') number = Math.Min((number * 10) + text[i++] - '0', MostRepeats + 1);
        // A leading zero makes it text.
        return i > start && (text[start] != '0' || i == start + 1);
    }

    private PatternNode.Character Letter(int c) => new(anyCase ? UnicodeSets.InAnyCase(CodePoints.Of(c)) : CodePoints.Of(c));

    private PatternFault BadCount(int start) => new($"\"{Shown(start, Math.Max(start, at - 1))}\" is no valid count: at most {MostRepeats.ToString(CultureInfo.InvariantCulture)} times, also for counts within counts, and the greater number last.");

    private PatternFault Unknown(int start, int end) => new($"\"{Shown(start, end)}\" is not supported: groups are (...), (?:...), (?P<name>...) and (?flags) with the flags i, m, s and U.");

    private string Shown(int start, int end) => string.Concat(text.Skip(start).Take(Math.Max(1, end - start + 1)).Select(char.ConvertFromUtf32));
}
