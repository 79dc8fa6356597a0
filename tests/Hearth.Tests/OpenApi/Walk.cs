using System.Net.Http.Json;
using System.Text.Json;

namespace Hearth.Tests.OpenApi;

/// <summary>Calls operations and holds what comes back against the document that the caller reads.</summary>
public sealed class Walk(TestApp app, Described all, Described guests)
{
    private readonly List<string> differences = [];
    private readonly HashSet<string> good = [];

    /// <summary>What did not hold.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>The routes that answered well at least once.</summary>
    public IReadOnlySet<string> Good => good;

    /// <summary>The route of an operation: it is described for each collection.</summary>
    public static string RouteOf(string method, string path)
    {
        var parts = path.Split('/');
        if (path.StartsWith("/api/collections/", StringComparison.Ordinal) && parts.Length > 4 && parts[3] is not ("{collection}" or "meta")) parts[3] = "{collection}";
        return $"{method} {string.Join('/', parts)}";
    }

    /// <summary>A call that must go well; gives what came.</summary>
    public async Task<JsonElement> GoesAsync(string method, string path, string address, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        var (status, json, text) = await CallAsync(method, path, address, body, token, headers);
        if (status is >= 200 and < 400) good.Add(RouteOf(method, path));
        else differences.Add($"{method} {address} should go well: {status} {text}");
        return json;
    }

    /// <summary>Any call; what comes must be described.</summary>
    public async Task<(int Status, JsonElement Body, string Text)> CallAsync(string method, string path, string address, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) };
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var stream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var text = stream ? "" : await response.Content.ReadAsStringAsync();
        var document = token is null && guests.Has(method, path) ? guests : all;
        if (document.Differs(method, path, response, text) is { } wrong) differences.Add($"{method} {address} ({(token is null ? "guest" : "signed in")}): {wrong}");
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonElement.Parse(text) : default;
        return ((int)response.StatusCode, json, text);
    }
}
