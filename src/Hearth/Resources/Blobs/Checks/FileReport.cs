using System.Text.Json.Serialization;

namespace Hearth.Resources.Blobs.Checks;

/// <summary>What a comparison of the records with the place of their files has found. Nothing was changed.</summary>
public sealed record FileReport
{
    /// <summary>Most keys that are listed by name.</summary>
    public const int MostListed = 100;

    /// <summary>Where the files are.</summary>
    public string Place { get; init; } = "";

    /// <summary>When the comparison began.</summary>
    public DateTimeOffset Begun { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset Ended { get; init; }

    /// <summary>Files that records name.</summary>
    public long Named { get; init; }

    /// <summary>Files that are stored, thumbs and unknown ones among them.</summary>
    public long Stored { get; init; }

    /// <summary>Bytes of those.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Stored files that no record names.</summary>
    public long Stray { get; init; }

    /// <summary>Bytes of those.</summary>
    public long StrayBytes { get; init; }

    /// <summary>The first of their keys.</summary>
    public IReadOnlyList<string> StrayKeys { get; init; } = [];

    /// <summary>Files that a record names and that are not stored.</summary>
    public long Missing { get; init; }

    /// <summary>The first of their keys.</summary>
    public IReadOnlyList<string> MissingKeys { get; init; } = [];

    /// <summary>Stored files whose keys are none of an app: backups in the same bucket, or somebody else's.</summary>
    public long Foreign { get; init; }

    /// <summary>Why it could not be brought to an end; null when it could.</summary>
    public string? Failure { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FileReport))]
internal sealed partial class FileReportJson : JsonSerializerContext;
