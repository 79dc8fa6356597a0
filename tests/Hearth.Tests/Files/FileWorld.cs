using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>An app with collections that have files, shared by the tests of a class.</summary>
public sealed class FileWorld : IAsyncLifetime, IAsyncDisposable
{
    public const string Docs = "docs0000000000";
    public const string Notes = "notes000000000";

    private const string Collections = """
        [
          {"name":"docs","type":"base","id":"docs0000000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"title","type":"text","max":20},
            {"name":"key","type":"text"},
            {"name":"photo","type":"file","maxSelect":1,"maxSize":20000,"mimeTypes":["image/png","image/jpeg"]},
            {"name":"files","type":"file","maxSelect":5,"maxSize":8000000},
            {"name":"hiddenFile","type":"file","hidden":true},
            {"name":"parent","type":"relation","collectionId":"docs0000000000","cascadeDelete":true}],
            "indexes":["CREATE UNIQUE INDEX idx_docs_key ON docs (key) WHERE key != ''"]},
          {"name":"notes","type":"base","id":"notes000000000","listRule":"","viewRule":"owner = @request.auth.id","createRule":"@request.body.secret:length < 3","updateRule":"","deleteRule":"","fields":[
            {"name":"owner","type":"text"},
            {"name":"secret","type":"file","maxSelect":3,"protected":true}]},
          {"name":"readers","type":"auth","id":"readers0000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"avatar","type":"file","maxSelect":1}]},
          {"name":"shown","type":"view","id":"shown000000000","listRule":"","viewRule":"","viewQuery":"SELECT id, files AS papers, photo FROM docs"},
          {"name":"shown_again","type":"view","id":"shownagain0000","listRule":"","viewRule":"","viewQuery":"SELECT id, papers FROM shown"}
        ]
        """;

    private TestApp? app;

    public TestApp Server => app!; // set before any test runs

    public string Root { get; private set; } = "";

    public static async Task<FileWorld> StartAsync()
    {
        var world = new FileWorld();
        await world.InitializeAsync();
        return world;
    }

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await FillAsync();
    }

    async Task IAsyncLifetime.DisposeAsync() => await Server.DisposeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A form: texts, and files as (name, content).</summary>
    public static MultipartFormDataContent Form(params (string Field, object Value)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in parts)
        {
            if (value is (string name, byte[] bytes))
            {
                var content = new ByteArrayContent(bytes);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-lie");
                form.Add(content, field, name);
            }
            else form.Add(new StringContent((string)value), field);
        }
        return form;
    }

    public static byte[] Png { get; } = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];

    public static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public Task<Answer> PostAsync(string collection, params (string Field, object Value)[] parts) => Server.SendAsync("POST", $"/api/collections/{collection}/records", Form(parts), Root);

    public Task<Answer> PatchAsync(string collection, string id, params (string Field, object Value)[] parts) =>
        Server.SendAsync("PATCH", $"/api/collections/{collection}/records/{id}", Form(parts), Root);

    public async Task<JsonElement> AddAsync(string collection, params (string Field, object Value)[] parts)
    {
        var answer = await PostAsync(collection, parts);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body;
    }

    public static string[] List(JsonElement record, string field) => [.. record.GetProperty(field).EnumerateArray().Select(item => item.GetString()!)];

    public async Task<HttpResponseMessage> GetFileAsync(string path, string method = "GET", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/files/" + path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Server.Client.SendAsync(request);
    }

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetFileAsync(path);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : answer.StatusCode.ToString();
    }

    /// <summary>Every key that is stored for a collection.</summary>
    public async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var blob in Server.App.Setup.Blobs.Files.ListAsync(prefix, default)) keys.Add(blob.Key);
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    /// <summary>Waits until nothing is owed any more.</summary>
    public async Task SettledAsync()
    {
        for (var i = 0; i < 1200; i++)
        {
            if ((await Server.App.Setup.Debts.KeysAsync(default)).Count == 0) return;
            await Task.Delay(25);
        }
        (await Server.App.Setup.Debts.KeysAsync(default)).ShouldBeEmpty();
    }

    private async Task FillAsync()
    {
        Root = await Server.SuperuserTokenAsync();
        var answer = await Server.SendAsync("PUT", "/api/collections/import", new { collections = JsonElement.Parse(Collections) }, Root);
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
    }
}
