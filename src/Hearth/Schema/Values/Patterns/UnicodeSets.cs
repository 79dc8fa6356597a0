using System.Globalization;
using System.Text;

namespace Hearth.Schema.Values.Patterns;

/// <summary>Sets of characters that have a name: categories and scripts of Unicode, the classes of POSIX, and what counts as the same letter in another case.</summary>
internal static class UnicodeSets
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["other"] = "c", ["control"] = "cc", ["format"] = "cf", ["unassigned"] = "cn", ["privateuse"] = "co", ["surrogate"] = "cs", ["letter"] = "l", ["casedletter"] = "lc",
        ["lowercaseletter"] = "ll", ["modifierletter"] = "lm", ["otherletter"] = "lo", ["titlecaseletter"] = "lt", ["uppercaseletter"] = "lu", ["mark"] = "m", ["combiningmark"] = "m",
        ["spacingmark"] = "mc", ["enclosingmark"] = "me", ["nonspacingmark"] = "mn", ["number"] = "n", ["decimalnumber"] = "nd", ["digit"] = "nd", ["letternumber"] = "nl", ["othernumber"] = "no",
        ["punctuation"] = "p", ["punct"] = "p", ["connectorpunctuation"] = "pc", ["dashpunctuation"] = "pd", ["closepunctuation"] = "pe", ["finalpunctuation"] = "pf", ["initialpunctuation"] = "pi",
        ["otherpunctuation"] = "po", ["openpunctuation"] = "ps", ["symbol"] = "s", ["currencysymbol"] = "sc", ["modifiersymbol"] = "sk", ["mathsymbol"] = "sm", ["othersymbol"] = "so",
        ["separator"] = "z", ["lineseparator"] = "zl", ["paragraphseparator"] = "zp", ["spaceseparator"] = "zs",
    };

    // In the order of UnicodeCategory.
    private static readonly string[] Categories =
        ["lu", "ll", "lt", "lm", "lo", "mn", "mc", "me", "nd", "nl", "no", "zs", "zl", "zp", "cc", "cf", "cs", "co", "pc", "pd", "ps", "pe", "pi", "pf", "po", "sm", "sc", "sk", "so", "cn"];

    private static readonly Lazy<Dictionary<string, CodePoints>> ByCategory = new(ReadCategories);
    private static readonly Lazy<Dictionary<string, CodePoints>> ByScript = new(ReadScripts);
    private static readonly Lazy<Dictionary<int, int[]>> Families = new(ReadFamilies);

    /// <summary><c>\d</c>.</summary>
    public static CodePoints Digits { get; } = CodePoints.Of([('0', '9')]);

    /// <summary><c>\s</c>.</summary>
    public static CodePoints Blanks { get; } = CodePoints.Of([('\t', '\n'), ('\f', '\r'), (' ', ' ')]);

    /// <summary><c>\w</c>.</summary>
    public static CodePoints Words { get; } = CodePoints.Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    /// <summary>What a person can read and type everywhere.</summary>
    public static CodePoints Printable { get; } = CodePoints.Of([(' ', '~')]);

    /// <summary>A category or a script by its short or long name, whatever its case, blanks, hyphens and underscores; null when there is none.</summary>
    public static CodePoints? Find(string name)
    {
        var plain = string.Concat(name.Where(c => c is not (' ' or '_' or '-'))).ToLowerInvariant();
        if (plain == "any") return CodePoints.All;
        return ByCategory.Value.GetValueOrDefault(LongNames.GetValueOrDefault(plain, plain)) ?? ByScript.Value.GetValueOrDefault(plain);
    }

    /// <summary>A class of POSIX by its name; null when there is none.</summary>
    public static CodePoints? FindPosix(string name) => name switch
    {
        "alnum" => CodePoints.Of([('0', '9'), ('A', 'Z'), ('a', 'z')]),
        "alpha" => CodePoints.Of([('A', 'Z'), ('a', 'z')]),
        "ascii" => CodePoints.Of([(0, 0x7F)]),
        "blank" => CodePoints.Of([('\t', '\t'), (' ', ' ')]),
        "cntrl" => CodePoints.Of([(0, 0x1F), (0x7F, 0x7F)]),
        "digit" => Digits,
        "graph" => CodePoints.Of([('!', '~')]),
        "lower" => CodePoints.Of([('a', 'z')]),
        "print" => Printable,
        "punct" => CodePoints.Of([('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        "space" => CodePoints.Of([('\t', '\r'), (' ', ' ')]),
        "upper" => CodePoints.Of([('A', 'Z')]),
        "word" => Words,
        "xdigit" => CodePoints.Of([('0', '9'), ('A', 'F'), ('a', 'f')]),
        _ => null,
    };

    /// <summary>The set with every letter also in its other cases.</summary>
    public static CodePoints InAnyCase(CodePoints set)
    {
        var more = new List<(int, int)>();
        foreach (var (first, last) in set.Ranges)
        {
            for (var c = first; c <= last; c++)
            {
                // Letters with cases end before the ideographs, and begin again with the half-width forms.
                if (c is > 0xABFF and < 0xFB00) c = Math.Max(c, Math.Min(last, 0xFB00));
                if (c > 0x1E9FF) break;
                foreach (var other in CasesOf(c)) more.Add((other, other));
            }
        }
        return more.Count == 0 ? set : CodePoints.Of(set.Ranges.Concat(more));
    }

    private static int[] CasesOf(int codePoint)
    {
        if (Families.Value.TryGetValue(codePoint, out var family)) return family;
        if (!Rune.TryCreate(codePoint, out var rune)) return [];
        var (lower, upper) = (Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune));
        if (lower != rune && Rune.ToUpperInvariant(lower) == rune) return [lower.Value];
        return upper != rune && Rune.ToLowerInvariant(upper) == rune ? [upper.Value] : [];
    }

    private static Dictionary<string, CodePoints> ReadCategories()
    {
        var ranges = Categories.ToDictionary(name => name, _ => new List<(int First, int Last)>());
        for (var c = 0; c <= CodePoints.Last; c++)
        {
            var list = ranges[Categories[(int)CharUnicodeInfo.GetUnicodeCategory(c)]];
            if (list.Count > 0 && list[^1].Last == c - 1) list[^1] = (list[^1].First, c);
            else list.Add((c, c));
        }
        var sets = ranges.ToDictionary(pair => pair.Key, pair => CodePoints.Of(pair.Value));
        foreach (var group in Categories.GroupBy(name => name[..1])) sets[group.Key] = CodePoints.Of(group.SelectMany(name => ranges[name]));
        sets["lc"] = CodePoints.Of(ranges["lu"].Concat(ranges["ll"]).Concat(ranges["lt"]));
        return sets;
    }

    private static Dictionary<string, CodePoints> ReadScripts() => Lines("scripts.txt").ToDictionary(
        line => line[0].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(),
        line => CodePoints.Of(line.Skip(1).Select(range => range.Split('-')).Select(range => (Hex(range[0]), Hex(range[^1])))));

    private static Dictionary<int, int[]> ReadFamilies()
    {
        var families = new Dictionary<int, int[]>();
        foreach (var line in Lines("foldings.txt"))
        {
            int[] family = [.. line.Select(Hex)];
            foreach (var member in family) families[member] = family;
        }
        return families;
    }

    private static IEnumerable<string[]> Lines(string name)
    {
        using var stream = typeof(UnicodeSets).Assembly.GetManifestResourceStream("Hearth.Schema.Values.Patterns." + name)
            ?? throw new InvalidOperationException($"Hearth was built without {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line.Split(' ');
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
