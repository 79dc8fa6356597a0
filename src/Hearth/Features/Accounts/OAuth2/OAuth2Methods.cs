using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Schema;
using Hearth.Schema.Stock;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>One way to a sign-in service: where to send a person, and what the client must keep for when they come back. Nothing of it is kept here.</summary>
internal sealed record Invitation(Provider Provider, string State, string Verifier, string Challenge)
{
    /// <summary>A fresh one.</summary>
    public static Invitation To(Provider provider)
    {
        // 43 letters and digits: 256 bits, and the least that RFC 7636 4.1 allows.
        var verifier = provider.Pkce ? RandomText.Of(43) : "";
        var challenge = provider.Pkce ? Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) : "";
        return new Invitation(provider, RandomText.Of(30), verifier, challenge);
    }

    /// <summary>Names in order; the client appends where people are to come back to.</summary>
    public string Url
    {
        get
        {
            var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["client_id"] = Provider.Options.ClientId, ["response_type"] = "code", ["state"] = State };
            if (Provider.Scopes.Length > 0) parameters["scope"] = string.Join(' ', Provider.Scopes);
            if (Provider.Pkce) (parameters["code_challenge"], parameters["code_challenge_method"]) = (Challenge, "S256");
            foreach (var (name, value) in Provider.Definition.AuthParameters) parameters[name] = value;
            var query = string.Join('&', parameters.Select(static p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value).Replace("%20", "+", StringComparison.Ordinal)}"));
            return $"{Provider.AuthUrl}{(Provider.AuthUrl.Contains('?') ? '&' : '?')}{query}&redirect_uri=";
        }
    }
}

/// <summary>Tells which services a collection can be signed in to with (contract 7.3).</summary>
internal sealed class OAuth2Methods(ProviderSet providers, TimeProvider clock)
{
    // Only for a service whose discovery document is not known yet; one that does not answer is left out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Ways to the services that can be used now.</summary>
    public async ValueTask<IReadOnlyList<Invitation>> ListAsync(Collection collection, CancellationToken stop)
    {
        if (collection.Auth?.OAuth2 is not { Enabled: true, Providers.Count: > 0 } options) return [];
        using var time = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, time.Token);
        var invitations = new List<Invitation>(options.Providers.Count);
        foreach (var service in options.Providers)
        {
            if (await providers.FindAsync(service, limit.Token) is { } provider) invitations.Add(Invitation.To(provider));
        }
        return invitations;
    }

    /// <summary>Writes the member <c>oauth2</c>.</summary>
    public static void Write(Utf8JsonWriter json, Collection collection, IReadOnlyList<Invitation> invitations)
    {
        json.WriteStartObject("oauth2"u8);
        json.WriteBoolean("enabled"u8, collection.Auth is { OAuth2.Enabled: true });
        json.WriteStartArray("providers"u8);
        foreach (var invitation in invitations) Write(json, invitation, withLogo: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>authProviders</c>, in which old clients look for the same.</summary>
    public static void WriteLegacy(Utf8JsonWriter json, Collection collection, IReadOnlyList<Invitation> invitations)
    {
        json.WriteStartArray("authProviders"u8);
        foreach (var invitation in collection.Auth is { OAuth2.Enabled: true } ? invitations : []) Write(json, invitation, withLogo: false);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Invitation invitation, bool withLogo)
    {
        var (provider, url) = (invitation.Provider, invitation.Url);
        json.WriteStartObject();
        json.WriteString("authURL"u8, url);
        json.WriteString("authUrl"u8, url);
        json.WriteString("codeChallenge"u8, invitation.Challenge);
        json.WriteString("codeChallengeMethod"u8, provider.Pkce ? "S256" : "");
        json.WriteString("codeVerifier"u8, invitation.Verifier);
        json.WriteString("displayName"u8, provider.DisplayName);
        json.WriteString("logo"u8, withLogo ? SignInServices.Find(provider.Name)?.Logo ?? "" : "");
        json.WriteString("name"u8, provider.Name);
        json.WriteString("state"u8, invitation.State);
        json.WriteEndObject();
    }
}
