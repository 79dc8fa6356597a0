using System.Net;
using System.Text.Json;
using Hearth.Resources.Settings;
using Hearth.Tests.Accounts.OAuth2;
using Shouldly;
using Xunit;

namespace Hearth.Tests.OpenApi;

/// <summary>An app in which every operation has something to work on.</summary>
public sealed class DescribedApp : SharedApp
{
    public FakeService Service { get; private set; } = null!;

    public Described All { get; private set; } = null!;

    public Described Guests { get; private set; } = null!;

    public Hearth.Records.Record Ann { get; private set; } = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Service is not null) await Service.DisposeAsync();
    }

    protected override Task<TestApp> StartAsync() => TestApp.StartAsync(options => options.Development = true);

    protected override async Task FillAsync(TestApp app)
    {
        Service = await FakeService.StartAsync();
        Service.On("/user", """{"sub":"p1","id":"p1","email":"paul@example.com","email_verified":true,"name":"Paul"}""");
        (await app.App.Settings.ChangeAsync(settings => settings with { Batch = settings.Batch with { Enabled = true, MaxRequests = 10 } }, default)).Failed(out _).ShouldBeFalse();
        object[] fields =
        [
            new { name = "title", type = "text", required = true, max = 50 }, new { name = "views", type = "number", min = 1, onlyInt = true }, new { name = "price", type = "number" },
            new { name = "open", type = "bool" }, new { name = "mail", type = "email" }, new { name = "link", type = "url" }, new { name = "text", type = "editor" },
            new { name = "day", type = "date" }, new { name = "kind", type = "select", values = new[] { "a", "b" } }, new { name = "tags", type = "select", maxSelect = 2, values = new[] { "x", "y" } },
            new { name = "extra", type = "json" }, new { name = "place", type = "geoPoint" }, new { name = "picture", type = "file" }, new { name = "papers", type = "file", maxSelect = 3 },
            new { name = "author", type = "relation", collectionId = "_pb_users_auth_" }, new { name = "readers", type = "relation", collectionId = "_pb_users_auth_", maxSelect = 5 },
            new { name = "made", type = "autodate", onCreate = true }, new { name = "secret", type = "text", hidden = true },
        ];
        foreach (var (method, path, body) in new (string, string, object)[]
        {
            ("POST", "/api/collections", new { name = "posts", type = "base", listRule = "", viewRule = "", createRule = "", updateRule = "@request.auth.id != ''", fields }),
            ("POST", "/api/collections", new { name = "counted", type = "view", listRule = "", viewRule = "", viewQuery = "SELECT author AS id, count(*) AS many, max(title) AS top FROM posts GROUP BY author" }),
            ("PATCH", "/api/collections/users", new
            {
                listRule = "", viewRule = "", totp = new { enabled = true }, passkeys = new { enabled = true }, apiKeys = new { enabled = true }, otp = new { enabled = true },
                oauth2 = new { enabled = true, providers = new object[] { Service.Provider("oidc") } },
            }),
        })
        {
            var answer = await app.SendAsync(method, path, body, Root);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        }
        Ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "correct horse 1", verified = true });
        All = new Described((await app.GetAsync("/api/openapi.json", Root)).Text);
        Guests = new Described((await app.GetAsync("/api/openapi.json")).Text);
    }
}

/// <summary>The OpenAPI document says what the server does: every operation is called, and what comes back is held against it.</summary>
public sealed class DocumentTests(DescribedApp shared) : IClassFixture<DescribedApp>
{
    // Nothing of the tests stands in for these: the SDK suite runs them against a bucket.
    private static readonly string[] NeedMore = ["POST /api/settings/test/s3"];

    private TestApp App => shared.App;

    [Fact]
    public void Every_route_says_what_it_takes_and_gives() =>
        App.App.Routes.Where(route => route.Contract is null).Select(route => $"{route.Method} {route.Path}").ShouldBeEmpty();

    [Fact]
    public void Every_route_is_in_the_document() =>
        App.App.Routes.Select(route => $"{route.Method} {route.Path}").Except(shared.All.Operations.Select(one => Walk.RouteOf(one.Method, one.Path))).ShouldBeEmpty();

    [Fact]
    public void Guests_read_of_nothing_that_superusers_do_not() =>
        shared.Guests.Operations.Except(shared.All.Operations).ShouldBeEmpty();

    [Fact]
    public async Task Every_operation_answers_as_described()
    {
        var walk = new Walk(App, shared.All, shared.Guests);
        var member = App.TokenOf(await App.CreateAsync("users", new { email = "walker@example.com", password = "correct horse 1" }));
        var tokens = new[] { null, member, shared.Root };
        foreach (var (method, path) in shared.All.Operations.OrderBy(one => one.Method == "DELETE"))
        {
            foreach (var token in tokens)
            {
                // What is there is asked for, but not removed; then what is not there.
                if (method != "DELETE") await walk.CallAsync(method, path, Known(path), null, token);
                if (shared.All.TakesBody(method, path)) await walk.CallAsync(method, path, Known(path), new { nonsense = new[] { 1 } }, token);
                await walk.CallAsync(method, path, Unknown(path), null, token);
            }
        }
        await new GoodCalls(shared, walk).RunAsync();
        walk.Differences.Distinct().ShouldBeEmpty();
        shared.All.Operations.Select(one => Walk.RouteOf(one.Method, one.Path)).Except(walk.Good).Except(NeedMore).ShouldBeEmpty("These operations never went well.");
    }

    private string Known(string path) => Unknown(path.Contains("/users/", StringComparison.Ordinal) ? path.Replace("{id}", shared.Ann.Id, StringComparison.Ordinal) : path.Replace("{collection}", "users", StringComparison.Ordinal));

    private static string Unknown(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "nothing00000000" : part));
}
