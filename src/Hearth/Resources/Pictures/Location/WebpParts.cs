using System.Buffers.Binary;

namespace Hearth.Resources.Pictures.Location;

/// <summary>WebP (RFC 9649): a RIFF file of chunks, each a type, a length and content of an even number of bytes.</summary>
internal sealed class WebpParts : PhotoParts
{
    private const int FileHead = 12, Head = 8;

    private bool begun;
    private long blankLeft;

    public override long Clean(Span<byte> window, bool last)
    {
        if (!begun)
        {
            begun = true;
            return FileHead;
        }
        if (blankLeft > 0) return Blank(window);
        if (window.Length < Head) return 0;
        long length = BinaryPrimitives.ReadUInt32LittleEndian(window[4..]);
        var whole = Head + length + (length & 1);
        var type = window[..4];
        var tags = type.SequenceEqual("EXIF"u8);
        if (!tags && !type.SequenceEqual("XMP "u8)) return whole;
        if (length > PhotoLocation.MostMetadata || (last && window.Length < whole))
        {
            blankLeft = whole - Head;
            return Head;
        }
        if (window.Length < whole) return 0;
        var content = window[Head..(int)(Head + length)];
        if (!tags) XmpText.Clean(content);
        // Some programs put the head of the JPEG segment before the tags.
        else if (!ExifTags.TryClean(content.StartsWith("Exif\0\0"u8) ? content[6..] : content)) content.Clear();
        return whole;
    }

    private long Blank(Span<byte> window)
    {
        var part = window[..(int)Math.Min(window.Length, blankLeft)];
        part.Clear();
        blankLeft -= part.Length;
        return part.Length;
    }
}
