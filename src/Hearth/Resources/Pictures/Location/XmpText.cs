using System.Buffers;
using System.Text;

namespace Hearth.Resources.Pictures.Location;

/// <summary>
/// XMP (ISO 16684-1) is RDF as text. Attributes and elements that say where are replaced by spaces, which changes neither the length nor the form of the text.
/// They are known by the part of their names after the colon, as the part before it is anybody's choice: <c>exif:GPSLatitude</c>, <c>drone-dji:GpsLongitude</c>,
/// <c>geo:lat</c>.
/// </summary>
internal static class XmpText
{
    private const byte Space = (byte)' ';

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    // "Longtitude" is how a maker of drones spells it.
    private static readonly string[] Places = ["lat", "long", "lng", "latitude", "longitude", "longtitude"];

    /// <summary>Cleans a text in place. One that is not in UTF-8 or does not hold together is blanked whole.</summary>
    public static void Clean(Span<byte> text)
    {
        if (text.Length > 1 && (text[0] == 0 || text[1] == 0 || text[0] >= 0xFE) || !TryClean(text)) text.Fill(Space);
    }

    private static bool TryClean(Span<byte> text)
    {
        var at = 0;
        while (text[at..].IndexOf((byte)':') is >= 0 and var next)
        {
            var colon = at + next;
            var start = colon - NameBefore(text[at..colon]);
            var end = colon + 1 + NameAt(text[(colon + 1)..]);
            at = end;
            if (start == colon || start == 0 || !SaysWhere(text[(colon + 1)..end])) continue;
            var from = start;
            int? to;
            if (text[start - 1] == '<') (from, to) = (start - 1, EndOfElement(text, start, end));
            else if (IsSpace(text[start - 1])) to = EndOfAttribute(text, end);
            else continue;
            if (to is not { } stop) return false;
            text[from..stop].Fill(Space);
            at = stop;
        }
        return true;
    }

    private static int NameBefore(ReadOnlySpan<byte> text) => text.Length - 1 - text.LastIndexOfAnyExcept(NameBytes);

    private static int NameAt(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(NameBytes) is >= 0 and var length ? length : text.Length;

    private static bool SaysWhere(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 100) return false;
        var text = Encoding.ASCII.GetString(name);
        return text.Contains("gps", StringComparison.OrdinalIgnoreCase) || Array.Exists(Places, place => place.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    // After the quote that ends the value. A name in the middle of words is none: then nothing is to be taken out.
    private static int? EndOfAttribute(ReadOnlySpan<byte> text, int end)
    {
        var at = SkipSpaces(text, end);
        if (at == text.Length || text[at] != '=') return end;
        at = SkipSpaces(text, at + 1);
        if (at == text.Length || text[at] is not ((byte)'"' or (byte)'\'')) return null;
        return text[(at + 1)..].IndexOf(text[at]) is >= 0 and var length ? at + 1 + length + 1 : null;
    }

    // After the end tag, or after the tag itself when nothing is in it.
    private static int? EndOfElement(ReadOnlySpan<byte> text, int start, int end)
    {
        byte quote = 0;
        for (var at = end; at < text.Length; at++)
        {
            var now = text[at];
            if (quote != 0) quote = now == quote ? (byte)0 : quote;
            else if (now is (byte)'"' or (byte)'\'') quote = now;
            else if (now == '>' && text[at - 1] == '/') return at + 1;
            else if (now == '>') return EndTag(text, start, end, at + 1);
        }
        return null;
    }

    private static int? EndTag(ReadOnlySpan<byte> text, int start, int end, int from)
    {
        var name = text[start..end];
        for (var at = from; text[at..].IndexOf("</"u8) is >= 0 and var next;)
        {
            at += next + 2;
            if (!text[at..].StartsWith(name)) continue;
            return text[at..].IndexOf((byte)'>') is >= 0 and var length ? at + length + 1 : null;
        }
        return null;
    }

    private static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsSpace(text[at])) at++;
        return at;
    }

    private static bool IsSpace(byte value) => value is Space or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
