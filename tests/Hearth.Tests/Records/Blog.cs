using System.Net;
using System.Text.Json;
using Hearth.App;
using Shouldly;

namespace Hearth.Tests.Records;

/// <summary>An app with a small blog, reached over HTTP.</summary>
public sealed class Blog : IAsyncDisposable
{
    public const string Collections = """
        [
          {"name":"people","type":"base","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"name","type":"text","required":true,"max":20},
            {"name":"boss","type":"relation","collectionId":"people00000000","maxSelect":1}],"id":"people00000000"},
          {"name":"tags","type":"base","id":"tags0000000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"name","type":"text"},{"name":"weight","type":"number"}],
            "indexes":["CREATE UNIQUE INDEX idx_tags ON tags (name, weight)"]},
          {"name":"posts","type":"base","id":"posts000000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"title","type":"text","required":true,"max":10},
            {"name":"slug","type":"text","autogeneratePattern":"s-[a-z]{5}"},
            {"name":"views","type":"number","min":0,"max":1000000},
            {"name":"done","type":"bool"},
            {"name":"kinds","type":"select","maxSelect":3,"values":["a","b","c","d"]},
            {"name":"kind","type":"select","maxSelect":1,"values":["a","b"]},
            {"name":"author","type":"relation","collectionId":"people00000000","maxSelect":1},
            {"name":"tags","type":"relation","collectionId":"tags0000000000","maxSelect":5},
            {"name":"meta","type":"json"},
            {"name":"link","type":"url"},
            {"name":"photo","type":"file","maxSelect":1},
            {"name":"secret","type":"text","hidden":true},
            {"name":"created","type":"autodate","onCreate":true},
            {"name":"updated","type":"autodate","onCreate":true,"onUpdate":true}]},
          {"name":"comments","type":"base","id":"comments000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"text","type":"text"},
            {"name":"post","type":"relation","collectionId":"posts000000000","maxSelect":1,"cascadeDelete":true},
            {"name":"author","type":"relation","collectionId":"people00000000","maxSelect":1}]},
          {"name":"details","type":"base","id":"details0000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"post","type":"relation","collectionId":"posts000000000","maxSelect":1,"required":true},
            {"name":"text","type":"text"}],
            "indexes":["CREATE UNIQUE INDEX idx_details ON details (post)"]}
        ]
        """;

    private Blog(TestApp server) => Server = server;

    public TestApp Server { get; }

    public string Root { get; private set; } = "";

    public static async Task<Blog> StartAsync(Action<HearthBuilder>? build = null)
    {
        var app = await TestApp.StartAsync(build: build);
        await DefineAsync(app);
        return await OfAsync(app);
    }

    /// <summary>The blog of a class, empty.</summary>
    public static async Task<Blog> BeginAsync(CleanApp shared, Action<HearthBuilder>? build = null) => await OfAsync(await shared.BeginAsync(DefineAsync, () => TestApp.StartAsync(build: build)));

    private static async Task<Blog> OfAsync(TestApp app) => new(app) { Root = await app.SuperuserTokenAsync() };

    private static async Task DefineAsync(TestApp app)
    {
        var answer = await app.SendAsync("PUT", "/api/collections/import", new { collections = JsonElement.Parse(Collections) }, await app.SuperuserTokenAsync());
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
    }

    /// <summary>Changes a collection, such as its rules.</summary>
    public async Task ChangeAsync(string collection, object change)
    {
        var answer = await Server.SendAsync("PATCH", $"/api/collections/{collection}", change, Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    public Task<Answer> SendAsync(string method, string path, object? body = null, string? token = null, params (string, string)[] headers) =>
        Server.SendAsync(method, "/api/collections/" + path, body is string json ? JsonElement.Parse(json) : body, token, headers);

    /// <summary>Adds a record and gives its JSON; the test fails when it is refused.</summary>
    public async Task<JsonElement> AddAsync(string collection, object body, string? token = null)
    {
        var answer = await SendAsync("POST", $"{collection}/records", body, token ?? Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body;
    }

    public async Task<JsonElement> GetAsync(string collection, string id, string query = "")
    {
        var answer = await SendAsync("GET", $"{collection}/records/{id}{query}", token: Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body;
    }

    public async Task<int> CountAsync(string collection) => (await SendAsync("GET", $"{collection}/records", token: Root)).Body.GetProperty("totalItems").GetInt32();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Shorter words for reading JSON in tests.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).ToString();

    public static string Id(this JsonElement element) => element.Text("id");

    public static JsonElement AsJson(this string text) => JsonElement.Parse(text);

    /// <summary>The code of a field's fault; empty when the field has none.</summary>
    public static string Code(this Answer answer, string field) =>
        answer.Body.GetProperty("data").TryGetProperty(field, out var fault) && fault.TryGetProperty("code", out var code) ? code.GetString()! : "";
}
