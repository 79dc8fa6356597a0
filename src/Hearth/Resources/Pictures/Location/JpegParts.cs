using System.Buffers.Binary;

namespace Hearth.Resources.Pictures.Location;

/// <summary>
/// JPEG (ITU-T T.81): segments, then coded data until the next marker. Phones append further whole pictures (CIPA DC-007), each with metadata of its own, so
/// that the end of one picture is not the end of the work.
/// </summary>
internal sealed class JpegParts : PhotoParts
{
    private const byte Begin = 0xD8, End = 0xD9, Scan = 0xDA, App1 = 0xE1;

    private Place place = Place.Outside;

    private enum Place
    {
        Outside,
        Segments,
        Coded,
    }

    public override long Clean(Span<byte> window, bool last) => place switch
    {
        Place.Outside => Outside(window, last),
        Place.Coded => Coded(window, last),
        _ => Segment(window, last),
    };

    private long Outside(Span<byte> window, bool last)
    {
        var found = window.IndexOf((ReadOnlySpan<byte>)[0xFF, Begin, 0xFF]);
        if (found == 0) place = Place.Segments;
        if (found >= 0) return found == 0 ? 2 : found;
        return last ? window.Length : Math.Max(0, window.Length - 2);
    }

    private long Segment(Span<byte> window, bool last)
    {
        if (window.Length < 4 && !last) return 0;
        if (window.Length < 2 || window[0] != 0xFF) return Leave(1);
        switch (window[1])
        {
            case 0xFF:
                return 1;
            case 0x01 or Begin or (>= 0xD0 and <= 0xD7):
                return 2;
            case 0 or End:
                return Leave(2);
        }
        if (window.Length < 4) return 0;
        var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(window[2..]);
        if (length < 4) return Leave(2);
        if (window[1] == Scan) place = Place.Coded;
        if (window[1] != App1) return length;
        if (window.Length < length && !last) return 0;
        CleanApp1(window[4..Math.Min(length, window.Length)]);
        return length;
    }

    private long Leave(int bytes)
    {
        place = Place.Outside;
        return bytes;
    }

    private long Coded(Span<byte> window, bool last)
    {
        var at = 0;
        while (window[at..].IndexOf((byte)0xFF) is >= 0 and var next)
        {
            at += next;
            if (at + 1 == window.Length) return last ? window.Length : at;
            // A stuffed byte, a restart, or a marker's fill; anything else is the marker of a segment.
            if (window[at + 1] is 0 or (>= 0xD0 and <= 0xD7)) at += 2;
            else if (window[at + 1] == 0xFF) at++;
            else
            {
                place = Place.Segments;
                return at == 0 ? Segment(window, last) : at;
            }
        }
        return window.Length;
    }

    private static void CleanApp1(Span<byte> content)
    {
        var exif = "Exif\0\0"u8;
        var xmp = "http://ns.adobe.com/xap/1.0/\0"u8;
        if (content.StartsWith(exif))
        {
            if (!ExifTags.TryClean(content[exif.Length..])) content.Clear();
        }
        else if (content.StartsWith(xmp)) XmpText.Clean(content[xmp.Length..]);
        // A long XMP text in pieces, in which a name may be cut anywhere.
        else if (content.StartsWith("http://ns.adobe.com/xmp/extension/\0"u8)) content.Clear();
    }
}
