using System.Globalization;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

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

    // Tokens, not a tree: a tree of hostile nesting takes time in the square of its depth, and there is a server waiting behind this.
    private static string ReadableText(string html)
    {
        var text = new StringBuilder(html.Length);
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        var silence = new Silence();
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character when !silence.Reigns:
                    text.Append(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    tokens.State = ModeIn(token.Name);
                    if (!silence.Begins(token.Name, token.AsTag().IsSelfClosing) && !IsInline(token.Name)) text.Append(' ');
                    break;
                case HtmlTokenType.EndTag:
                    tokens.State = HtmlParseMode.PCData;
                    if (!silence.Ends(token.Name) && !IsInline(token.Name)) text.Append(' ');
                    break;
            }
        }
        return Collapse(text.ToString());
    }

    // What stands in these elements is no markup (HTML standard, 13.2.6.4.7).
    private static HtmlParseMode ModeIn(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "iframe" or "noembed" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

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

    private static bool IsInline(string name) => name is "a" or "abbr" or "acronym" or "b" or "bdi" or "bdo" or "big" or "cite" or "code" or "data" or "del"
        or "dfn" or "em" or "font" or "i" or "ins" or "kbd" or "label" or "mark" or "q" or "rp" or "rt" or "ruby" or "s" or "samp" or "small" or "span"
        or "strike" or "strong" or "sub" or "sup" or "time" or "tt" or "u" or "var" or "wbr";

    // The element whose text is not read, from its start to its end.
    private struct Silence
    {
        private string? name;
        private int depth;

        public readonly bool Reigns => name is not null;

        // True when the tag is not for the reader.
        public bool Begins(string tag, bool closed)
        {
            if (name is null)
            {
                if (!IsSilent(tag)) return false;
                if (!IsEmpty(tag) && !(closed && tag is "svg" or "math")) (name, depth) = (tag, 1);
            }
            else if (name == "head" && tag == "body")
            {
                name = null;
            }
            else if (name == tag && !IsFlat(tag))
            {
                depth++;
            }
            return true;
        }

        public bool Ends(string tag)
        {
            if (name is null) return IsSilent(tag);
            if (name == tag && --depth == 0) name = null;
            return true;
        }

        private static bool IsSilent(string name) => name is "script" or "style" or "head" or "title" or "iframe" or "embed" or "object" or "applet" or "svg" or "math"
            or "img" or "picture" or "audio" or "video" or "canvas" or "map" or "template" or "noscript" or "dialog" or "form" or "input" or "button"
            or "select" or "option" or "datalist" or "textarea" or "meter" or "progress" or "output" or "frame" or "frameset";

        // Without an end tag.
        private static bool IsEmpty(string name) => name is "embed" or "img" or "input" or "frame";

        // Never inside of its own kind: another start tag is ignored or ends the first.
        private static bool IsFlat(string name) => name is "form" or "button" or "select" or "option";
    }
}
