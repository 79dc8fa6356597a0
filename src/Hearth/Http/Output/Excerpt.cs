using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Hearth.Http.Output;

/// <summary>The <c>:excerpt(max, withEllipsis)</c> modifier: the readable text of HTML, cut to a number of code points.</summary>
/// <param name="Max">Most code points; greater than 0.</param>
/// <param name="WithEllipsis">Adds <c>...</c> when something was cut.</param>
public sealed record Excerpt(int Max, bool WithEllipsis)
{
    /// <summary>Reads <c>excerpt(80)</c> or <c>excerpt(80, true)</c>.</summary>
    public static bool TryParse(string modifier, out Excerpt? excerpt)
    {
        excerpt = null;
        if (!modifier.StartsWith("excerpt(", StringComparison.Ordinal) || !modifier.EndsWith(')')) return false;
        var arguments = modifier["excerpt(".Length..^1].Split(',', StringSplitOptions.TrimEntries);
        if (arguments.Length > 2 || !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var max) || max <= 0) return false;
        if (arguments.Length == 2 && arguments[1] is not ("true" or "false" or "1" or "0" or "t" or "f" or "T" or "F" or "TRUE" or "FALSE" or "True" or "False")) return false;
        excerpt = new Excerpt(max, arguments.Length == 2 && arguments[1][0] is 't' or 'T' or '1');
        return true;
    }

    /// <summary>The excerpt of an HTML text.</summary>
    public string Of(string html)
    {
        var text = html.AsSpan().ContainsAny('<', '&') ? ReadableText(html) : Collapse(html);
        var (end, points) = (0, 0);
        while (end < text.Length && points < Max)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
            points++;
        }
        if (end >= text.Length) return text;
        var cut = text[..end].Trim();
        return WithEllipsis ? cut + "..." : cut;
    }

    private static string ReadableText(string html)
    {
        var text = new StringBuilder(html.Length);
        using var document = new HtmlParser().ParseDocument(html);
        // Walked with a list, not by recursion: the input decides how deep elements nest.
        var open = new Stack<(INode Node, bool Entered)>();
        if (document.Body is not null) open.Push((document.Body, false));
        while (open.TryPop(out var step))
        {
            if (step.Node is IText words) text.Append(words.Data);
            if (step.Node is not IElement element || IsSilent(element.LocalName)) continue;
            if (!IsInline(element.LocalName)) text.Append(' ');
            if (step.Entered) continue;
            open.Push((element, true));
            for (var child = element.LastChild; child is not null; child = child.PreviousSibling) open.Push((child, false));
        }
        return Collapse(text.ToString());
    }

    private static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c)) collapsed.Append(c);
            else if (collapsed.Length > 0 && collapsed[^1] != ' ') collapsed.Append(' ');
        }
        return collapsed.ToString().Trim();
    }

    private static bool IsSilent(string name) => name is "script" or "style" or "head" or "iframe" or "embed" or "object" or "applet" or "svg" or "math"
        or "img" or "picture" or "audio" or "video" or "canvas" or "map" or "template" or "noscript" or "dialog" or "form" or "input" or "button"
        or "select" or "option" or "datalist" or "textarea" or "meter" or "progress" or "output" or "frame" or "frameset";

    private static bool IsInline(string name) => name is "a" or "abbr" or "acronym" or "b" or "bdi" or "bdo" or "big" or "cite" or "code" or "data" or "del"
        or "dfn" or "em" or "font" or "i" or "ins" or "kbd" or "label" or "mark" or "q" or "rp" or "rt" or "ruby" or "s" or "samp" or "small" or "span"
        or "strike" or "strong" or "sub" or "sup" or "time" or "tt" or "u" or "var" or "wbr";
}
