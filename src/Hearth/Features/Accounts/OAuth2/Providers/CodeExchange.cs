using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>What a client brings back from a service.</summary>
internal sealed record BroughtCode(string Code, string Verifier, string RedirectUrl);

/// <summary>Exchanges a code for a token (RFC 6749 4.1.3, RFC 7636 4.5).</summary>
internal sealed class CodeExchange(ProviderHttp http, TimeProvider clock)
{
    /// <summary>Exchanges the code. Of a refusal only the service's own error code goes to the log.</summary>
    public async ValueTask<Outcome<TokenGrant>> ExchangeAsync(Provider provider, BroughtCode brought, CancellationToken stop)
    {
        if (!ProviderHttp.TryUri(provider.TokenUrl, out var url)) return Refused("no token endpoint");
        if ((await AskAsync(provider, url, brought, provider.UsesBasic, stop)).Failed(out var fault, out var reply)) return fault;
        // Services that do not tell how they want to be asked: a client that was not even recognised has not used up the code.
        if (Error(reply) == "invalid_client" && provider.Document is null && (await AskAsync(provider, url, brought, !provider.UsesBasic, stop)).Failed(out fault, out reply)) return fault;
        if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Object) return Refused(string.Create(CultureInfo.InvariantCulture, $"{url.Host}: status {(int)reply.Status} {Error(reply)}"));
        var access = Places.Text(reply.Body, "access_token");
        if (access.Length == 0) return Refused($"{url.Host}: no token {Error(reply)}");
        return new TokenGrant(access, reply.Body)
        {
            RefreshToken = Places.Text(reply.Body, "refresh_token"),
            IdToken = Places.Text(reply.Body, "id_token"),
            Expiry = ExpiryOf(reply.Body),
        };
    }

    private async ValueTask<Outcome<Reply>> AskAsync(Provider provider, Uri url, BroughtCode brought, bool basic, CancellationToken stop)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = brought.Code, ["client_id"] = provider.Options.ClientId };
        if (brought.RedirectUrl.Length > 0) fields["redirect_uri"] = brought.RedirectUrl;
        if (provider.Pkce) fields["code_verifier"] = brought.Verifier;
        if (!basic) fields["client_secret"] = provider.Options.ClientSecret;
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = provider.Definition.TakesJson
            ? new StringContent(JsonSerializer.Serialize(fields, ProviderJson.Default.DictionaryStringString), Encoding.UTF8, "application/json")
            : new FormUrlEncodedContent(fields);
        if (basic)
        {
            // Both halves are written as in a form before they are joined (RFC 6749 2.3.1).
            var pair = $"{Uri.EscapeDataString(provider.Options.ClientId)}:{Uri.EscapeDataString(provider.Options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        return await http.SendAsync(request, stop);
    }

    private DateTimeOffset? ExpiryOf(JsonElement body) =>
        double.TryParse(Places.Text(body, "expires_in"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 3_155_760_000
            ? clock.GetUtcNow().AddSeconds(Math.Floor(seconds))
            : null;

    // A word of the protocol such as invalid_grant; anything else could carry what it was sent.
    private static string Error(Reply reply) =>
        reply.Body.ValueKind == JsonValueKind.Object && Places.Text(reply.Body, "error") is { Length: > 0 and <= 40 } error && error.All(static c => c is (>= 'a' and <= 'z') or '_') ? error : "";

    private static Fault Refused(string cause) => Fault.BadRequest("accounts.oauth2_code").Because(cause);
}
