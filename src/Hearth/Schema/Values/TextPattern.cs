using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Schema.Values;

/// <summary>
/// A regular expression of a field, compiled when first needed. The syntax is that of RE2: matching takes linear time, there is no looking
/// around and no back-reference, and <c>\d</c>, <c>\w</c> and <c>\s</c> mean ASCII. Two patterns of the same text are equal.
/// </summary>
internal sealed class TextPattern(string text) : IEquatable<TextPattern>
{
    private readonly Lazy<Regex> regex = new(() => Compile(text));

    /// <summary>The expression as written.</summary>
    public string Text { get; } = text;

    /// <summary>Whether some part of the value matches; true for the empty pattern, false for a pattern that is not valid.</summary>
    public bool Matches(string value)
    {
        if (Text.Length == 0) return true;
        try
        {
            return regex.Value.IsMatch(value);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with the expression, or null.</summary>
    public string? Problem()
    {
        if (Text.Length == 0) return null;
        try
        {
            _ = regex.Value;
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    // Without a time limit: the time is linear, and on a machine that is very busy a limit refuses what is right.
    private static Regex Compile(string pattern) =>
        new(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    /// <summary>Rewrites the few spellings that RE2 and .NET understand differently.</summary>
    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                var next = pattern[++i];
                text.Append(next switch
                {
                    'd' => inClass ? "0-9" : "[0-9]",
                    'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
                    's' => inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]",
                    'D' when !inClass => "[^0-9]",
                    'W' when !inClass => "[^0-9A-Za-z_]",
                    'S' when !inClass => @"[^\t\n\f\r ]",
                    'p' or 'P' when i + 1 < pattern.Length && pattern[i + 1] != '{' => $"\\{next}{{{pattern[++i]}}}",
                    _ => $"\\{next}",
                });
            }
            else if (inClass)
            {
                if (c == '[' && PosixClass(pattern, i) is { } posix)
                {
                    text.Append(posix.Range);
                    i += posix.Length - 1;
                }
                else
                {
                    if (c == ']') inClass = false;
                    text.Append(c == '[' ? "\\[" : c.ToString());
                }
            }
            else if (c == '[')
            {
                inClass = true;
                text.Append(c);
                if (i + 1 < pattern.Length && pattern[i + 1] == '^') text.Append(pattern[++i]);
                if (i + 1 < pattern.Length && pattern[i + 1] == ']') text.Append('\\').Append(pattern[++i]);
            }
            else if (c == '(' && string.CompareOrdinal(pattern, i, "(?P<", 0, 4) == 0)
            {
                text.Append("(?<");
                i += 3;
            }
            else
            {
                // RE2's $ means the very end; the one of .NET would also accept a line break there.
                text.Append(c == '$' && !pattern.Contains("(?m", StringComparison.Ordinal) ? "\\z" : c.ToString());
            }
        }
        return text.ToString();
    }

    private static (string Range, int Length)? PosixClass(string pattern, int at)
    {
        foreach (var (name, range) in new[]
        {
            ("[:alnum:]", "0-9A-Za-z"), ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:lower:]", "a-z"), ("[:upper:]", "A-Z"),
            ("[:space:]", @"\t\n\v\f\r "), ("[:punct:]", @"!-/:-@\[-`{-~"), ("[:word:]", "0-9A-Za-z_"), ("[:xdigit:]", "0-9A-Fa-f"),
        })
        {
            if (string.CompareOrdinal(pattern, at, name, 0, name.Length) == 0) return (range, name.Length);
        }
        return null;
    }
}
