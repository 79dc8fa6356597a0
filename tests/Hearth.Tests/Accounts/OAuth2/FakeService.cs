using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>One request that a sign-in service got.</summary>
public sealed record AskedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The fields of a form.</summary>
    public Dictionary<string, string> Form => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Body).ToDictionary(f => f.Key, f => f.Value.ToString());
}

/// <summary>A sign-in service on the loopback interface that answers what a test tells it to, and remembers what it was asked.</summary>
public sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, Func<AskedRequest, (int Status, string Body)>> answers = new();

    private readonly ConcurrentDictionary<string, bool> hanging = new();

    private FakeService(WebApplication web) => (this.web, Url) = (web, web.Urls.First());

    /// <summary>Such as <c>http://127.0.0.1:40123</c>.</summary>
    public string Url { get; }

    public ConcurrentQueue<AskedRequest> Asked { get; } = new();

    /// <summary>The key with which every such service signs identity tokens: finding its primes costs more than most tests.</summary>
    public static RSA Key { get; } = RSA.Create(2048);

    public static async Task<FakeService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        FakeService? service = null;
        web.Run(http => service!.AnswerAsync(http));
        await web.StartAsync();
        service = new FakeService(web);
        service.On("/token", """{"access_token":"at","token_type":"bearer","refresh_token":"rt","expires_in":3600}""");
        service.On("/jwks", JsonSerializer.Serialize(new { keys = new[] { service.PublicKey("one") } }));
        return service;
    }

    public void On(string path, string body) => answers[path] = _ => (200, body);

    public void On(string path, Func<AskedRequest, (int Status, string Body)> answer) => answers[path] = answer;

    /// <summary>Never answers at a path.</summary>
    public void Hang(string path) => hanging[path] = true;

    /// <summary>Options of a provider that uses this service.</summary>
    public Dictionary<string, object?> Provider(string name, object? extra = null, bool? pkce = null) => new()
    {
        ["name"] = name, ["clientId"] = "client", ["clientSecret"] = "s&cret", ["authURL"] = Url + "/auth", ["tokenURL"] = Url + "/token", ["userInfoURL"] = Url + "/user",
        ["pkce"] = pkce, ["extra"] = extra,
    };

    public object PublicKey(string id)
    {
        var parameters = Key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = id, n = Base64UrlEncoder.Encode(parameters.Modulus!), e = Base64UrlEncoder.Encode(parameters.Exponent!) };
    }

    /// <summary>An identity token signed as a good service does.</summary>
    public string Token(object claims, string keyId = "one", RSA? key = null)
    {
        var signed = Part(new { alg = "RS256", kid = keyId }) + "." + Part(claims);
        return signed + "." + Base64UrlEncoder.Encode((key ?? Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static string Part(object json) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(json));

    /// <summary>Lets the token endpoint answer with an identity token.</summary>
    public void GiveToken(string idToken) => On("/token", JsonSerializer.Serialize(new { access_token = "at", token_type = "bearer", id_token = idToken }));

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var asked = new AskedRequest(
            http.Request.Method, http.Request.Path.Value ?? "", http.Request.QueryString.Value ?? "",
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        Asked.Enqueue(asked);
        if (hanging.ContainsKey(asked.Path)) await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (status, body) = answers.TryGetValue(asked.Path, out var answer) ? answer(asked) : (404, "{}");
        http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
        {
            http.Response.Headers.Location = body;
            return;
        }
        http.Response.ContentType = body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/plain";
        await http.Response.WriteAsync(body);
    }
}
