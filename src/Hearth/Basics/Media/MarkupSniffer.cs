using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Basics.Media;

/// <summary>Tells pages, pictures and formats that are XML apart by their first element and its namespace.</summary>
internal static partial class MarkupSniffer
{
    private const int Enough = 2048;

    // A tag that makes a browser take a text for a page (WHATWG MIME Sniffing, 7.1).
    private static readonly string[] PageTags = ["<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style", "<title", "<b", "<body", "<br", "<p"];

    // First element, a part of its namespace (none: whatever it is), what it is then.
    private static readonly (string Element, string Space, MediaKind Kind)[] Formats =
    [
        ("<rss", "", new("application/rss+xml", ".rss")),
        ("<feed", "http://www.w3.org/2005/atom", new("application/atom+xml", ".atom")),
        ("<kml", "http://www.opengis.net/kml/", new("application/vnd.google-earth.kml+xml", ".kml")),
        ("<kml", "http://earth.google.com/kml/", new("application/vnd.google-earth.kml+xml", ".kml")),
        ("<gpx", "http://www.topografix.com/gpx/", new("application/gpx+xml", ".gpx")),
        ("<collada", "http://www.collada.org/", new("model/vnd.collada+xml", ".dae")),
        ("<trainingcenterdatabase", "http://www.garmin.com/xmlschemas/", new("application/vnd.garmin.tcx+xml", ".tcx")),
        ("<x3d", "http://www.w3.org/2001/xmlschema-instance", new("model/x3d+xml", ".x3d")),
        ("<amf", "", new("application/x-amf", ".amf")),
        ("<model", "http://schemas.microsoft.com/3dmanufacturing/", new("application/vnd.ms-package.3dmanufacturing-3dmodel+xml", ".3mf")),
        ("<xfdf", "http://ns.adobe.com/xfdf/", new("application/vnd.adobe.xfdf", ".xfdf")),
        ("<ontology", "http://www.w3.org/2002/07/owl#", new("application/owl+xml", ".owl")),
        ("<xliff", "urn:oasis:names:tc:xliff:document:", new("application/x-xliff+xml", ".xlf")),
        ("", "http://www.opengis.net/gml", new("application/gml+xml", ".gml")),
    ];

    /// <summary>The kind of a text that begins with an angle bracket; null for a plain text.</summary>
    public static MediaKind? Sniff(ReadOnlySpan<byte> start)
    {
        var written = Encoding.Latin1.GetString(start[..Math.Min(start.Length, Enough)]);
        var text = written.ToLowerInvariant();
        var isXml = text.StartsWith("<?xml", StringComparison.Ordinal);
        if (text.Contains("<svg", StringComparison.Ordinal) && (isXml || text.StartsWith("<svg", StringComparison.Ordinal) || text.StartsWith("<!--", StringComparison.Ordinal)
            || text.StartsWith("<!doctype svg", StringComparison.Ordinal))) return new MediaKind("image/svg+xml", ".svg");
        if (isXml) return OfXml(text, written);
        if (text.StartsWith("<?php", StringComparison.Ordinal)) return new MediaKind("text/x-php", ".php");
        if (text.StartsWith("<!--", StringComparison.Ordinal)) return Page(written);
        foreach (var tag in PageTags)
        {
            if (text.StartsWith(tag, StringComparison.Ordinal) && (text.Length == tag.Length || text[tag.Length] is ' ' or '>' or '\n' or '\r' or '\t' or '/')) return Page(written);
        }
        return null;
    }

    private static MediaKind OfXml(string text, string written)
    {
        var charset = XmlCharset().Match(written);
        // What a browser shows as a page is one.
        if (text.Contains("<html", StringComparison.Ordinal)) return Page(written);
        foreach (var (element, space, kind) in Formats)
        {
            if ((element.Length == 0 || IsElement(text, element)) && text.Contains(space, StringComparison.Ordinal)) return kind;
        }
        return new MediaKind($"text/xml; charset={(charset.Success ? charset.Groups["name"].Value : "utf-8")}", ".xml");
    }

    private static bool IsElement(string text, string element)
    {
        var at = text.IndexOf(element, StringComparison.Ordinal);
        return at >= 0 && at + element.Length < text.Length && text[at + element.Length] is ' ' or '>' or '\n' or '\r' or '\t' or '/';
    }

    private static MediaKind Page(string written)
    {
        var charset = PageCharset().Match(written);
        return new MediaKind($"text/html; charset={(charset.Success ? charset.Groups["name"].Value : "utf-8")}", ".html");
    }

    [GeneratedRegex("^<\\?xml[^>]*\\bencoding\\s*=\\s*[\"'](?<name>[A-Za-z][A-Za-z0-9._-]{0,39})[\"']", RegexOptions.CultureInvariant)]
    private static partial Regex XmlCharset();

    [GeneratedRegex("<meta\\b[^>]*\\bcharset\\s*=\\s*[\"']?(?<name>[A-Za-z][A-Za-z0-9._-]{0,39})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PageCharset();
}
