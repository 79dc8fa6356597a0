using System.Buffers.Binary;
using Hearth.Basics;

namespace Hearth.Resources.Pictures.Location;

/// <summary>PNG (ISO/IEC 15948): chunks of length, type, content and checksum after eight bytes of signature.</summary>
internal sealed class PngParts : PhotoParts
{
    private const int Signature = 8, Head = 8, Tail = 4;
    // Enough for the longest keyword of a text chunk and what stands between it and the text.
    private const int MostKeyword = 84;

    private bool begun;
    private long blankLeft;
    private uint checksum;

    // A chunk that every reader skips: not critical, private, safe to copy (ISO/IEC 15948, 5.4).
    private static ReadOnlySpan<byte> Nothing => "blNk"u8;

    public override long Clean(Span<byte> window, bool last)
    {
        if (!begun)
        {
            begun = true;
            return Signature;
        }
        if (blankLeft > 0) return Blank(window);
        if (window.Length < Head) return 0;
        var length = BinaryPrimitives.ReadUInt32BigEndian(window);
        var whole = Head + length + Tail;
        var type = window[4..Head];
        if (type.SequenceEqual("IEND"u8)) return long.MaxValue;
        var tags = type.SequenceEqual("eXIf"u8);
        if (!tags && !IsText(type)) return whole;
        if (!tags && window.Length < Math.Min(whole, Head + MostKeyword) && !last) return 0;
        var content = window[Head..(int)Math.Min(window.Length, Head + (long)length)];
        if (!tags && !SaysWhere(content)) return whole;
        if (length > PhotoLocation.MostMetadata) return Begin(window, length);
        if (window.Length < whole) return last ? Begin(window, length) : 0;
        if (tags ? !ExifTags.TryClean(content) : !TryCleanText(content)) return Begin(window, length);
        Seal(window, (int)whole, Crc32.Append(Crc32.Begin, window[4..(int)(whole - Tail)]));
        return whole;
    }

    private static bool IsText(ReadOnlySpan<byte> type) => type.SequenceEqual("iTXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("tEXt"u8);

    // The second kind is how programs kept tags before there was a chunk for them.
    private static bool SaysWhere(ReadOnlySpan<byte> content) => content.StartsWith("XML:com.adobe.xmp\0"u8)
        || content.StartsWith("Raw profile type exif\0"u8) || content.StartsWith("Raw profile type APP1\0"u8) || content.StartsWith("Raw profile type xmp\0"u8);

    // False for a text that is packed, or that is tags in hexadecimal digits.
    private static bool TryCleanText(Span<byte> content)
    {
        var keyword = content.IndexOf((byte)0);
        if (content[0] != 'X' || keyword + 3 > content.Length || content[keyword + 1] != 0) return false;
        XmpText.Clean(content[(keyword + 3)..]);
        return true;
    }

    // Everything up to the checksum is blanked, however long it is; the head is done with at once.
    private long Begin(Span<byte> window, long length)
    {
        Nothing.CopyTo(window[4..]);
        checksum = Crc32.Append(Crc32.Begin, Nothing);
        blankLeft = length + Tail;
        return Head;
    }

    private long Blank(Span<byte> window)
    {
        if (blankLeft > Tail)
        {
            var part = window[..(int)Math.Min(window.Length, blankLeft - Tail)];
            part.Clear();
            checksum = Crc32.Append(checksum, part);
            blankLeft -= part.Length;
            return part.Length;
        }
        if (window.Length < Tail) return 0;
        Seal(window, Tail, checksum);
        blankLeft = 0;
        return Tail;
    }

    private static void Seal(Span<byte> window, int end, uint state) => BinaryPrimitives.WriteUInt32BigEndian(window[(end - Tail)..], Crc32.End(state));
}
