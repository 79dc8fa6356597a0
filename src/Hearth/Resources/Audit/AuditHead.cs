using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Resources.Secrets;

namespace Hearth.Resources.Audit;

/// <summary>
/// Where the chain stands. It is kept beside the entries, so that a tail that was cut off is missed, and is worth noting somewhere else. With a key of the
/// app it is signed, so that nobody who has only the database can make another chain and pass it off as this one.
/// </summary>
/// <param name="Number">Number of the last entry; 0 when there is none yet.</param>
/// <param name="Hash">Its hash; empty when there is none.</param>
/// <param name="AnchorNumber">Number of the last entry that was removed because of its age; 0 when none was.</param>
/// <param name="AnchorHash">Its hash, to which the first entry that is kept refers.</param>
public sealed record AuditHead(long Number, string Hash, long AnchorNumber, string AnchorHash)
{
    internal const string Key = "audit";

    /// <summary>Number of the entry at which the signature was first found to be wrong; 0 when it never was.</summary>
    public long Forged { get; init; }

    /// <summary>The signature; empty without a key.</summary>
    public string Signature { get; init; } = "";

    internal static AuditHead Parse(string? stored) =>
        (stored is null ? null : JsonSerializer.Deserialize(stored, AuditHeadJson.Default.AuditHead)) ?? new AuditHead(0, "", 0, "");

    internal string ToJson() => JsonSerializer.Serialize(this, AuditHeadJson.Default.AuditHead);

    /// <summary>Whether it is signed with this key, or needs not be.</summary>
    internal bool IsSigned(AppSecrets secrets) => Number == 0 || !secrets.IsOn || Signature == secrets.Sign(Words);

    internal AuditHead Sign(AppSecrets secrets) => this with { Signature = secrets.Sign(Words) };

    private string Words => $"audit head {Number} {Hash} {AnchorNumber} {AnchorHash} {Forged}";
}

/// <summary>How the head is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditHead))]
internal sealed partial class AuditHeadJson : JsonSerializerContext;
