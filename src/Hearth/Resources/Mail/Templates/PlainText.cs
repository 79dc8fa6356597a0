using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Hearth.Resources.Mail.Templates;

/// <summary>The plain text of an HTML mail, for programs that show no HTML: paragraphs, list items and the addresses of links.</summary>
internal static class PlainText
{
    /// <summary>Reads the text out of a document.</summary>
    public static string Of(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        if (document.Body is { } body) Write(body, text);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.Trim())).Replace("\n\n\n", "\n\n", StringComparison.Ordinal).Trim() + "\n";
    }

    private static void Write(INode node, StringBuilder text)
    {
        switch (node)
        {
            case IText words:
                WriteWords(words.Data, text);
                return;
            case IElement { LocalName: "script" or "style" or "head" or "title" or "template" or "noscript" }:
                return;
            case IElement { LocalName: "br" }:
                text.Append('\n');
                return;
            case IElement { LocalName: "hr" }:
                Break(text, 2);
                text.Append("---");
                Break(text, 2);
                return;
            case IElement { LocalName: "img" } image:
                WriteWords(image.GetAttribute("alt") ?? "", text);
                return;
            case IElement { LocalName: "a" } link:
                WriteLink(link, text);
                return;
            case IElement element:
                var lines = LinesAround(element.LocalName);
                Break(text, lines);
                if (element.LocalName == "li") text.Append("- ");
                WriteChildren(element, text);
                Break(text, lines);
                return;
            default:
                WriteChildren(node, text);
                return;
        }
    }

    private static void WriteChildren(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes) Write(child, text);
    }

    private static void WriteLink(IElement link, StringBuilder text)
    {
        var from = text.Length;
        WriteChildren(link, text);
        var address = link.GetAttribute("href")?.Trim() ?? "";
        var shown = text.ToString(from, text.Length - from).Trim();
        if (address.Length == 0 || address == shown || address == "mailto:" + shown) return;
        // On a line of its own, so that mail programs find it whole.
        text.Append(shown.Length > 0 ? ":\n" : "").Append(address);
    }

    // White space counts as one space, and as nothing at the beginning of a line (CSS Text 3, 4.1).
    private static void WriteWords(string words, StringBuilder text)
    {
        foreach (var letter in words)
        {
            if (!char.IsWhiteSpace(letter)) text.Append(letter);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static int LinesAround(string element) => element switch
    {
        "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "blockquote" or "table" or "pre" => 2,
        "div" or "li" or "tr" or "section" or "article" or "header" or "footer" or "main" or "dt" or "dd" => 1,
        _ => 0,
    };

    private static void Break(StringBuilder text, int lines)
    {
        if (lines == 0) return;
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length == 0) return;
        var there = 0;
        while (there < text.Length && text[^(there + 1)] == '\n') there++;
        for (; there < lines; there++) text.Append('\n');
    }
}
