using System.Text.Json;
using Hearth.App;
using Hearth.Hosting;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Speed;

/// <summary>
/// Hearth as <c>hearth serve</c> hosts it (console log from warnings on, request log on), with authors, posts and drafts whose rule joins,
/// and an empty endpoint beside it.
/// </summary>
public sealed class MeasuredApp : IAsyncLifetime
{
    private const string Collections = """
        [
          {"name":"authors","type":"base","id":"authors00000000","listRule":"","viewRule":"","fields":[{"name":"name","type":"text"},{"name":"bio","type":"text"}]},
          {"name":"members","type":"base","id":"members00000000","fields":[
            {"name":"user","type":"relation","collectionId":"_pb_users_auth_","maxSelect":1},
            {"name":"author","type":"relation","collectionId":"authors00000000","maxSelect":1}]},
          {"name":"posts","type":"base","id":"posts0000000000","listRule":"","viewRule":"","createRule":"","fields":[
            {"name":"title","type":"text","required":true},{"name":"body","type":"text"},{"name":"views","type":"number"},
            {"name":"author","type":"relation","collectionId":"authors00000000","maxSelect":1},
            {"name":"tags","type":"select","values":["news","tech","life"],"maxSelect":3},{"name":"published","type":"bool"},
            {"name":"created","type":"autodate","onCreate":true},{"name":"updated","type":"autodate","onCreate":true,"onUpdate":true}],
            "indexes":["CREATE INDEX idx_posts_views ON posts (views)"]},
          {"name":"drafts","type":"base","id":"drafts000000000","listRule":"author.members_via_author.user ?= @request.auth.id","fields":[
            {"name":"title","type":"text"},{"name":"body","type":"text"},{"name":"views","type":"number"},
            {"name":"author","type":"relation","collectionId":"authors00000000","maxSelect":1}],
            "indexes":["CREATE INDEX idx_drafts_views ON drafts (views)"]}
        ]
        """;

    private const int Rows = 200, Authors = 10;
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-speed-").FullName;
    private readonly WebApplication web, empty;

    public MeasuredApp()
    {
        var builder = EmptyBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).LeaveRequestsToHearth().AddSimpleConsole();
        builder.WebHost.UseKestrel(kestrel => kestrel.UseHearthLimits());
        builder.Services.AddHearth(options =>
        {
            options.DataDirectory = folder;
            options.PasswordCost = new(64, 1);
        });
        web = builder.Build();
        web.MapHearth();

        empty = EmptyBuilder().Build();
        empty.Run(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = EmptyAnswer.Length;
            await context.Response.BodyWriter.WriteAsync(EmptyAnswer);
        });
    }

    /// <summary>What the empty endpoint answers.</summary>
    public byte[] EmptyAnswer { get; private set; } = "{}"u8.ToArray();

    /// <summary>Bytes that a request to the empty endpoint allocates, once measured.</summary>
    public long? AllocatedByEmpty { get; set; }

    public string Url => web.Urls.First();

    public string EmptyUrl => empty.Urls.First();

    public string PostId { get; private set; } = "";

    public string AuthorId { get; private set; } = "";

    /// <summary>Token of a user who is a member of half of the authors.</summary>
    public string Token { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await web.StartAsync();
        await empty.StartAsync();
        await FillAsync();
        using var client = new HttpClient();
        EmptyAnswer = await client.GetByteArrayAsync($"{Url}/api/collections/posts/records/{PostId}");
    }

    public async Task DisposeAsync()
    {
        await web.DisposeAsync();
        await empty.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static WebApplicationBuilder EmptyBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        return builder;
    }

    private async Task FillAsync()
    {
        var hearth = web.Services.GetRequiredService<HearthApp>();
        var root = await AddAsync(hearth, "_superusers", new { email = "root@example.com", password = "correct horse 1" });
        using var client = new HttpClient();
        using var import = new HttpRequestMessage(HttpMethod.Put, $"{Url}/api/collections/import") { Content = new StringContent($"{{\"collections\":{Collections}}}") };
        import.Content.Headers.ContentType = new("application/json");
        import.Headers.TryAddWithoutValidation("Authorization", TokenOf(hearth, root));
        using var imported = await client.SendAsync(import);
        imported.IsSuccessStatusCode.ShouldBeTrue(await imported.Content.ReadAsStringAsync());

        var user = await AddAsync(hearth, "users", new { email = "ann@example.com", password = "12345678" });
        var session = await AddAsync(hearth, "_sessions", new { collectionRef = user.Collection.Id, recordRef = user.Id, method = "password" });
        Token = TokenOf(hearth, user, session.Id);
        var authors = new List<string>();
        for (var i = 0; i < Authors; i++)
        {
            authors.Add((await AddAsync(hearth, "authors", new { name = $"Author {i}", bio = new string('b', 100) })).Id);
            if (i % 2 == 0) await AddAsync(hearth, "members", new { user = user.Id, author = authors[i] });
        }

        for (var i = 0; i < Rows; i++)
        {
            var draft = new { title = $"A title of some length {i}", body = new string('x', 200), views = i, author = authors[i % Authors] };
            await AddAsync(hearth, "drafts", draft);
            var post = await AddAsync(hearth, "posts", new { draft.title, draft.body, draft.views, draft.author, tags = new[] { "news", "life" }, published = true });
            (PostId, AuthorId) = (post.Id, authors[0]);
        }
    }

    private static string TokenOf(HearthApp hearth, Record record, string sessionId = "") =>
        hearth.Tokens.Issue(record.Collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"), sessionId: sessionId);

    private static async Task<Record> AddAsync(HearthApp hearth, string collection, object values)
    {
        var body = JsonSerializer.SerializeToElement(values).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var created = await hearth.Records.CreateAsync(hearth.Schema, hearth.Schema.Find(collection)!, new Submission(body), RequestFacts.None);
        return created.Failed(out var fault) ? throw new InvalidOperationException(fault.Message) : created.Value;
    }
}
