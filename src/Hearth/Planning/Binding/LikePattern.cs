using System.Text;

namespace Hearth.Planning.Binding;

/// <summary>
/// Makes the pattern of <c>~</c> out of a literal (contract 2.7). The escape character of patterns is the backslash.
/// </summary>
internal static class LikePattern
{
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
