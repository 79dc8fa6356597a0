using System.Text;
using System.Text.Json;
using Shouldly;

namespace Hearth.Tests.Realtime;

/// <summary>A client with an open stream of events.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly TestApp app;
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private Listener(TestApp app, HttpResponseMessage response, Stream stream) => (this.app, this.response, reader) = (app, response, new StreamReader(stream, Encoding.UTF8));

    public string Id { get; private set; } = "";

    /// <summary>How far the events were told when it was opened; empty when nothing was noted.</summary>
    public string Position { get; private set; } = "";

    public HttpResponseMessage Response => response;

    public static async Task<Listener> OpenAsync(TestApp app, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/realtime");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var listener = new Listener(app, response, await response.Content.ReadAsStreamAsync());
        var first = await listener.NextAsync();
        first.Name.ShouldBe("PB_CONNECT");
        listener.Id = first.Data.GetProperty("clientId").GetString()!;
        if (first.Data.TryGetProperty("position", out var position)) listener.Position = position.GetString()!;
        return listener;
    }

    /// <summary>The next event; its exact form is checked on the way.</summary>
    public async Task<(string Name, JsonElement Data)> NextAsync()
    {
        var id = await reader.ReadLineAsync() ?? throw new EndOfStreamException();
        var name = await reader.ReadLineAsync();
        var data = await reader.ReadLineAsync();
        (await reader.ReadLineAsync()).ShouldBe("");
        id.ShouldMatch("^id:[A-Za-z0-9]{40}$");
        if (Id.Length > 0) id.ShouldBe("id:" + Id);
        name!.ShouldStartWith("event:");
        data!.ShouldStartWith("data:{");
        return (name["event:".Length..], JsonElement.Parse(data["data:".Length..]));
    }

    /// <summary>Waits for the end of the stream; what still comes is given back.</summary>
    public Task<string> RestAsync() => reader.ReadToEndAsync();

    public Task<Answer> SubscribeAsync(object topics, string? token = null, params (string Name, string Value)[] headers) =>
        app.SendAsync("POST", "/api/realtime", new { clientId = Id, subscriptions = topics }, token, headers);

    public Task<Answer> SendAsync(object body, string? token) => app.SendAsync("POST", "/api/realtime", body, token);

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
