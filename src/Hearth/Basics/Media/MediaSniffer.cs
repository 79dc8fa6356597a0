using System.Buffers.Binary;
using System.Text;

namespace Hearth.Basics.Media;

/// <summary>
/// Tells from its first bytes what a file is. Names and headers of who sends it are not asked: they can say anything. The marks are those of the formats' own
/// specifications.
/// </summary>
public static class MediaSniffer
{
    /// <summary>So many first bytes are worth handing over.</summary>
    public const int HeadLength = 8192;

    /// <summary>What the file is. Texts are told apart by what they begin with; anything else is <see cref="MediaKind.Unknown"/>.</summary>
    /// <param name="head">The first bytes, best <see cref="HeadLength"/> of them.</param>
    public static MediaKind Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return new MediaKind("text/plain", ".txt");
        // A text that begins with the letters of some mark is still a text.
        var isBinary = TextSniffer.HasBinary(head);
        foreach (var (mark, at, kind) in BinaryMarks.All)
        {
            if (head.Length < at + mark.Length || !head.Slice(at, mark.Length).SequenceEqual(mark)) continue;
            if (kind.Type == "image/png" && head[..Math.Min(head.Length, 64)].IndexOf("acTL"u8) >= 0) return new MediaKind("image/apng", ".apng");
            if (isBinary || !Ascii.IsValid(mark) || kind.Extension is ".pdf" or ".rtf") return kind;
        }
        return OfBitmap(head) ?? OfRiff(head) ?? OfIsoMedia(head) ?? OfMatroska(head) ?? OfOgg(head) ?? OfAiff(head) ?? OfProgram(head) ?? ContainerSniffer.Sniff(head) ?? OfMpegAudio(head) ?? TextSniffer.Sniff(head) ?? MediaKind.Unknown;
    }

    /// <summary>Reads the first bytes of a stream and tells what it is.</summary>
    public static async ValueTask<MediaKind> SniffAsync(Stream content, CancellationToken stop)
    {
        var head = new byte[HeadLength];
        var count = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        return Sniff(head.AsSpan(0, count));
    }

    // Two letters are little to go by: the length and the header behind them must fit, too.
    private static MediaKind? OfBitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124 ? new MediaKind("image/bmp", ".bmp") : null;

    private static MediaKind? OfRiff(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith("RIFF"u8)) return null;
        var form = head.Slice(8, 4);
        if (form.SequenceEqual("WEBP"u8)) return new MediaKind("image/webp", ".webp");
        if (form.SequenceEqual("WAVE"u8)) return new MediaKind("audio/wav", ".wav");
        if (form.SequenceEqual("QLCM"u8)) return new MediaKind("audio/qcelp", ".qcp");
        return form.SequenceEqual("AVI "u8) ? new MediaKind("video/x-msvideo", ".avi") : null;
    }

    private static MediaKind? OfIsoMedia(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8)) return null;
        return Encoding.Latin1.GetString(head.Slice(8, 4)) switch
        {
            "avif" or "avis" => new MediaKind("image/avif", ".avif"),
            "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1" => new MediaKind("image/heic", ".heic"),
            "M4A " or "M4B " or "M4P " => new MediaKind("audio/x-m4a", ".m4a"),
            "M4V " => new MediaKind("video/x-m4v", ".m4v"),
            "mjp2" => new MediaKind("video/mj2", ".mj2"),
            "mqt " => new MediaKind("video/quicktime", ".mqv"),
            "qt  " => new MediaKind("video/quicktime", ".mov"),
            ['3', 'g', '2', ..] => new MediaKind("video/3gpp2", ".3g2"),
            ['3', 'g', ..] => new MediaKind("video/3gpp", ".3gp"),
            _ => new MediaKind("video/mp4", ".mp4"),
        };
    }

    private static MediaKind? OfMatroska(ReadOnlySpan<byte> head) => !head.StartsWith([(byte)0x1a, (byte)0x45, (byte)0xdf, (byte)0xa3])
        ? null
        : head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0 ? new MediaKind("video/webm", ".webm") : new MediaKind("video/matroska", ".mkv");

    private static MediaKind? OfOgg(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("OggS"u8)) return null;
        var first = head[..Math.Min(head.Length, 64)];
        if (first.IndexOf("theora"u8) >= 0) return new MediaKind("video/ogg", ".ogv");
        return first.IndexOf("OpusHead"u8) >= 0 || first.IndexOf("vorbis"u8) >= 0 || first.IndexOf("FLAC"u8) >= 0 ? new MediaKind("audio/ogg", ".oga") : new MediaKind("application/ogg", ".ogg");
    }

    private static MediaKind? OfAiff(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("FORM"u8) && head.Slice(8, 3).SequenceEqual("AIF"u8) ? new MediaKind("audio/aiff", ".aiff") : null;

    // Java's classes and Apple's universal programs share a mark; the number behind it is a version above 44 or a count of a few.
    private static MediaKind? OfProgram(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 18 && head.StartsWith("\u007fELF"u8))
        {
            return (head[5] == 2 ? head[17] : head[16]) switch
            {
                1 => new MediaKind("application/x-object", ""),
                2 => new MediaKind("application/x-executable", ""),
                3 => new MediaKind("application/x-sharedlib", ".so"),
                4 => new MediaKind("application/x-coredump", ""),
                _ => new MediaKind("application/x-elf", ""),
            };
        }
        if (head.Length < 8) return null;
        return BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0xCAFEBABE => BinaryPrimitives.ReadUInt32BigEndian(head[4..]) < 45 ? new MediaKind("application/x-mach-binary", ".macho") : new MediaKind("application/x-java-applet", ".class"),
            0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => new MediaKind("application/x-mach-binary", ".macho"),
            _ => null,
        };
    }

    // A frame header without a tag before it: eleven bits set, and no field with a value that is reserved.
    private static MediaKind? OfMpegAudio(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0xff || head[1] == 0xfe) return null; // the latter begins a text in UTF-16
        if ((head[1] & 0xf6) == 0xf0) return new MediaKind("audio/aac", ".aac");
        var isFrame = (head[1] & 0xe0) == 0xe0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) != 0 && (head[2] & 0xf0) != 0xf0 && (head[2] & 0x0c) != 0x0c;
        return isFrame ? new MediaKind("audio/mpeg", ".mp3") : null;
    }
}
