namespace Hearth.Basics.Media;

/// <summary>What a file is, as its first bytes tell.</summary>
/// <param name="Type">Media type in lower case, for texts with their character set: <c>text/plain; charset=utf-8</c>.</param>
/// <param name="Extension">The usual end of a file name with its dot; empty when there is none.</param>
public sealed record MediaKind(string Type, string Extension)
{
    /// <summary>Nothing that is known (RFC 2046, 4.5.1).</summary>
    public static MediaKind Unknown { get; } = new("application/octet-stream", "");

    /// <summary>Plain text (RFC 2046, 4.1.3).</summary>
    public static MediaKind Text { get; } = new("text/plain; charset=utf-8", ".txt");

    // Older and other names that lists of allowed types use.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["image/jpg"] = "image/jpeg",
        ["image/pjpeg"] = "image/jpeg",
        ["image/x-icon"] = "image/vnd.microsoft.icon",
        ["image/ico"] = "image/vnd.microsoft.icon",
        ["image/x-bmp"] = "image/bmp",
        ["image/x-ms-bmp"] = "image/bmp",
        ["image/svg"] = "image/svg+xml",
        ["image/x-photoshop"] = "image/vnd.adobe.photoshop",
        ["image/x-psd"] = "image/vnd.adobe.photoshop",
        ["image/heif"] = "image/heic",
        ["image/heic-sequence"] = "image/heic",
        ["image/heif-sequence"] = "image/heic",
        ["image/apng"] = "image/png",
        ["application/x-pdf"] = "application/pdf",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/x-mpeg"] = "audio/mpeg",
        ["audio/x-wav"] = "audio/wav",
        ["audio/wave"] = "audio/wav",
        ["audio/vnd.wave"] = "audio/wav",
        ["audio/x-flac"] = "audio/flac",
        ["audio/m4a"] = "audio/x-m4a",
        ["audio/mp4"] = "audio/x-m4a",
        ["audio/ogg"] = "application/ogg",
        ["video/ogg"] = "application/ogg",
        ["audio/midi"] = "audio/mid",
        ["audio/x-midi"] = "audio/mid",
        ["video/x-msvideo"] = "video/avi",
        ["video/msvideo"] = "video/avi",
        ["video/x-ms-wmv"] = "video/x-ms-asf",
        ["video/x-matroska"] = "video/matroska",
        ["video/x-m4v"] = "video/mp4",
        ["video/mj2"] = "video/mp4",
        ["video/3gpp2"] = "video/3gpp",
        ["application/x-zip"] = "application/zip",
        ["application/x-zip-compressed"] = "application/zip",
        ["application/x-gzip"] = "application/gzip",
        ["application/x-bzip2"] = "application/bzip2",
        ["application/x-rar-compressed"] = "application/vnd.rar",
        ["application/x-rar"] = "application/vnd.rar",
        ["application/rtf"] = "text/rtf",
        ["application/xml"] = "text/xml",
        ["application/xhtml+xml"] = "text/html",
        ["application/x-javascript"] = "text/javascript",
        ["application/javascript"] = "text/javascript",
        ["application/x-elf"] = "application/x-executable",
        ["application/x-object"] = "application/x-executable",
        ["application/x-sharedlib"] = "application/x-executable",
        ["application/x-coredump"] = "application/x-executable",
        ["application/vnd.geo+json"] = "application/geo+json",
        ["application/x-geo+json"] = "application/geo+json",
        ["application/jsonl"] = "application/x-ndjson",
        ["application/jsonlines"] = "application/x-ndjson",
        ["application/ndjson"] = "application/x-ndjson",
        ["font/sfnt"] = "font/ttf",
        ["application/wasm"] = "application/wasm",
    };

    /// <summary>Whether a list of allowed types names this one. Parameters and the case do not count; <c>image/*</c> allows all of them.</summary>
    public bool IsOneOf(IReadOnlyList<string> allowed)
    {
        var own = Plain(Type);
        foreach (var item in allowed)
        {
            var type = Plain(item);
            if (type == own || (type.EndsWith("/*", StringComparison.Ordinal) && own.StartsWith(type[..^1], StringComparison.Ordinal))) return true;
        }
        return false;
    }

    /// <summary>A media type without its parameters, in lower case and under its first name.</summary>
    public static string Plain(string type)
    {
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var plain = (end < 0 ? type : type[..end]).Trim().ToLowerInvariant();
        return Aliases.GetValueOrDefault(plain, plain);
    }
}
