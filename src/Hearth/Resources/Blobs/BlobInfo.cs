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

    /// <summary>
    /// SHA-256 of its content in lower-case hexadecimal; null when it was put there by something else. Of a sealed one it is that of the sealed bytes, so that
    /// nobody can tell from it what they are.
    /// </summary>
    public string? Hash { get; init; }

    /// <summary>How it was sealed; null when it was not.</summary>
    internal string? Seal { get; init; }
}

/// <summary>What is stored together with a blob.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="OriginalName">Name that it had where it comes from, if it had one.</param>
public sealed record BlobLabel(string ContentType, string? OriginalName = null)
{
    /// <summary>How it is sealed; null when it is not.</summary>
    internal string? Seal { get; init; }
}
