using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Resources.Blobs;

/// <summary>
/// What lies beside a local file, in a file of the same name with <c>.attrs</c> behind it (contract 14.6), so that folders can be taken over by copying them.
/// </summary>
internal sealed record BlobAttributes
{
    public const string Extension = ".attrs";

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

    [JsonPropertyName("md5")]
    public string? Md5 { get; init; }

    /// <summary>Ours: lower-case hexadecimal.</summary>
    [JsonPropertyName("sha256")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    public static async ValueTask<BlobAttributes?> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file + Extension, stop), AttributesJson.Default.BlobAttributes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(BlobAttributes))]
internal sealed partial class AttributesJson : JsonSerializerContext;
