namespace Hearth.Resources.Blobs;

/// <summary>What is known of a stored blob without reading it.</summary>
/// <param name="Key">Where it is: parts joined by <c>/</c>, such as <c>COLLECTION/RECORD/FILE</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was written.</param>
public sealed record BlobInfo(string Key, long Length, DateTimeOffset Modified)
{
    /// <summary>The media type of anything of which none is known (RFC 2046, 4.5.1).</summary>
    public const string UnknownType = "application/octet-stream";

    /// <summary>Its media type as it was found when it was stored.</summary>
    public string ContentType { get; init; } = UnknownType;

    /// <summary>Name that it had where it came from; null when that is not known.</summary>
    public string? OriginalName { get; init; }

    /// <summary>SHA-256 of its content in lower-case hexadecimal; null when it was put there by something else.</summary>
    public string? Hash { get; init; }
}

/// <summary>What is stored together with a blob.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="OriginalName">Name that it had where it comes from, if it had one.</param>
public sealed record BlobLabel(string ContentType, string? OriginalName = null);
