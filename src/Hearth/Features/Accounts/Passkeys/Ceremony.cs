using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>
/// The state of a ceremony between its two requests, carried by the client and signed with a key that hangs on the collection's secret: every node can
/// go on with what another began, and nobody fills the database by beginning. That it is answered once is kept when it is answered.
/// </summary>
/// <param name="Kind"><c>create</c> or <c>get</c>; one is not good for the other.</param>
/// <param name="CollectionId">Whose passkeys.</param>
/// <param name="RecordId">The record that it is for; empty when anybody may answer.</param>
/// <param name="State">What the verifier must see again: the challenge, and for whom it is.</param>
/// <param name="Expires">Unix seconds.</param>
internal sealed record Ceremony(string Kind, string CollectionId, string RecordId, string State, long Expires)
{
    private const int MostCharacters = 4096;

    /// <summary>Time to answer: as long as browsers wait.</summary>
    public static TimeSpan Time { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Names this ceremony among all.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(State)));

    /// <summary>As a text for the client.</summary>
    public string Seal(Collection collection)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new[] { Kind, CollectionId, RecordId, State, Expires.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return Base64Url.EncodeToString(payload) + "." + Base64Url.EncodeToString(Sign(collection, payload));
    }

    /// <summary>Back from such a text; null when it is not one of this collection and kind, or has ended.</summary>
    public static Ceremony? Open(string text, Collection collection, string kind, DateTimeOffset now)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || text.Length > MostCharacters) return null;
        try
        {
            var payload = Base64Url.DecodeFromChars(text.AsSpan(0, dot));
            if (!CryptographicOperations.FixedTimeEquals(Sign(collection, payload), Base64Url.DecodeFromChars(text.AsSpan(dot + 1)))) return null;
            // Signed by us, so it has our form.
            var parts = JsonSerializer.Deserialize<string[]>(payload)!;
            var ceremony = new Ceremony(parts[0], parts[1], parts[2], parts[3], long.Parse(parts[4], System.Globalization.CultureInfo.InvariantCulture));
            return ceremony.Kind == kind && ceremony.CollectionId == collection.Id && ceremony.Expires > now.ToUnixTimeSeconds() ? ceremony : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] Sign(Collection collection, byte[] payload)
    {
        var secret = Encoding.UTF8.GetBytes(collection.Auth?.AuthToken.Secret ?? "");
        return HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "hearth passkey ceremony 1"u8.ToArray()), payload);
    }
}
