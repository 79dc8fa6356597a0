using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

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
