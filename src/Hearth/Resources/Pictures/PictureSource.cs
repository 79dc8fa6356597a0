using NetVips;

namespace Hearth.Resources.Pictures;

/// <summary>Opens originals with the decoder that their first bytes call for.</summary>
internal static class PictureSource
{
    /// <summary>The format of a file; null when it is none of those that are decoded.</summary>
    public static PictureFormat? Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return PictureFormat.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return PictureFormat.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) return PictureFormat.Gif;
        return file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? PictureFormat.Webp : null;
    }

    /// <summary>
    /// Opens one, the first frame of it. Nothing but the head is decoded yet. A file that ends too early is refused: half a picture would be kept for good.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="shrink">How much smaller it is wanted; a decoder that can leaves out most of the work, and at least half as much again is left for a good scaling.</param>
    public static Image Open(Source source, PictureFormat format, double shrink)
    {
        const Enums.FailOn strict = Enums.FailOn.Truncated;
        const Enums.Access onward = Enums.Access.Sequential;
        return format switch
        {
            PictureFormat.Jpeg => Image.JpegloadSource(source, shrink: shrink switch { >= 16 => 8, >= 8 => 4, >= 4 => 2, _ => 1 }, access: onward, failOn: strict),
            PictureFormat.Webp => Image.WebploadSource(source, scale: shrink > 2 ? 2 / shrink : 1, access: onward, failOn: strict),
            PictureFormat.Gif => Image.GifloadSource(source, access: onward, failOn: strict),
            _ => Image.PngloadSource(source, access: onward, failOn: strict),
        };
    }
}
