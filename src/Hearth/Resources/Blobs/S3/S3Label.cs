using System.Text;
using Amazon.S3.Model;

namespace Hearth.Resources.Blobs.S3;

/// <summary>What stands with an object: its type in the header, the rest in its metadata.</summary>
internal static class S3Label
{
    private const string OriginalName = "original-filename";
    private const string Sha256 = "sha256";
    private const int MostOfName = 1024;
    private const string Seal = "hearth-sealed";

    /// <summary>Puts a label to an object that is to be made. Headers are ASCII: other characters are percent-encoded.</summary>
    public static void Write(MetadataCollection metadata, BlobLabel label, string? hash)
    {
        if (label.OriginalName is { } name) metadata[OriginalName] = Fitted(name);
        if (hash is not null) metadata[Sha256] = hash;
        if (label.Seal is { } seal) metadata[Seal] = seal;
    }

    // A client chooses it, and stores take 2 KiB of metadata in all.
    private static string Fitted(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var escaped = Uri.EscapeDataString(rune.ToString());
            if (text.Length + escaped.Length > MostOfName) break;
            text.Append(escaped);
        }
        return text.ToString();
    }

    public static BlobInfo Read(string key, long length, DateTime modified, string? contentType, MetadataCollection metadata) => new(key, length, modified.ToUniversalTime())
    {
        ContentType = string.IsNullOrEmpty(contentType) ? BlobInfo.UnknownType : contentType,
        OriginalName = metadata[OriginalName] is { } name ? Uri.UnescapeDataString(name) : null,
        Hash = metadata[Sha256],
        Seal = metadata[Seal],
    };
}
