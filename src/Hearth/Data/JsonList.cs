using System.Globalization;
using System.Text;

namespace Hearth.Data;

/// <summary>
/// Lists of texts as the compact JSON in which they are stored. Only what JSON demands is escaped (RFC 8259, 7), so that searching the
/// stored text for a word finds it in any script.
/// </summary>
public static class JsonList
{
    /// <summary>The JSON text of a list.</summary>
    public static string Write(IReadOnlyList<string> items)
    {
        if (items.Count == 0) return "[]";
        var text = new StringBuilder("[");
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(',');
            AppendString(text, items[i]);
        }
        return text.Append(']').ToString();
    }

    private static void AppendString(StringBuilder text, string item)
    {
        text.Append('"');
        foreach (var c in item)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
