using System.Net;
using System.Text.Json;
using Hearth.Resources.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>API keys: what they may, and everything around which they must not get.</summary>
public sealed class ApiKeyTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Rows = "/api/collections/_apiKeys/records";
    private readonly ShiftedClock clock = shared.Clock;
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!, author = null!, post = null!;
    private string root = "", token = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(start: () => TestApp.StartAsync(options => options.Clock = clock));
        root = await app.SuperuserTokenAsync();
        await SendAsync("PATCH", "/api/collections/users", """{"apiKeys":{"enabled":true}}""");
        await SendAsync("PATCH", "/api/collections/_superusers", """{"apiKeys":{"enabled":true}}""");
        await SendAsync("PATCH", "/api/settings", """{"batch":{"enabled":true}}""");
        await SendAsync("POST", "/api/collections", """
            {"name":"authors","type":"base","id":"authors00000000","listRule":"","viewRule":"","createRule":"","fields":[{"name":"name","type":"text"}]}
            """);
        await SendAsync("POST", "/api/collections", """
            {"name":"posts","type":"base","id":"posts0000000000","listRule":"","viewRule":"","createRule":"@request.auth.id != ''","updateRule":"@request.auth.id != ''","deleteRule":"@request.auth.id != ''",
             "fields":[{"name":"title","type":"text"},{"name":"author","type":"relation","collectionId":"authors00000000","maxSelect":1}]}
            """);
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await app.CreateAsync("users", new { email = "bob@example.com", password = "12345678" });
        author = await app.CreateAsync("authors", new { name = "Secret name" });
        post = await app.CreateAsync("posts", new { title = "A", author = author.Id });
        token = await SignInAsync("users", "ann@example.com", "12345678");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_may_not_sign_in_any_more_does_not_go_on_by_a_key()
    {
        var key = await KeyAsync("""{"name":"Robot","scope":{"collections":{"posts":["create"]}}}""", superuser: false);
        async Task<HttpStatusCode> CreateAsync() => (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "B" }, key)).Status;
        (await CreateAsync()).ShouldBe(HttpStatusCode.OK);
        await SendAsync("PATCH", "/api/collections/users", """{"authRule":"verified = true"}""");
        (await CreateAsync()).ShouldBe(HttpStatusCode.BadRequest, "a guest, whom the rule refuses");
        await SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", """{"verified":true}""");
        (await CreateAsync()).ShouldBe(HttpStatusCode.BadRequest, "proving an address removes keys from before");
        token = await SignInAsync("users", "ann@example.com", "12345678");
        var fresh = await KeyAsync("""{"name":"Robot","scope":{"collections":{"posts":["create"]}}}""", superuser: false);
        (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "B" }, fresh)).Status.ShouldBe(HttpStatusCode.OK);
        await SendAsync("PATCH", "/api/collections/users", """{"authRule":null}""");
        (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "B" }, fresh)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_acts_for_its_owner_within_its_scope()
    {
        var made = await MakeAsync("""{"name":"Robot","scope":{"collections":{"posts":["list","create"]}}}""");
        var key = made.Body.GetProperty("key").GetString()!;
        key.ShouldMatch("^hearth_key_[A-Za-z0-9]{49}$");
        var row = made.Body.GetProperty("record");
        row.GetProperty("prefix").GetString().ShouldBe(key[..17]);
        row.TryGetProperty("hash", out _).ShouldBeFalse();
        var list = await app.GetAsync(Rows, token);
        list.Text.ShouldNotContain(key[18..]);
        list.Body.GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("Robot");

        foreach (var header in new[] { key, "Bearer " + key, "bearer " + key })
        {
            (await app.GetAsync("/api/collections/posts/records", header)).Status.ShouldBe(HttpStatusCode.OK);
            (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "B" }, header)).Status.ShouldBe(HttpStatusCode.OK, "the rule sees who it is");
        }
        var id = post.Id;
        (await app.GetAsync($"/api/collections/posts/records/{id}", key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("PATCH", $"/api/collections/posts/records/{id}", new { title = "C" }, key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("DELETE", $"/api/collections/posts/records/{id}", token: key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.GetAsync("/api/collections/authors/records", key)).Status.ShouldBe(HttpStatusCode.Forbidden, "though anybody may without a key");

        await app.App.LastUse.FlushAsync(default);
        (await app.GetAsync(Rows, token)).Body.GetProperty("items")[0].GetProperty("lastUsed").GetString().ShouldNotBeEmpty();
        (await app.SendAsync("DELETE", $"{Rows}/{row.GetProperty("id").GetString()}", token: token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "B" }, key)).Status.ShouldBe(HttpStatusCode.BadRequest, "it has ended: a guest again");
    }

    // Every row is a way by which something outside of the scope could be reached.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_leads_around_the_scope(bool superuser)
    {
        var key = await KeyAsync("""{"name":"k","scope":{"collections":{"posts":["list","view","create","update"]}}}""", superuser);
        const string posts = "/api/collections/posts/records";
        // Expand, also by back-relation.
        foreach (var path in new[] { $"{posts}?expand=author", $"{posts}/{post.Id}?expand=author" })
        {
            var answer = await app.GetAsync(path, key);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            answer.Text.ShouldNotContain("Secret name");
        }
        var created = await app.SendAsync("POST", posts + "?expand=author", new { title = "x", author = author.Id }, key);
        created.Status.ShouldBe(HttpStatusCode.OK, created.Text);
        created.Text.ShouldNotContain("Secret name");
        // Filters and sorts that look at other collections.
        foreach (var filter in new[] { "author.name ~ 'Secret'", "author.posts_via_author.author.name ~ 'S'", "@collection.authors.name ?~ 'S'", "@collection.users.email ?~ 'ann'", "@request.auth.email ~ 'a'" })
        {
            (await app.GetAsync($"{posts}?filter={Uri.EscapeDataString(filter)}", key)).Status.ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.Forbidden], filter);
        }
        (await app.GetAsync($"{posts}?sort=author.name", key)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync($"{posts}?filter={Uri.EscapeDataString("author = '" + author.Id + "'")}", key)).Body.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0, "its own fields are fine");
        // An answer that is remembered for others.
        (await app.GetAsync($"/api/collections/authors/records/{author.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync($"/api/collections/authors/records/{author.Id}", root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync($"/api/collections/authors/records/{author.Id}", key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.GetAsync($"/api/collections/authors/records/{author.Id}", key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        // Batch.
        foreach (var (method, url) in new[] { ("POST", "/api/collections/authors/records"), ("PUT", "/api/collections/authors/records"), ("PATCH", $"/api/collections/authors/records/{author.Id}"), ("DELETE", $"{posts}/{post.Id}") })
        {
            var batch = new { requests = new object[] { new { method = "POST", url = posts, body = new { title = "in a batch" } }, new { method, url, body = new { id = author.Id, name = "y" } } } };
            (await app.SendAsync("POST", "/api/batch", batch, key)).Status.ShouldBe(HttpStatusCode.BadRequest, method);
        }
        (await app.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "POST", url = posts, body = new { title = "in a batch" } } } }, key)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync($"{posts}?filter={Uri.EscapeDataString("title = 'in a batch'")}", key)).Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        // Everything that is not about records.
        foreach (var route in app.App.Routes.Where(route => !route.LooksAtScope))
        {
            var path = route.Path.Replace("{collection}", superuser ? "_superusers" : "users", StringComparison.Ordinal).Replace("{id}", ann.Id, StringComparison.Ordinal);
            var answer = await app.SendAsync(route.Method, path, route.Method is "GET" or "DELETE" ? null : new { }, key);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{route.Method} {path}");
            answer.Message.ShouldBe("The API key is not allowed to perform this action.");
        }
    }

    [Fact]
    public async Task Any_collection_means_none_of_the_systems()
    {
        var key = await KeyAsync("""{"name":"k","scope":{"collections":{"*":["list","view","create","update","delete"]}}}""", superuser: true);
        (await app.GetAsync("/api/collections/authors/records", key)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/collections/users/records", key)).Body.GetProperty("totalItems").GetInt32().ShouldBe(2);
        foreach (var system in app.App.Schema.Collections.Where(collection => collection.System))
        {
            (await app.GetAsync($"/api/collections/{system.Name}/records", key)).Status.ShouldBe(HttpStatusCode.Forbidden, system.Name);
            (await app.SendAsync("POST", $"/api/collections/{system.Name}/records", new { }, key)).Status.ShouldBe(HttpStatusCode.Forbidden, system.Name);
        }
    }

    [Fact]
    public async Task Routes_can_be_named()
    {
        var key = await KeyAsync("""{"name":"k","scope":{"routes":["GET /api/settings","POST /api/collections/{collection}/api-keys"]}}""", superuser: true);
        (await app.GetAsync("/api/settings", key)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("PATCH", "/api/settings", new { }, key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("POST", "/api/collections/_superusers/api-keys", new { password = TestApp.SuperuserPassword }, key)).Status.ShouldBe(HttpStatusCode.Forbidden, "a key makes no keys");
        var users = await KeyAsync("""{"name":"k","scope":{"routes":["GET /api/settings"]}}""", superuser: false);
        (await app.GetAsync("/api/settings", users)).Status.ShouldBe(HttpStatusCode.Forbidden, "the scope gives nothing that its owner has not");
    }

    [Theory]
    [InlineData("""{"scope":{"collections":{"posts":["list"]}}}""", "name")]
    [InlineData("""{"name":"k"}""", "scope")]
    [InlineData("""{"name":"k","scope":{}}""", "scope")]
    [InlineData("""{"name":"k","scope":"*"}""", "scope")]
    [InlineData("""{"name":"k","scope":{"collections":{"nope":["list"]}}}""", "scope")]
    [InlineData("""{"name":"k","scope":{"collections":{"posts":["read"]}}}""", "scope")]
    [InlineData("""{"name":"k","scope":{"collections":{"posts":[]}}}""", "scope")]
    [InlineData("""{"name":"k","scope":{"collections":{"_apiKeys":["create"]}}}""", "scope")]
    [InlineData("""{"name":"k","scope":{"routes":["GET /nope"]}}""", "scope")]
    [InlineData("""{"name":"k","expires":"2001-01-01","scope":{"collections":{"posts":["list"]}}}""", "expires")]
    [InlineData("""{"name":"k","expires":"soon","scope":{"collections":{"posts":["list"]}}}""", "expires")]
    public async Task What_makes_no_sense_is_refused(string body, string field)
    {
        var answer = await app.SendAsync("POST", "/api/collections/users/api-keys", JsonElement.Parse(body), token);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Body.GetProperty("data").TryGetProperty(field, out _).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Keys_end_with_their_time_their_record_and_the_option_and_need_a_fresh_proof()
    {
        const string posts = "/api/collections/posts/records";
        var body = """{"name":"k","expires":"EXPIRES","scope":{"collections":{"posts":["create"]}}}""".Replace("EXPIRES", clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var key = await KeyAsync(body, superuser: false);
        (await app.SendAsync("POST", posts, new { title = "x" }, key)).Status.ShouldBe(HttpStatusCode.OK);
        await SendAsync("PATCH", "/api/collections/users", """{"apiKeys":{"enabled":false}}""");
        (await app.SendAsync("POST", posts, new { title = "x" }, key)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", "/api/collections/users/api-keys", JsonElement.Parse(body), token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await SendAsync("PATCH", "/api/collections/users", """{"apiKeys":{"enabled":true}}""");
        clock.Ahead = TimeSpan.FromMinutes(61);
        (await app.SendAsync("POST", posts, new { title = "x" }, key)).Status.ShouldBe(HttpStatusCode.BadRequest, "expired");
        (await app.SendAsync("POST", "/api/collections/users/api-keys", JsonElement.Parse(body), token)).Status.ShouldBe(HttpStatusCode.Forbidden, "the sign-in is an hour ago");
        (await app.SendAsync("POST", "/api/collections/users/api-keys", JsonElement.Parse(body))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        token = await SignInAsync("users", "ann@example.com", "12345678");
        key = await KeyAsync("""{"name":"k","scope":{"collections":{"posts":["create"]}}}""", superuser: false);
        var bob = await SignInAsync("users", "bob@example.com", "12345678");
        (await app.GetAsync(Rows, bob)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        await SendAsync("DELETE", $"/api/collections/users/records/{ann.Id}", null);
        (await app.SendAsync("POST", posts, new { title = "x" }, key)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync(Rows, root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_only_looks_like_a_key_makes_a_guest()
    {
        var key = await KeyAsync("""{"name":"k","scope":{"collections":{"posts":["create"]}}}""", superuser: false);
        ApiKeyText.IsOne(key).ShouldBeTrue();
        foreach (var bad in new[] { key[..^1], key + "a", "hearth_key_" + new string('a', 49), key.Replace("hearth_key_", "hearth_KEY_", StringComparison.Ordinal), ApiKeyText.New() })
        {
            (await app.SendAsync("POST", "/api/collections/posts/records", new { title = "x" }, bad)).Status.ShouldBe(HttpStatusCode.BadRequest, bad);
        }
        ApiKeyText.IsOne("hearth_key_" + new string('a', 49)).ShouldBeFalse();
    }

    private async Task<Answer> MakeAsync(string body, bool superuser = false)
    {
        var collection = superuser ? "_superusers" : "users";
        var with = superuser ? await SignInAsync("_superusers", TestApp.SuperuserEmail, TestApp.SuperuserPassword) : token;
        var made = await app.SendAsync("POST", $"/api/collections/{collection}/api-keys", JsonElement.Parse(body), with);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        return made;
    }

    private async Task<string> KeyAsync(string body, bool superuser) => (await MakeAsync(body, superuser)).Body.GetProperty("key").GetString()!;

    private async Task SendAsync(string method, string path, string? body)
    {
        var answer = await app.SendAsync(method, path, body is null ? null : JsonElement.Parse(body), root);
        ((int)answer.Status).ShouldBeLessThan(300, answer.Text);
    }

    private async Task<string> SignInAsync(string collection, string identity, string password) =>
        (await app.SendAsync("POST", $"/api/collections/{collection}/auth-with-password", new { identity, password })).Body.GetProperty("token").GetString()!;
}
