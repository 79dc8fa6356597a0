using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Resources.Backups;

/// <summary>What a backup says of itself, in <c>hearth.json</c>: enough to know that all of it is there and as it was.</summary>
public sealed record BackupManifest
{
    /// <summary>Name of the entry.</summary>
    internal const string Entry = "hearth.json";

    /// <summary>The form of backups that this program writes, and the latest that it can read.</summary>
    internal const int CurrentForm = 1;

    /// <summary>Form of the backup.</summary>
    public int Form { get; init; } = CurrentForm;

    /// <summary>When the copy was begun, canonical date text.</summary>
    public string Created { get; init; } = "";

    /// <summary>Name of the app.</summary>
    public string App { get; init; } = "";

    /// <summary>SHA-256 of <c>data.db</c>, in lower-case hexadecimal.</summary>
    public string Data { get; init; } = "";

    /// <summary>Bytes of <c>data.db</c>.</summary>
    public long DataLength { get; init; }

    /// <summary>Records of each collection, by name.</summary>
    public IReadOnlyDictionary<string, long> Records { get; init; } = new Dictionary<string, long>();

    /// <summary>Number of uploaded files, their attributes counted too.</summary>
    public long Files { get; init; }

    /// <summary>Bytes of them.</summary>
    public long FilesLength { get; init; }

    /// <summary>SHA-256 over the names and contents of all files in their order.</summary>
    public string FilesHash { get; init; } = "";

    /// <summary>Views and indexes in words of the database that was copied, which the copy cannot hold, each in a sentence.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    internal static BackupManifest? Read(Stream stream) => JsonSerializer.Deserialize(stream, BackupJson.Default.BackupManifest);
}

/// <summary>How it is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
