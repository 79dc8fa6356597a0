using System.Globalization;
using System.Text;

namespace Hearth.Planning.Rules;

/// <summary>
/// Reads quoted text. Both quotes know the escapes <c>\\</c>, <c>\'</c>, <c>\"</c>, <c>\n</c>, <c>\t</c> and <c>\r</c>; double quotes also <c>\uXXXX</c>, because
/// clients write texts as JSON. A backslash before anything else stays, because <c>\%</c> and <c>\_</c> mean something to <c>~</c>.
/// </summary>
internal static class QuotedText
{
    /// <summary>The decoded text that starts with the quote at <paramref name="start"/>, or null when it is not closed.</summary>
    public static string? Read(string text, int start, char quote, out int end)
    {
        var value = new StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote)
            {
                end = i + 1;
                return Repaired(value.ToString());
            }
            if (c != '\\' || i + 1 >= text.Length)
            {
                value.Append(c);
            }
            else
            {
                i += Escape(text, i, quote, value);
            }
        }
        end = text.Length;
        return null;
    }

    /// <summary>Appends what the escape at <paramref name="at"/> means; returns how many characters beyond the backslash it takes.</summary>
    private static int Escape(string text, int at, char quote, StringBuilder value)
    {
        var c = text[at + 1];
        if (c == 'u' && quote == '"' && at + 6 <= text.Length && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            value.Append((char)unit);
            return 5;
        }
        var decoded = c switch
        {
            '"' or '\'' or '\\' => c,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            _ => '\0',
        };
        if (decoded == '\0')
        {
            value.Append('\\');
            return 0;
        }
        value.Append(decoded);
        return 1;
    }

    /// <summary>Half surrogate pairs cannot be stored as UTF-8; they become the replacement character, as everywhere in .NET.</summary>
    private static string Repaired(string value)
    {
        foreach (var c in value)
        {
            if (char.IsSurrogate(c)) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
        }
        return value;
    }
}
