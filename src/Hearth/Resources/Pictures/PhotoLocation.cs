using Hearth.Resources.Pictures.Location;

namespace Hearth.Resources.Pictures;

/// <summary>
/// Takes the place where a photo was made out of it: GPS data in Exif, and what XMP says in its words. Nothing is decoded or encoded, so that every pixel and
/// every other detail (time, camera, orientation, colours) stays, and the length too.
/// </summary>
public static class PhotoLocation
{
    /// <summary>Most bytes of metadata that are looked into as one; a longer part is blanked whole.</summary>
    internal const int MostMetadata = 1 << 20;

    /// <summary>
    /// The same bytes without the place, as they are read; memory does not grow with their number. JPEG (with the pictures that follow the first one), PNG, WebP,
    /// HEIC and AVIF are looked into; anything else comes back as it is.
    /// </summary>
    /// <param name="content">A file from its first byte on. Disposing the result disposes it.</param>
    /// <param name="mediaType">What the file is, found by its content.</param>
    public static Stream Clean(Stream content, string mediaType) => PartsOf(mediaType) is { } parts ? new CleanedStream(content, parts) : content;

    private static PhotoParts? PartsOf(string mediaType) => mediaType switch
    {
        "image/jpeg" or "image/jpg" => new JpegParts(),
        "image/png" or "image/apng" or "image/vnd.mozilla.apng" => new PngParts(),
        "image/webp" => new WebpParts(),
        "image/heic" or "image/heif" or "image/heic-sequence" or "image/heif-sequence" or "image/avif" => new HeifParts(),
        _ => null,
    };
}
