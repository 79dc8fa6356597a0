namespace Hearth.Schema.Values.Patterns;

/// <summary>Reads what stands for one character: classes in brackets, <c>\d</c>, <c>\p{Greek}</c>, escaped letters.</summary>
internal sealed class ClassReader(int[] text, string pattern)
{
    /// <summary>True when the backslash at this place begins a set and not a letter.</summary>
    public bool IsSet(int at) => at + 1 < text.Length && text[at + 1] is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P';

    /// <summary>The set that begins here: a class in brackets or an escape.</summary>
    public CodePoints Read(ref int at, bool anyCase)
    {
        if (text[at] == '\\') return ReadEscapedSet(ref at, anyCase);
        var start = at++;
        var negated = at < text.Length && text[at] == '^';
        if (negated) at++;
        var set = CodePoints.Of([]);
        for (var first = true; ; first = false)
        {
            if (at >= text.Length) throw new PatternFault($"The class \"{Shown(start, text.Length)}\" is not closed with \"]\".");
            if (text[at] == ']' && !first) break;
            set = set.With(ReadItem(ref at, anyCase));
        }
        at++;
        return negated ? set.Inverse() : set;
    }

    /// <summary>The letter that stands here, or that the escape here means.</summary>
    public int ReadLetter(ref int at)
    {
        if (text[at] != '\\') return text[at++];
        var start = at++;
        if (at >= text.Length) throw new PatternFault("A backslash stands at the end.");
        var c = text[at++];
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return ReadHex(start, ref at);
            case >= '0' and <= '7':
                // A single digit but zero would be a back-reference.
                if (c != '0' && !(at < text.Length && text[at] is >= '0' and <= '7')) throw Unknown(start, at);
                var octal = c - '0';
                for (var i = 0; i < 2 && at < text.Length && text[at] is >= '0' and <= '7'; i++) octal = (octal * 8) + text[at++] - '0';
                return octal;
            case < 0x80 when !char.IsAsciiLetterOrDigit((char)c): return c;
            default: throw Unknown(start, at);
        }
    }

    private CodePoints ReadItem(ref int at, bool anyCase)
    {
        if (text[at] == '[' && at + 1 < text.Length && text[at + 1] == ':' && ReadPosix(ref at, anyCase) is { } named) return named;
        if (text[at] == '\\' && IsSet(at)) return ReadEscapedSet(ref at, anyCase);
        var start = at;
        var first = ReadLetter(ref at);
        var last = first;
        if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
        {
            at++;
            last = ReadLetter(ref at);
            if (last < first) throw new PatternFault($"The range \"{Shown(start, at)}\" ends before it begins.");
        }
        var range = CodePoints.Of([(first, last)]);
        return anyCase ? UnicodeSets.InAnyCase(range) : range;
    }

    private CodePoints? ReadPosix(ref int at, bool anyCase)
    {
        var end = at + 2;
        while (end + 1 < text.Length && !(text[end] == ':' && text[end + 1] == ']')) end++;
        if (end + 1 >= text.Length) return null;
        var name = Shown(at + 2, end);
        var negated = name.StartsWith('^');
        var set = UnicodeSets.FindPosix(negated ? name[1..] : name) ?? throw new PatternFault($"There is no class [:{name}:].");
        at = end + 2;
        return Finish(set, negated, anyCase);
    }

    private CodePoints ReadEscapedSet(ref int at, bool anyCase)
    {
        var letter = text[at + 1];
        if (letter is 'p' or 'P') return ReadProperty(ref at, anyCase);
        at += 2;
        var set = letter switch { 'd' or 'D' => UnicodeSets.Digits, 's' or 'S' => UnicodeSets.Blanks, _ => UnicodeSets.Words };
        return Finish(set, letter is 'D' or 'S' or 'W', anyCase);
    }

    private CodePoints ReadProperty(ref int at, bool anyCase)
    {
        var (start, negated) = (at, text[at + 1] == 'P');
        at += 2;
        if (at >= text.Length) throw new PatternFault($"\"{Shown(start, at)}\" needs a name, such as \\p{{L}}.");
        string name;
        if (text[at] == '{')
        {
            var end = Array.IndexOf(text, '}', at);
            if (end < 0) throw new PatternFault($"\"{Shown(start, text.Length)}\" is not closed with \"}}\".");
            name = Shown(at + 1, end);
            at = end + 1;
        }
        else
        {
            name = char.ConvertFromUtf32(text[at++]);
        }
        if (name.StartsWith('^')) (negated, name) = (!negated, name[1..]);
        return Finish(UnicodeSets.Find(name) ?? throw new PatternFault($"Unicode has no category and no script \"{name}\"."), negated, anyCase);
    }

    private static CodePoints Finish(CodePoints set, bool negated, bool anyCase)
    {
        if (anyCase) set = UnicodeSets.InAnyCase(set);
        return negated ? set.Inverse() : set;
    }

    private int ReadHex(int start, ref int at)
    {
        var value = 0;
        var digits = 0;
        if (at < text.Length && text[at] == '{')
        {
            for (at++; at < text.Length && IsHex(text[at]) && value <= CodePoints.Last; at++, digits++) value = (value * 16) + Convert.ToInt32(((char)text[at]).ToString(), 16);
            if (digits == 0 || value > CodePoints.Last || at >= text.Length || text[at++] != '}') throw Unknown(start, at);
            return value;
        }
        for (; digits < 2 && at < text.Length && IsHex(text[at]); at++, digits++) value = (value * 16) + Convert.ToInt32(((char)text[at]).ToString(), 16);
        return digits == 2 ? value : throw Unknown(start, at);

        static bool IsHex(int c) => c < 0x80 && char.IsAsciiHexDigit((char)c);
    }

    private PatternFault Unknown(int start, int end) => new($"\"{Shown(start, end)}\" means nothing in the pattern {(pattern.Length <= 100 ? pattern : pattern[..100])}.");

    private string Shown(int start, int end) => string.Concat(text.Skip(start).Take(end - start).Select(c => c is >= 0xD800 and <= 0xDFFF ? "\uFFFD" : char.ConvertFromUtf32(c)));
}
