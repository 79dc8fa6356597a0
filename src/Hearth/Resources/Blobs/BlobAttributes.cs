using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Resources.Blobs;

/// <summary>
/// What lies beside a local file, in a file of the same name with <c>.attrs</c> behind it (contract 14.6), so that folders can be taken over by copying them.
/// </summary>
internal sealed record BlobAttributes
{
    public const string Extension = ".attrs";
    private const string OriginalName = "original-filename";
    private const string Seal = "hearth-sealed";

    [JsonPropertyName("user.cache_control")]
    public string CacheControl { get; init; } = "";

    [JsonPropertyName("user.content_disposition")]
    public string ContentDisposition { get; init; } = "";

    [JsonPropertyName("user.content_encoding")]
    public string ContentEncoding { get; init; } = "";

    [JsonPropertyName("user.content_language")]
    public string ContentLanguage { get; init; } = "";

    [JsonPropertyName("user.content_type")]
    public string ContentType { get; init; } = "";

    [JsonPropertyName("user.metadata")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Always null in files of ours: nothing needs it, and it would make uploads slower. Programs that write this layout take its absence.</summary>
    [JsonPropertyName("md5")]
    public string? Md5 { get; init; }

    /// <summary>Ours: SHA-256 in lower-case hexadecimal.</summary>
    [JsonPropertyName("sha256")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Ours: bytes of the content that <see cref="Sha256"/> speaks of. Attributes and content are two files, and a crash can part them.</summary>
    [JsonPropertyName("size")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    public static BlobAttributes Of(BlobLabel label, BlobDigest digest) => new()
    {
        ContentType = label.ContentType,
        Metadata = MetadataOf(label),
        Sha256 = digest.Hash,
        Size = digest.Length,
    };

    /// <summary>The attributes beside a file; those of anything when there are none, or none that can be read.</summary>
    public static BlobAttributes Beside(string file)
    {
        var path = file + Extension;
        if (!File.Exists(path)) return new BlobAttributes();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AttributesJson.Default.BlobAttributes) ?? new BlobAttributes();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return new BlobAttributes();
        }
    }

    // Folders come from elsewhere: what cannot be a header must not become one.
    private static bool IsHeader(string? type) => !string.IsNullOrEmpty(type) && type.All(static c => c is >= ' ' and <= '~');

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AttributesJson.Default.BlobAttributes);

    public BlobInfo Describe(string key, FileInfo file) => new(key, file.Length, file.LastWriteTimeUtc)
    {
        ContentType = IsHeader(ContentType) ? ContentType : BlobInfo.UnknownType,
        OriginalName = Metadata?.GetValueOrDefault(OriginalName),
        Seal = Metadata?.GetValueOrDefault(Seal),
        Hash = Size is null || Size == file.Length ? Sha256 : null,
    };

    private static Dictionary<string, string>? MetadataOf(BlobLabel label)
    {
        var metadata = new Dictionary<string, string>();
        if (label.OriginalName is { } name) metadata[OriginalName] = name;
        if (label.Seal is { } seal) metadata[Seal] = seal;
        return metadata.Count == 0 ? null : metadata;
    }
}

[JsonSerializable(typeof(BlobAttributes))]
internal sealed partial class AttributesJson : JsonSerializerContext;
