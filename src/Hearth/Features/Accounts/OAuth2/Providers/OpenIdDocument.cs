using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>What a service tells of itself (OpenID Connect Discovery 3).</summary>
internal sealed record OpenIdDocument(string Issuer, string AuthUrl, string TokenUrl, string UserUrl, string JwksUrl, bool UsesBasic);

/// <summary>Finds the discovery documents and keys of OpenID Connect services.</summary>
internal sealed class OpenIdDocuments(ProviderHttp http, TimeProvider clock)
{
    private const string WellKnown = "/.well-known/openid-configuration";
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    // An unknown key means that the service has new ones; nobody can make us ask for them more often than this.
    private static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(1);

    private readonly KeptDocuments<OpenIdDocument> documents = new(clock, async (url, stop) =>
        (await http.GetAsync(url, stop)).Failed(out _, out var json) ? null : Read(url, json));

    private readonly KeptDocuments<JsonWebKeySet> keys = new(clock, async (url, stop) =>
        (await http.GetAsync(url, stop)).Failed(out _, out var json) ? null : ReadKeys(json));

    /// <summary>The document of an address or of an issuer; null when there is none to be had.</summary>
    public ValueTask<OpenIdDocument?> FindAsync(string address, CancellationToken stop) =>
        documents.GetAsync(address.Contains("/.well-known/", StringComparison.Ordinal) ? address : address.TrimEnd('/') + WellKnown, Age, stop);

    /// <summary>The keys at an address; asked for anew when the wanted one is not among them.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>> KeysAsync(string url, string keyId, CancellationToken stop)
    {
        var known = (await keys.GetAsync(url, Age, stop))?.GetSigningKeys() ?? [];
        if (keyId.Length == 0 || known.Any(key => key.KeyId == keyId)) return [.. known];
        return [.. (await keys.GetAsync(url, LeastAge, stop))?.GetSigningKeys() ?? []];
    }

    private static OpenIdDocument? Read(string url, JsonElement json)
    {
        var document = new OpenIdDocument(
            Places.Text(json, "issuer"), Address(json, "authorization_endpoint"), Address(json, "token_endpoint"), Address(json, "userinfo_endpoint"), Address(json, "jwks_uri"), Basic(json));
        // A document that speaks for another issuer than the one it was found at may not be believed (Discovery 4.3).
        var place = url.EndsWith(WellKnown, StringComparison.Ordinal) ? url[..^WellKnown.Length] : null;
        if (document.Issuer.Length == 0 || (place is not null && document.Issuer.TrimEnd('/') != place.TrimEnd('/'))) return null;
        return document.AuthUrl.Length > 0 && document.TokenUrl.Length > 0 && document.JwksUrl.Length > 0 ? document : null;
    }

    private static string Address(JsonElement json, string name) => Places.Text(json, name) is var url && ProviderHttp.TryUri(url, out _) ? url : "";

    // Basic is what a service means that does not say (Discovery 3).
    private static bool Basic(JsonElement json) =>
        !json.TryGetProperty("token_endpoint_auth_methods_supported", out var ways) || Places.HasValue(ways, "client_secret_basic") || !Places.HasValue(ways, "client_secret_post");

    private static JsonWebKeySet? ReadKeys(JsonElement json)
    {
        try
        {
            return new JsonWebKeySet(json.GetRawText());
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return null;
        }
    }
}
