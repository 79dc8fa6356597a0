using Hearth.Basics.Media;
using Hearth.Http.Contracts;
using Hearth.Resources.Blobs;

namespace Hearth.Http.Output;

/// <summary>A stored blob as it is sent.</summary>
/// <param name="Blob">What is stored.</param>
/// <param name="Name">Name for who saves it.</param>
/// <param name="ContentType">The media type that it is served with.</param>
public sealed record SentBlob(BlobInfo Blob, string Name, string ContentType)
{
    // What a browser shows without running anything of it.
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "image/png", "image/jpg", "image/jpeg", "image/gif", "image/webp", "image/x-icon", "image/bmp",
        "video/webm", "video/mp4", "video/3gpp", "video/quicktime", "video/x-ms-asf", "video/x-ms-wmv",
        "audio/basic", "audio/aiff", "audio/mpeg", "audio/midi", "audio/mp3", "audio/wave", "audio/wav", "audio/x-wav", "audio/x-mpeg", "audio/x-m4a", "audio/aac",
        "application/pdf", "application/x-pdf",
        // Beyond the contract: the format that thumbs can be asked for.
        "image/avif",
    };

    /// <summary>How blobs are asked for and sent, for the API reference.</summary>
    public static RouteContract Contract(string type, string description) => RouteContract.GivesBytes(type, description)
        .Or(206, "The parts that Range asks for; several as multipart/byteranges.", Shape.Bytes(), "*/*")
        .Or(304, "It is as the If-None-Match header knows it.")
        .Header("Range", "Which bytes to send.")
        .Header("If-None-Match", "The ETag of the file that is known.")
        .Refuses(412, "The file is not the one that If-Match names.")
        .Refuses(416, "The file has no such range.");

    /// <summary>Only who asked may have it, and only now: nobody on the way keeps it, and no browser does.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>A strong tag of the content; a weak one of length and date where the content was never hashed.</summary>
    public string Tag => Blob.Hash is { } hash ? $"\"{hash}\"" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"W/\"{Blob.Length:x}-{Modified.ToUnixTimeSeconds():x}\"");

    /// <summary>When it was written, in whole seconds as headers tell it.</summary>
    public DateTimeOffset Modified => DateTimeOffset.FromUnixTimeSeconds(Blob.Modified.ToUnixTimeSeconds());

    /// <summary>How a browser is told to treat it (RFC 6266); names beyond ASCII are spelt as RFC 8187 says.</summary>
    public string Disposition(bool download)
    {
        var end = ContentType.IndexOf(';', StringComparison.Ordinal);
        var how = !download && Inline.Contains(end < 0 ? ContentType : ContentType[..end]) ? "inline" : "attachment";
        if (Name.All(IsPlain)) return $"{how}; filename=\"{Name}\"";
        var plain = new string([.. Name.Select(static c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '_')]);
        return $"{how}; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(Name)}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '#' or '=' or '*';
}
