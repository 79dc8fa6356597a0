using System.Collections.Frozen;
using System.Globalization;

namespace Hearth.Records.Passwords;

/// <summary>
/// Knows passwords that are tried first by everybody who guesses: words of the worst-password lists of many years with what people put around them, walks on the
/// keyboard, rows, repetitions, dates, and what an account tells about itself. The words are in <c>words.txt</c>; the rest is rules, so that the list stays short.
/// </summary>
internal static class TrivialPasswords
{
    // What is put behind or before a word to satisfy a rule: a year, "123!", "007".
    private const int MostAround = 5;
    private const int LeastOwn = 3;
    private const int MostWords = 2;

    private static readonly FrozenSet<string> Words = Read();

    // Rows of American, German and French keyboards, and columns.
    private static readonly string[] Walks =
    [
        "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "a1b2c3d4e5f6g7h8", "1a2b3c4d5e6f7g8h", "!@#$%^&*()", "147258369", "159357", "789456123", "741852963",
    ];

    /// <summary>Whether a password is one of these.</summary>
    /// <param name="password">The plain password.</param>
    /// <param name="own">What the account tells about itself: address, names.</param>
    public static bool Contains(string password, IEnumerable<string> own)
    {
        var lower = string.Concat(password.Select(Narrow)).ToLowerInvariant().Trim();
        if (lower.Length == 0) return false;
        if (IsRow(lower) || IsDate(lower)) return true;
        if (Unit(lower) is { } unit && (unit.Length <= LeastOwn || IsKnown(unit))) return true;
        return IsKnown(lower) || own.Any(text => IsOwn(lower, text));
    }

    // The word itself, or with something short around it, as it is written or with digits and signs for letters.
    private static bool IsKnown(string text)
    {
        foreach (var form in Forms(text))
        {
            if (IsWords(form, MostWords) || (form.Length > MostAround && IsRow(form))) return true;
        }
        return false;
    }

    private static IEnumerable<string> Forms(string text)
    {
        foreach (var form in Cores(text))
        {
            yield return form;
            yield return Plain(form, 'i');
            yield return Plain(form, 'l');
        }
    }

    private static IEnumerable<string> Cores(string text)
    {
        yield return text;
        // Without what stands before the first and behind the last letter.
        var first = text.TakeWhile(c => !char.IsLetter(c)).Count();
        var behind = text.Reverse().TakeWhile(c => !char.IsLetter(c)).Count();
        if (first + behind >= text.Length) yield break;
        var (before, after) = (text[..first], text[^behind..]);
        if (IsShort(before) && IsShort(after) && text.Length - first - behind >= LeastOwn) yield return text[first..^behind];
        // The last signs may be letters, too: "hell0!".
        for (var cut = 1; cut <= Math.Min(behind, MostAround); cut++) yield return text[first..^cut];
    }

    private static bool IsShort(string around) => around.Length <= MostAround || IsRow(around) || IsDate(around);

    private static bool IsWords(string text, int most)
    {
        if (Words.Contains(text)) return true;
        if (most <= 1) return false;
        for (var cut = LeastOwn; cut <= text.Length - LeastOwn; cut++)
        {
            if (Words.Contains(text[..cut]) && IsWords(text[cut..], most - 1)) return true;
        }
        return false;
    }

    // A piece of a walk, forwards or backwards, wrapping around, or two such pieces.
    private static bool IsRow(string text)
    {
        if (text.Length < LeastOwn) return false;
        for (var end = text.Length; end >= Math.Max(LeastOwn, text.Length / 2); end--)
        {
            if (IsWalk(text.AsSpan(0, end)) && (end == text.Length || IsWalk(text.AsSpan(end)))) return true;
        }
        return false;
    }

    private static bool IsWalk(ReadOnlySpan<char> piece)
    {
        if (piece.Length == 0) return true;
        Span<char> turned = stackalloc char[piece.Length];
        piece.CopyTo(turned);
        turned.Reverse();
        foreach (var walk in Walks)
        {
            var round = string.Concat(walk, walk);
            if (round.AsSpan().IndexOf(piece) >= 0 || round.AsSpan().IndexOf(turned) >= 0) return true;
        }
        return false;
    }

    // The shortest piece of which the text is made by repeating; null when it is not.
    private static string? Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length != 0) continue;
            var unit = text[..length];
            if (string.Concat(Enumerable.Repeat(unit, text.Length / length)) == text) return unit;
        }
        return null;
    }

    private static bool IsDate(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is not (6 or 8) || text.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or '-' or '/' or ' '))) return false;
        string[] forms = digits.Length == 8 ? ["yyyyMMdd", "ddMMyyyy", "MMddyyyy"] : ["yyMMdd", "ddMMyy", "MMddyy"];
        return DateTime.TryParseExact(digits, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100;
    }

    private static bool IsOwn(string lower, string text)
    {
        text = text.Trim().ToLowerInvariant();
        if (text.Length < LeastOwn) return false;
        var at = text.IndexOf('@');
        string[] pieces = at > 0 ? [text, text[..at], text[(at + 1)..], .. text[..at].Split('.', '-', '_', '+')] : [text, text.Replace(" ", "", StringComparison.Ordinal), .. text.Split(' ')];
        foreach (var piece in pieces)
        {
            if (piece.Length < LeastOwn) continue;
            var turned = string.Concat(piece.Reverse());
            foreach (var form in Forms(lower))
            {
                if (form == piece || form == turned || (Unit(form) is { } unit && unit == piece)) return true;
            }
        }
        return false;
    }

    // The wide forms of letters and digits that East Asian keyboards write.
    private static char Narrow(char c) => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c;

    private static string Plain(string text, char one) => string.Create(text.Length, (text, one), static (plain, given) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = given.text[i] switch
            {
                '0' => 'o',
                '1' or '!' or '|' => given.one,
                '3' or '€' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' or '+' => 't',
                '8' => 'b',
                '9' => 'g',
                _ => given.text[i],
            };
        }
    });

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(TrivialPasswords).Assembly.GetManifestResourceStream("trivial-passwords") ?? throw new InvalidOperationException("Hearth was built without its list of trivial passwords.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
