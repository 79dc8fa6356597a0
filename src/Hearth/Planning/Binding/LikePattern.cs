using System.Text;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// Makes the pattern of <c>~</c> out of a literal (contract 2.7). The escape character of patterns is the backslash.
/// </summary>
internal static class LikePattern
{
    /// <summary>Longest pattern in bytes: SQLite's limit. Longer ones match nothing, so that no value can make a query fail.</summary>
    public const int MaxBytes = 50_000;

    /// <summary>The pattern as a value; nothing (so that the comparison is never true) when it is too long.</summary>
    public static FieldValue ValueOf(string text)
    {
        var pattern = Of(text);
        return Encoding.UTF8.GetByteCount(pattern) <= MaxBytes ? FieldValue.Text(pattern) : FieldValue.Null;
    }

    /// <summary>
    /// A text with a <c>%</c> of its own is a pattern already and stays. Any other text is looked for as it is: its special characters
    /// are escaped unless the writer did so, and it is put between two <c>%</c>.
    /// </summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder("%", text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%') return text;
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '%' or '_')
            {
                escaped.Append(c).Append(text[++i]);
            }
            else
            {
                if (c is '\\' or '_') escaped.Append('\\');
                escaped.Append(c);
            }
        }
        return escaped.Append('%').ToString();
    }
}
