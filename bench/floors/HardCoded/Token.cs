using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hearth.Floors.HardCoded;

/// <summary>Checks HS256 tokens with one known key.</summary>
internal sealed class Token(string secret)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Id of the user that a token was made for; null when it is missing, forged or too old.</summary>
    public string? UserOf(string? token)
    {
        if (token is null || token.Length > 1024) return null;
        Span<byte> text = stackalloc byte[token.Length];
        if (!Encoding.UTF8.TryGetBytes(token, text, out var length)) return null;
        text = text[..length];
        var end = text.LastIndexOf((byte)'.');
        var start = text.IndexOf((byte)'.') + 1;
        if (start <= 0 || end <= start) return null;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text[..end], expected);
        Span<byte> signature = stackalloc byte[64];
        if (!Base64Url.TryDecodeFromUtf8(text[(end + 1)..], signature, out var size)) return null;
        if (!CryptographicOperations.FixedTimeEquals(expected, signature[..size])) return null;

        Span<byte> claims = stackalloc byte[1024];
        return Base64Url.TryDecodeFromUtf8(text[start..end], claims, out var written) ? Read(claims[..written]) : null;
    }

    private static string? Read(ReadOnlySpan<byte> claims)
    {
        string? id = null;
        var expires = 0L;
        var json = new Utf8JsonReader(claims);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.ValueTextEquals("id"u8) && json.Read()) id = json.GetString();
            else if (json.ValueTextEquals("exp"u8) && json.Read()) expires = json.GetInt64();
        }

        return expires > DateTimeOffset.UtcNow.ToUnixTimeSeconds() ? id : null;
    }
}
