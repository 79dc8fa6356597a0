using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>
/// Where the chain stands. It is kept beside the entries, so that a tail that was cut off is missed, and is worth noting somewhere else.
/// </summary>
/// <param name="Number">Number of the last entry; 0 when there is none yet.</param>
/// <param name="Hash">Its hash; empty when there is none.</param>
/// <param name="AnchorNumber">Number of the last entry that was removed because of its age; 0 when none was.</param>
/// <param name="AnchorHash">Its hash, to which the first entry that is kept refers.</param>
public sealed record AuditHead(long Number, string Hash, long AnchorNumber, string AnchorHash)
{
    internal const string Key = "audit";

    internal static AuditHead Empty { get; } = new(0, "", 0, "");

    internal static AuditHead Parse(string? stored) => stored is null ? Empty : JsonSerializer.Deserialize(stored, AuditHeadJson.Default.AuditHead) ?? Empty;

    internal string ToJson() => JsonSerializer.Serialize(this, AuditHeadJson.Default.AuditHead);
}

/// <summary>How the head is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditHead))]
internal sealed partial class AuditHeadJson : JsonSerializerContext;

/// <summary>
/// The hash of an entry: SHA-256, as lower-case hex, over its number, the hash of the entry before it, and every column that <see cref="Covered"/>
/// names, in that order; each as a netstring (length in bytes, colon, UTF-8, comma), so that no two entries have the same bytes.
/// </summary>
internal static class AuditChain
{
    /// <summary>The columns that are hashed after number and previous.</summary>
    public static IReadOnlyList<string> Covered { get; } =
        ["id", "created", "action", "actor", "actorCollection", "actorId", "collection", "record", "ip", "userAgent", "data"];

    /// <summary>The hash of a row in the order of the table's fields.</summary>
    public static string HashOf(long number, string previous, IReadOnlyList<FieldValue> row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, number.ToString(CultureInfo.InvariantCulture));
        Add(hash, previous);
        foreach (var name in Covered)
        {
            var value = row[AuditRows.Table.OrdinalOf(name)];
            Add(hash, value.Kind == FieldValueKind.Json ? value.AsJson : value.AsText);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes($"{bytes.Length}:"));
        hash.AppendData(bytes);
        hash.AppendData(","u8);
    }
}
