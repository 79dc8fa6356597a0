using System.Net;
using System.Text.Json;
using Shouldly;

namespace Hearth.Tests.Realtime;

/// <summary>An app in which a header says where a client comes from, and a collection that everybody may read.</summary>
public sealed class LiveWorld : Xunit.IAsyncLifetime
{
    private int last;

    internal ShiftedClock Clock { get; } = new();

    public TestApp App { get; private set; } = null!;

    public string Root { get; private set; } = "";

    public async Task InitializeAsync()
    {
        App = await TestApp.StartAsync(options => options.Clock = Clock);
        Root = await App.SuperuserTokenAsync();
        await SetAsync(new { trustedProxy = new { headers = new[] { "X-Test-Address" } } });
        await MakeAsync(new { name = "posts", type = "base", listRule = "", viewRule = "", fields = new object[] { new { name = "title", type = "text" } } });
        await MakeAsync(new { name = "members", type = "base", listRule = "@request.auth.id != ''", viewRule = "@request.auth.id != ''", fields = new object[] { new { name = "title", type = "text" } } });
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>An address that nobody had yet.</summary>
    public string NewAddress() => $"10.0.{Interlocked.Increment(ref last) / 200}.{(last % 200) + 1}";

    public async Task<Listener> OpenAsync(string address) => await Listener.OpenAsync(App, ("X-Test-Address", address));

    public async Task<Answer> SubscribeAsync(Listener client, string address, string[] topics, string? token = null, string? position = null) =>
        await App.SendAsync("POST", "/api/realtime", new { clientId = client.Id, subscriptions = topics, position = position ?? "" }, token, ("X-Test-Address", address));

    public async Task<Listener> ListenAsync(string address, string[] topics, string? token = null)
    {
        var client = await OpenAsync(address);
        var answer = await SubscribeAsync(client, address, topics, token);
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        return client;
    }

    public async Task SetAsync(object settings)
    {
        var answer = await App.SendAsync("PATCH", "/api/settings", settings, Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    public async Task MakeAsync(object collection)
    {
        var made = await App.SendAsync("POST", "/api/collections", collection, Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }

    /// <summary>A topic with a filter.</summary>
    public static string Filtered(string path, string filter) => $"{path}?options={Uri.EscapeDataString(JsonSerializer.Serialize(new { query = new { filter } }))}";
}
