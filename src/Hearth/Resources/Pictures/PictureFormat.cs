namespace Hearth.Resources.Pictures;

/// <summary>What a made picture is.</summary>
public enum PictureFormat
{
    /// <summary>For photos; no transparency.</summary>
    Jpeg,

    /// <summary>Without loss.</summary>
    Png,

    /// <summary>At most 256 colours; a single frame.</summary>
    Gif,

    /// <summary>Smaller than JPEG for the same look, with transparency.</summary>
    Webp,

    /// <summary>Smaller still, and slow to make.</summary>
    Avif,
}

/// <summary>The names of picture formats.</summary>
internal static class PictureFormats
{
    /// <summary>What a picture becomes when nothing else is asked for; null for a type of which no smaller pictures are made (contract 8.3).</summary>
    public static PictureFormat? OutputFor(string contentType) => contentType switch
    {
        "image/jpeg" or "image/jpg" => PictureFormat.Jpeg,
        "image/gif" => PictureFormat.Gif,
        "image/png" or "image/webp" => PictureFormat.Png,
        _ => null,
    };

    /// <summary>A format by the name that clients use; null for another text.</summary>
    public static PictureFormat? Named(string name) => name switch
    {
        "jpeg" or "jpg" => PictureFormat.Jpeg,
        "png" => PictureFormat.Png,
        "webp" => PictureFormat.Webp,
        "avif" => PictureFormat.Avif,
        _ => null,
    };

    /// <summary>The media type.</summary>
    public static string TypeOf(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.Gif => "image/gif",
        PictureFormat.Webp => "image/webp",
        PictureFormat.Avif => "image/avif",
        _ => "image/png",
    };

    /// <summary>What names of files end in.</summary>
    public static string ExtensionOf(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => ".jpg",
        PictureFormat.Gif => ".gif",
        PictureFormat.Webp => ".webp",
        PictureFormat.Avif => ".avif",
        _ => ".png",
    };

    /// <summary>The quality when none is asked for; null for a format that has none. 80 and 55 look alike on photos; both are what picture services commonly take.</summary>
    public static int? QualityOf(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg or PictureFormat.Webp => 80,
        PictureFormat.Avif => 55,
        _ => null,
    };
}
