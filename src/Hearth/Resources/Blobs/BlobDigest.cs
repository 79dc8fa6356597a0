namespace Hearth.Resources.Blobs;

/// <summary>What was learned of a content while it was stored.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal.</param>
internal readonly record struct BlobDigest(long Length, string Hash);
