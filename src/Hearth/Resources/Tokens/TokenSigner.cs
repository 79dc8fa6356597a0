using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Hearth.Schema;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Resources.Tokens;

/// <summary>
/// Makes and checks JSON Web Tokens (RFC 7519) with HS256 only. The key is the record's <c>tokenKey</c> followed by the collection's secret of
/// the kind, so that a new value of either ends every token at once (contract 7.1).
/// </summary>
public sealed class TokenSigner(TimeProvider clock)
{
    // Keys change with records; kept providers would only pile up.
    private readonly CryptoProviderFactory crypto = new() { CacheSignatureProviders = false };
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <summary>
    /// Makes a token of a record. <paramref name="lifetime"/> null means the collection's option. A token of a session ends with it, too.
    /// </summary>
    public string Issue(Collection collection, TokenKind kind, string recordId, string tokenKey, TimeSpan? lifetime = null, bool refreshable = true, string email = "", string newEmail = "", string sessionId = "", long generation = 0, string keyHash = "")
    {
        var options = OptionsOf(collection, kind);
        var expires = clock.GetUtcNow() + (lifetime ?? TimeSpan.FromSeconds(options.Duration));
        var payload = new ArrayBufferWriter<byte>(192);
        using (var writer = new Utf8JsonWriter(payload))
        {
            writer.WriteStartObject();
            writer.WriteString("collectionId"u8, collection.Id);
            if (kind is TokenKind.Verification or TokenKind.PasswordReset or TokenKind.EmailChange) writer.WriteString("email"u8, email);
            writer.WriteNumber("exp"u8, expires.ToUnixTimeSeconds());
            if (generation > 0) writer.WriteNumber("gen"u8, generation);
            writer.WriteString("id"u8, recordId);
            if (keyHash.Length > 0) writer.WriteString("key"u8, keyHash);
            if (kind == TokenKind.EmailChange) writer.WriteString("newEmail"u8, newEmail);
            if (kind == TokenKind.Auth) writer.WriteBoolean("refreshable"u8, refreshable);
            // The name that OpenID Connect gives to it.
            if (sessionId.Length > 0) writer.WriteString("sid"u8, sessionId);
            writer.WriteString("type"u8, kind.WireName());
            writer.WriteEndObject();
        }
        return handler.CreateToken(Encoding.UTF8.GetString(payload.WrittenSpan), new SigningCredentials(KeyOf(options, tokenKey), SecurityAlgorithms.HmacSha256));
    }

    /// <summary>Reads what a token says without any check but its form. Nothing of it may be believed before <see cref="VerifyAsync"/>.</summary>
    public bool TryRead(string token, [NotNullWhen(true)] out TokenClaims? claims)
    {
        claims = null;
        try
        {
            if (token.Length > 4096 || !handler.CanReadToken(token)) return false;
            var jwt = handler.ReadJsonWebToken(token);
            if (jwt.Alg != SecurityAlgorithms.HmacSha256) return false;
            if (!jwt.TryGetPayloadValue<string>("type", out var type) || type is null || KindOf(type) is not { } kind) return false;
            // A claim that is null is there for the library.
            if (!jwt.TryGetPayloadValue<string>("id", out var id) || !jwt.TryGetPayloadValue<string>("collectionId", out var collectionId) || id is null || collectionId is null) return false;
            if (!jwt.TryGetPayloadValue<long>("exp", out var exp) || exp is < 0 or > 253_402_300_799) return false;
            claims = new TokenClaims(kind, id, collectionId, DateTimeOffset.FromUnixTimeSeconds(exp))
            {
                Refreshable = jwt.TryGetPayloadValue<bool>("refreshable", out var refreshable) && refreshable,
                SessionId = jwt.TryGetPayloadValue<string>("sid", out var session) ? session ?? "" : "",
                KeyHash = jwt.TryGetPayloadValue<string>("key", out var key) ? key ?? "" : "",
                Generation = jwt.TryGetPayloadValue<long>("gen", out var generation) ? generation : 0,
                Email = jwt.TryGetPayloadValue<string>("email", out var email) ? email ?? "" : "",
                NewEmail = jwt.TryGetPayloadValue<string>("newEmail", out var newEmail) ? newEmail ?? "" : "",
            };
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or SecurityTokenException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The time that tokens are held against.</summary>
    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The token's time is over.</summary>
    public bool HasEnded(TokenClaims claims) => claims.Expires <= clock.GetUtcNow();

    /// <summary>Whether the signature and the end of a token hold for a record of a collection.</summary>
    public async ValueTask<bool> VerifyAsync(string token, TokenClaims claims, Collection collection, string tokenKey)
    {
        if (tokenKey.Length == 0 || collection.Auth is null || claims.CollectionId != collection.Id || HasEnded(claims)) return false;
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = KeyOf(OptionsOf(collection, claims.Kind), tokenKey),
            CryptoProviderFactory = crypto,
            ValidateIssuer = false,
            ValidateAudience = false,
            // Checked above with the app's own clock.
            ValidateLifetime = false,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        });
        return result.IsValid;
    }

    private SymmetricSecurityKey KeyOf(TokenOptions options, string tokenKey) => new(Encoding.UTF8.GetBytes(tokenKey + options.Secret)) { CryptoProviderFactory = crypto };

    private static TokenOptions OptionsOf(Collection collection, TokenKind kind) =>
        kind.OptionsOf(collection.Auth ?? throw new InvalidOperationException($"{collection.Name} is not an auth collection."));

    private static TokenKind? KindOf(string type)
    {
        foreach (var kind in Enum.GetValues<TokenKind>())
        {
            if (kind.WireName() == type) return kind;
        }
        return null;
    }
}
