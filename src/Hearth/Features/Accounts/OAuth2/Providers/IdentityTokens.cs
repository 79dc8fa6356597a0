using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>
/// Checks identity tokens (OpenID Connect Core 3.1.3.7). Only signatures with a key pair count: a client secret must not be able to sign for the service, and
/// <c>none</c> signs nothing.
/// </summary>
internal sealed class IdentityTokens(OpenIdDocuments documents, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly ImmutableArray<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly CryptoProviderFactory crypto = new() { CacheSignatureProviders = false };

    /// <summary>The claims of a token that was made by the service for this client and has not ended.</summary>
    public async ValueTask<Outcome<JsonElement>> ReadAsync(Provider provider, string token, CancellationToken stop)
    {
        if (!TryRead(token, out var jwt, out var claims)) return Refused("no identity token, or one that cannot be read");
        if (provider.JwksUrl.Length > 0)
        {
            var keys = await documents.KeysAsync(provider.JwksUrl, jwt.Kid ?? "", stop);
            if (keys.Count == 0) return Refused("the keys of the service cannot be had");
            var checkedToken = await handler.ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                IssuerSigningKeys = keys,
                TryAllIssuerSigningKeys = string.IsNullOrEmpty(jwt.Kid),
                CryptoProviderFactory = crypto,
                RequireSignedTokens = true,
                // Issuer, audience and times are checked below in the same way for every token.
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
            });
            if (!checkedToken.IsValid) return Refused($"the signature does not hold ({checkedToken.Exception?.GetType().Name})");
        }
        // Without keys only the connection vouches for the token, as Core 3.1.3.7 allows for one that comes straight from the token endpoint.
        else if (string.Equals(jwt.Alg, SecurityAlgorithms.None, StringComparison.OrdinalIgnoreCase) || !IsSafe(provider.TokenUrl)) return Refused("there are no keys to check it with");
        return Check(provider, claims) is { } problem ? Refused(problem) : claims;
    }

    private string? Check(Provider provider, JsonElement claims)
    {
        var client = provider.Options.ClientId;
        var issuer = Places.Text(claims, "iss");
        if (provider.Issuers.Length > 0 && !provider.Issuers.Any(allowed => allowed.Replace("{tid}", Places.Text(claims, "tid"), StringComparison.Ordinal) == issuer)) return "another issuer";
        var audience = Places.Find(claims, "aud");
        if (!Places.HasValue(audience, client)) return "another audience";
        var party = Places.Text(claims, "azp");
        if (party.Length > 0 ? party != client : audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() > 1) return "another authorised party";
        var now = clock.GetUtcNow();
        if (!claims.TryGetProperty("exp", out var exp) || Instant(exp) is not { } end || end + Skew <= now) return "ended";
        return claims.TryGetProperty("nbf", out var nbf) && Instant(nbf) is { } start && start - Skew > now ? "not begun" : null;
    }

    private static DateTimeOffset? Instant(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var value) && value is >= 0 and < 253_402_300_000 ? DateTimeOffset.FromUnixTimeSeconds((long)value) : null;

    private bool TryRead(string token, out JsonWebToken jwt, out JsonElement claims)
    {
        (jwt, claims) = (null!, default); // only looked at when true is returned
        try
        {
            if (token.Length is 0 or > 65_536 || !handler.CanReadToken(token)) return false;
            jwt = handler.ReadJsonWebToken(token);
            claims = ProviderHttp.Mended(JsonElement.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload)));
            return claims.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or SecurityTokenException or InvalidOperationException)
        {
            return false;
        }
    }

    // On the loopback interface nobody stands in between.
    private static bool IsSafe(string url) => ProviderHttp.TryUri(url, out var uri) && (uri.Scheme == "https" || uri.IsLoopback);

    private static Fault Refused(string cause) => Fault.BadRequest("accounts.oauth2_identity").Because("identity token: " + cause);
}
