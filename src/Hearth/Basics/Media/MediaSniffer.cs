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

    private static readonly (byte[] Mark, int At, MediaKind Kind)[] Marks =
    [
        Mark("\x89PNG\r\n\x1a\n", "image/png", ".png"),
        Mark("\xff\xd8\xff", "image/jpeg", ".jpg"),
        Mark("GIF87a", "image/gif", ".gif"),
        Mark("GIF89a", "image/gif", ".gif"),
        Mark("%PDF-", "application/pdf", ".pdf"),
        Mark("II*\0", "image/tiff", ".tiff"),
        Mark("MM\0*", "image/tiff", ".tiff"),
        Mark("8BPS", "image/vnd.adobe.photoshop", ".psd"),
        Mark("\0\0\x01\0", "image/x-icon", ".ico"),
        Mark("\xff\x0a", "image/jxl", ".jxl"),
        Mark("\0\0\0\x0cJXL \r\n\x87\n", "image/jxl", ".jxl"),
        Mark("\x1f\x8b\x08", "application/gzip", ".gz"),
        Mark("1AY&SY", "application/x-bzip2", ".bz2", 4),
        Mark("\u00fd7zXZ\0", "application/x-xz", ".xz"),
        Mark("(\xb5/\xfd", "application/zstd", ".zst"),
        Mark("7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", ".7z"),
        Mark("Rar!\x1a\x07", "application/vnd.rar", ".rar"),
        Mark("ustar", "application/x-tar", ".tar", 257),
        Mark("ID3", "audio/mpeg", ".mp3"),
        Mark("fLaC", "audio/flac", ".flac"),
        Mark("MThd", "audio/midi", ".midi"),
        Mark("#!AMR", "audio/amr", ".amr"),
        Mark(".snd", "audio/basic", ".au"),
        Mark("FLV\x01", "video/x-flv", ".flv"),
        Mark("0&\xb2u\u008ef\xcf\x11\xa6\xd9\0\xaa\0b\xcel", "video/x-ms-wmv", ".wmv"),
        Mark("\0\0\x01\xba", "video/mpeg", ".mpeg"),
        Mark("\0\0\x01\xb3", "video/mpeg", ".mpeg"),
        Mark("wOFF", "font/woff", ".woff"),
        Mark("wOF2", "font/woff2", ".woff2"),
        Mark("OTTO", "font/otf", ".otf"),
        Mark("\0\x01\0\0\0", "font/ttf", ".ttf"),
        Mark("\0asm", "application/wasm", ".wasm"),
        Mark("\x7f" + "ELF", "application/x-elf", ""),
        Mark("MZ", "application/vnd.microsoft.portable-executable", ".exe"),
        Mark("SQLite format 3\0", "application/vnd.sqlite3", ".sqlite"),
        Mark("PAR1", "application/vnd.apache.parquet", ".parquet"),
        Mark("{\\rtf", "text/rtf", ".rtf"),
    ];

    /// <summary>What the file is. Texts are told apart by what they begin with; anything else is <see cref="MediaKind.Unknown"/>.</summary>
    /// <param name="head">The first bytes, best <see cref="HeadLength"/> of them.</param>
    public static MediaKind Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return MediaKind.Text;
        // A text that begins with the letters of some mark is still a text.
        var isBinary = TextSniffer.HasBinary(head);
        foreach (var (mark, at, kind) in Marks)
        {
            if (head.Length < at + mark.Length || !head.Slice(at, mark.Length).SequenceEqual(mark)) continue;
            if (isBinary || !Ascii.IsValid(mark) || kind.Extension is ".pdf" or ".rtf") return kind;
        }
        return OfBitmap(head) ?? OfRiff(head) ?? OfIsoMedia(head) ?? OfMatroska(head) ?? OfOgg(head) ?? OfAiff(head) ?? ContainerSniffer.Sniff(head) ?? OfMpegAudio(head) ?? TextSniffer.Sniff(head) ?? MediaKind.Unknown;
    }

    /// <summary>Reads the first bytes of a stream and tells what it is.</summary>
    public static async ValueTask<MediaKind> SniffAsync(Stream content, CancellationToken stop)
    {
        var head = new byte[HeadLength];
        var count = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        return Sniff(head.AsSpan(0, count));
    }

    private static (byte[] Mark, int At, MediaKind Kind) Mark(string mark, string type, string extension, int at = 0) => (Encoding.Latin1.GetBytes(mark), at, new MediaKind(type, extension));

    // Two letters are little to go by: the length and the header behind them must fit, too.
    private static MediaKind? OfBitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124 ? new MediaKind("image/bmp", ".bmp") : null;

    private static MediaKind? OfRiff(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith("RIFF"u8)) return null;
        var form = head.Slice(8, 4);
        if (form.SequenceEqual("WEBP"u8)) return new MediaKind("image/webp", ".webp");
        if (form.SequenceEqual("WAVE"u8)) return new MediaKind("audio/wav", ".wav");
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
            "qt  " => new MediaKind("video/quicktime", ".mov"),
            ['3', 'g', ..] => new MediaKind("video/3gpp", ".3gp"),
            _ => new MediaKind("video/mp4", ".mp4"),
        };
    }

    private static MediaKind? OfMatroska(ReadOnlySpan<byte> head) => !head.StartsWith([(byte)0x1a, (byte)0x45, (byte)0xdf, (byte)0xa3])
        ? null
        : head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0 ? new MediaKind("video/webm", ".webm") : new MediaKind("video/x-matroska", ".mkv");

    private static MediaKind? OfOgg(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("OggS"u8)) return null;
        var first = head[..Math.Min(head.Length, 64)];
        if (first.IndexOf("theora"u8) >= 0) return new MediaKind("video/ogg", ".ogv");
        return first.IndexOf("OpusHead"u8) >= 0 || first.IndexOf("vorbis"u8) >= 0 || first.IndexOf("FLAC"u8) >= 0 ? new MediaKind("audio/ogg", ".oga") : new MediaKind("application/ogg", ".ogg");
    }

    private static MediaKind? OfAiff(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("FORM"u8) && head.Slice(8, 3).SequenceEqual("AIF"u8) ? new MediaKind("audio/aiff", ".aiff") : null;

    // A frame header without a tag before it: eleven bits set, and no field with a value that is reserved.
    private static MediaKind? OfMpegAudio(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0xff || head[1] == 0xfe) return null; // the latter begins a text in UTF-16
        if ((head[1] & 0xf6) == 0xf0) return new MediaKind("audio/aac", ".aac");
        var isFrame = (head[1] & 0xe0) == 0xe0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) != 0 && (head[2] & 0xf0) != 0xf0 && (head[2] & 0x0c) != 0x0c;
        return isFrame ? new MediaKind("audio/mpeg", ".mp3") : null;
    }
}
