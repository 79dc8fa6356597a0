using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>An answer of a service.</summary>
internal readonly record struct Reply(HttpStatusCode Status, JsonElement Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>
/// Talks to sign-in services. Their addresses come from superusers and from the services themselves; still, a secret goes only to the address that was meant
/// (redirects are not followed), an answer has at most 1 MiB, and nothing of this server's own (cookies, trace headers) goes along.
/// </summary>
internal sealed class ProviderHttp : IDisposable
{
    /// <summary>The time that all questions of one sign-in share (contract 7.6).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
    })
    {
        MaxResponseContentBufferSize = MostBytes,
        Timeout = Timeout.InfiniteTimeSpan, // who asks brings the limit
    };

    /// <summary>Sends a request and reads the answer, JSON or a form. A service that cannot be reached or understood is a fault whose cause is for the log only.</summary>
    public async ValueTask<Outcome<Reply>> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (request.Headers.Accept.Count == 0) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Hearth", null)); // some services refuse requests without one
        var host = request.RequestUri?.Host;
        try
        {
            using var response = await client.SendAsync(request, stop);
            return new Reply(response.StatusCode, Parse(await response.Content.ReadAsStringAsync(stop)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or NotSupportedException or InvalidOperationException)
        {
            return Unreachable($"{host}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return Unreachable($"{host}: no answer in time");
        }
    }

    /// <summary>Asks for JSON at an address with GET.</summary>
    public async ValueTask<Outcome<JsonElement>> GetAsync(string url, CancellationToken stop)
    {
        if (!TryUri(url, out var uri)) return Unreachable("an address that is none");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if ((await SendAsync(request, stop)).Failed(out var fault, out var reply)) return fault;
        return reply.IsSuccess && reply.Body.ValueKind == JsonValueKind.Object ? reply.Body : Unreachable($"{uri.Host}: status {(int)reply.Status}");
    }

    /// <summary>An absolute address of http or https.</summary>
    public static bool TryUri(string url, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(url, UriKind.Absolute, out uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>The same JSON without texts that cannot be read, such as half surrogate pairs.</summary>
    public static JsonElement Mended(JsonElement json) => JsonElement.Parse(JsonSpelling.Of(json));

    private static Fault Unreachable(string cause) => Fault.BadRequest("accounts.oauth2_service").Because(cause);

    // Older services answer with a form whatever they are asked for.
    private static JsonElement Parse(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty) return default;
        if (start[0] is '{' or '[') return Mended(JsonElement.Parse(text));
        if (start[0] == '<' || !text.Contains('=')) return default;
        var fields = QueryHelpers.ParseQuery(text.Trim()).ToDictionary(static field => field.Key, static field => field.Value.ToString());
        return JsonSerializer.SerializeToElement(fields, ProviderJson.Default.DictionaryStringString);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ProviderJson : System.Text.Json.Serialization.JsonSerializerContext;
