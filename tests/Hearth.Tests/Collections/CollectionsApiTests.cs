using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

public sealed class CollectionsApiTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        token = await app.SuperuserTokenAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_superusers_see_and_change_collections()
    {
        (await app.GetAsync("/api/collections")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", "/api/collections", new { name = "a" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var user = await app.CreateAsync("users", new { email = "u@example.com", password = "12345678" });
        var answer = await app.GetAsync("/api/collections", app.TokenOf(user));
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_database_has_the_system_collections_with_their_ids()
    {
        var answer = await Get("/api/collections?perPage=50&sort=name&internal=true");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var ids = answer.Body.GetProperty("items").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("id").GetString());
        ids["_superusers"].ShouldBe("pbc_3142635823");
        ids["_externalAuths"].ShouldBe("pbc_2281828961");
        ids["_mfas"].ShouldBe("pbc_2279338944");
        ids["_otps"].ShouldBe("pbc_1638494021");
        ids["_authOrigins"].ShouldBe("pbc_4275539003");
        ids["users"].ShouldBe("_pb_users_auth_");
        answer.Body.GetProperty("totalItems").GetInt32().ShouldBe(app.App.Schema.Collections.Length);
        // What Hearth keeps beyond the contract is its own.
        answer.Body.GetProperty("items").EnumerateArray().Where(c => !c.GetProperty("system").GetBoolean()).Select(c => c.GetProperty("name").GetString()).ShouldBe(["users"]);
        answer.Text.ShouldNotContain("\"secret\":");
        var filtered = await Get("/api/collections?filter=" + Uri.EscapeDataString("system = false && type = 'auth'") + "&fields=name");
        filtered.Body.GetProperty("items").GetRawText().ShouldBe("""[{"name":"users"}]""");
        (await Get("/api/collections?filter=nope")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Get("/api/collections?sort=fields")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_collection_is_made_changed_and_removed()
    {
        var made = await Send("POST", "", new
        {
            name = "posts",
            listRule = "",
            fields = new object[] { new { name = "title", type = "text", required = true }, new { name = "tags", type = "select", values = new[] { "a", "b" }, maxSelect = 1 } },
            indexes = new[] { "create index idx_posts_title on anything (title)" },
        });
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Body.GetProperty("id").GetString().ShouldBe("pbc_1125843985");
        Names(made).ShouldBe(["id", "title", "tags"]);
        made.Body.GetProperty("indexes")[0].GetString().ShouldBe("CREATE INDEX `idx_posts_title` ON `posts` (`title`)");
        await app.CreateAsync("posts", new { title = "one", tags = "a" });

        var fields = made.Body.GetProperty("fields").EnumerateArray().Select(f => f.Clone()).ToList();
        var changed = await Send("PATCH", "/posts", new
        {
            name = "articles",
            fields = new object[]
            {
                fields[0], new { id = fields[1].GetProperty("id").GetString(), name = "heading", type = "text" },
                new { name = "tags", type = "select", values = new[] { "a", "b" }, maxSelect = 2 }, new { name = "views", type = "number" },
            },
        });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        changed.Body.GetProperty("indexes")[0].GetString().ShouldBe("CREATE INDEX `idx_posts_title` ON `articles` (`heading`)");
        var record = (await app.GetAsync("/api/collections/articles/records", token)).Body.GetProperty("items")[0];
        record.GetProperty("heading").GetString().ShouldBe("one");
        record.GetProperty("tags").GetRawText().ShouldBe("""["a"]""");
        record.GetProperty("views").GetRawText().ShouldBe("0");

        (await Send("DELETE", "/articles/truncate")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.GetAsync("/api/collections/articles/records", token)).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Send("DELETE", "/articles")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Get("/api/collections/articles")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Names_and_columns_can_be_swapped_in_one_change()
    {
        var made = await Send("POST", "", new { name = "swap", fields = new object[] { new { name = "a", type = "text" }, new { name = "b", type = "text" } }, indexes = new[] { "CREATE INDEX i1 ON swap (a)" } });
        await app.CreateAsync("swap", new { a = "A", b = "B" });
        var (a, b) = (made.Body.GetProperty("fields")[1].GetProperty("id"), made.Body.GetProperty("fields")[2].GetProperty("id"));
        var changed = await Send("PATCH", "/swap", new { fields = new object[] { made.Body.GetProperty("fields")[0], new { id = a, name = "b", type = "text" }, new { id = b, name = "a", type = "text" } } });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        var record = (await app.GetAsync("/api/collections/swap/records", token)).Body.GetProperty("items")[0];
        (record.GetProperty("a").GetString(), record.GetProperty("b").GetString()).ShouldBe(("B", "A"));
        (await Send("PATCH", "/swap", new { name = "Swap" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_plan_tells_what_would_be_lost_and_changes_nothing()
    {
        var made = await Send("POST", "", new { name = "notes", fields = new object[] { new { name = "text", type = "text" }, new { name = "many", type = "select", values = new[] { "a", "b" }, maxSelect = 2 } } });
        await app.CreateAsync("notes", new { text = "one", many = new[] { "a", "b" } });
        await app.CreateAsync("notes", new { text = "" });
        var many = made.Body.GetProperty("fields")[2].GetProperty("id");
        var plan = await Send("PATCH", "/notes?plan=true", new { fields = new object[] { new { id = many, name = "many", type = "select", values = new[] { "a", "b" }, maxSelect = 1 } } });
        plan.Status.ShouldBe(HttpStatusCode.OK, plan.Text);
        plan.Body.GetProperty("loses").GetBoolean().ShouldBeTrue();
        var steps = plan.Body.GetProperty("steps").EnumerateArray().ToDictionary(s => s.GetProperty("action").GetString()!);
        steps["deleteField"].GetProperty("description").GetString().ShouldBe("Delete the field text of notes; 1 record with a value in it would lose it.");
        steps["deleteField"].GetProperty("rows").GetInt64().ShouldBe(2);
        steps["deleteField"].GetProperty("loses").GetInt64().ShouldBe(1);
        steps["convertField"].GetProperty("loses").GetInt64().ShouldBe(1);
        var removal = await Send("DELETE", "/notes?plan=true");
        removal.Body.GetProperty("steps")[0].GetProperty("description").GetString().ShouldBe("Delete the collection notes with 2 records.");
        Names(await Get("/api/collections/notes")).ShouldBe(["id", "text", "many"]);
        (await Send("POST", "?plan=1", new { name = "fresh" })).Body.GetProperty("loses").GetBoolean().ShouldBeFalse();
        (await Get("/api/collections/fresh")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Send("POST", "?plan=1", new { name = "notes" })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Views_take_their_fields_from_their_sources_and_follow_them()
    {
        var posts = await Send("POST", "", new { name = "posts", fields = new object[] { new { name = "title", type = "text" }, new { name = "author", type = "relation", collectionId = "_pb_users_auth_" } } });
        var view = await Send("POST", "", new
        {
            name = "stats", type = "view", listRule = "title != ''",
            viewQuery = "SELECT p.id, p.title, u.id AS owner, count(p.id) AS total, (1+1) AS two, CAST(p.title AS int) n FROM posts p LEFT JOIN users u ON u.id = p.author GROUP BY p.id, u.id;",
        });
        view.Status.ShouldBe(HttpStatusCode.OK, view.Text);
        view.Body.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString() + ":" + f.GetProperty("type").GetString())
            .ShouldBe(["id:text", "title:text", "owner:relation", "total:number", "two:json", "n:number"]);
        await app.CreateAsync("posts", new { title = "7" });
        (await app.GetAsync("/api/collections/stats/records", token)).Body.GetProperty("items")[0].GetProperty("total").GetInt32().ShouldBe(1);

        var title = posts.Body.GetProperty("fields")[1].GetProperty("id");
        var removed = await Send("PATCH", "/posts", new { fields = new object[] { posts.Body.GetProperty("fields")[2] } });
        removed.Status.ShouldBe(HttpStatusCode.BadRequest);
        removed.Message.ShouldContain("stats");
        (await Send("PATCH", "/posts", new { name = "essays" })).Status.ShouldBe(HttpStatusCode.OK);
        (await Send("PATCH", "/essays", new { name = "posts" })).Status.ShouldBe(HttpStatusCode.OK);
        Names(await Get("/api/collections/posts")).ShouldBe(["id", "title", "author"]);
        var retyped = await Send("PATCH", "/posts", new { fields = new object[] { new { id = title, name = "title", type = "text", max = 7 }, posts.Body.GetProperty("fields")[2], new { name = "more", type = "bool" } } });
        retyped.Status.ShouldBe(HttpStatusCode.OK, retyped.Text);
        (await Get("/api/collections/stats")).Body.GetProperty("fields")[1].GetProperty("max").GetInt32().ShouldBe(7);
        (await Send("DELETE", "/posts")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Send("DELETE", "/stats")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Send("DELETE", "/posts")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("SELECT * FROM users", "*")]
    [InlineData("SELECT name FROM users", "id")]
    [InlineData("SELECT id FROM nowhere", "nowhere")]
    [InlineData("SELECT id FROM users; DROP TABLE users", "one statement")]
    [InlineData("DELETE FROM users", "SELECT")]
    [InlineData("SELECT id, count(*) FROM users", "count(*)")]
    [InlineData("SELECT 1 AS id UNION ALL SELECT 1", "id 1")]
    [InlineData("SELECT '' AS id", "empty")]
    [InlineData("SELECT id FROM (users", "parentheses")]
    public async Task A_view_query_that_cannot_work_is_refused(string query, string hint)
    {
        var answer = await Send("POST", "", new { name = "v", type = "view", viewQuery = query });
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        var fault = answer.Body.GetProperty("data").GetProperty("viewQuery");
        fault.GetProperty("code").GetString().ShouldBe("validation_invalid_view_query");
        fault.GetProperty("message").GetString()!.ShouldContain(hint);
    }

    [Fact]
    public async Task A_dry_run_shows_fields_and_rows_but_no_hashes()
    {
        await app.CreateAsync("users", new { email = "u@example.com", password = "12345678", name = "Ann" });
        var answer = await Send("POST", "/meta/dry-run-view", new { query = "select (row_number() over ()) as id, name, password from users" });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("sample").GetRawText().ShouldBe("""[{"id":"1","name":"Ann"}]""");
        answer.Body.GetProperty("fields").GetArrayLength().ShouldBe(3);
        var wrong = await Send("POST", "/meta/dry-run-view", new { query = "select nope from users" });
        wrong.Message.ShouldStartWith("Invalid view query. Raw error: ");
        (await Send("POST", "/meta/dry-run-view", new { })).Body.GetProperty("data").GetProperty("query").GetProperty("code").GetString().ShouldBe("validation_required");
    }

    [Fact]
    public async Task An_import_makes_changes_and_removes_in_one_go()
    {
        await Send("POST", "", new { name = "old", fields = new object[] { new { name = "gone", type = "text" }, new { name = "kept", type = "text" } } });
        await Send("POST", "", new { name = "extra" });
        var body = new
        {
            collections = new object[]
            {
                new { name = "old", fields = new object[] { new { name = "kept", type = "text", max = 9 } } },
                new { id = "new_id_1", name = "fresh", fields = new object[] { new { name = "up", type = "relation", collectionId = "new_id_2" } } },
                new { id = "new_id_2", name = "other" },
                new { name = "fresh_view", type = "view", viewQuery = "select id, up from fresh" },
            },
        };
        var merged = await app.SendAsync("PUT", "/api/collections/import", body, token);
        merged.Status.ShouldBe(HttpStatusCode.NoContent, merged.Text);
        Names(await Get("/api/collections/old")).ShouldBe(["id", "kept", "gone"], ignoreOrder: true);
        (await Get("/api/collections/fresh")).Body.GetProperty("id").GetString().ShouldBe("new_id_1");
        Names(await Get("/api/collections/fresh_view")).ShouldBe(["id", "up"]);

        var pruned = await app.SendAsync("PUT", "/api/collections/import", new { collections = body.collections, deleteMissing = true }, token);
        pruned.Status.ShouldBe(HttpStatusCode.NoContent, pruned.Text);
        Names(await Get("/api/collections/old")).ShouldBe(["id", "kept"]);
        (await Get("/api/collections/extra")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/api/collections/_superusers")).Status.ShouldBe(HttpStatusCode.OK);

        var wrong = await app.SendAsync("PUT", "/api/collections/import", new { collections = new[] { new { name = "bad name" } } }, token);
        wrong.Message.ShouldBe("Failed to import collections.");
        wrong.Body.GetProperty("data").GetProperty("collections").GetProperty("code").GetString().ShouldBe("validation_collections_import_failure");
        (await app.SendAsync("PUT", "/api/collections/import", new { collections = Array.Empty<int>() }, token)).Body.GetProperty("data").GetProperty("collections").GetProperty("code").GetString().ShouldBe("validation_required");
    }

    [Fact]
    public async Task An_import_that_cannot_be_read_is_a_400()
    {
        var answer = await app.SendAsync("PUT", "/api/collections/import", JsonElement.Parse("""{"collections":[{"name":"users","authToken":5}]}"""), token);
        ((int)answer.Status, answer.Message).ShouldBe((400, "Failed to load the submitted data due to invalid formatting."), answer.Text);
    }

    [Fact]
    public async Task Deep_options_survive_a_restart()
    {
        var deep = new string('[', 150) + new string(']', 150);
        using var content = new StringContent($$$"""{"oauth2":{"providers":[{"name":"google","extra":{"a":{{{deep}}}}}]}}""", System.Text.Encoding.UTF8, "application/json");
        var answer = await app.SendAsync("PATCH", "/api/collections/users", content, token);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        await app.StopAsync();
        await using var again = await TestApp.StartAsync(folder: app.Folder);
        (await again.GetAsync("/api/collections/users", token)).Text.ShouldContain(deep);
    }

    [Fact]
    public async Task An_import_from_elsewhere_keeps_the_values_of_fields_with_other_ids()
    {
        await Send("POST", "", new { name = "notes", fields = new object[] { new { name = "text", type = "text", id = "mine" } } });
        await app.CreateAsync("notes", new { text = "kept" });
        var entry = new { id = "elsewhere", name = "notes", fields = new object[] { new { name = "id", type = "text", id = "their_id", primaryKey = true, system = true, required = true, pattern = "^[a-z0-9]+$" }, new { name = "text", type = "text", id = "theirs" } } };
        var merged = await app.SendAsync("PUT", "/api/collections/import", new { collections = new[] { entry } }, token);
        merged.Status.ShouldBe(HttpStatusCode.NoContent, merged.Text);
        (await app.GetAsync("/api/collections/notes/records", token)).Body.GetProperty("items")[0].GetProperty("text").GetString().ShouldBe("kept");
        (await Get("/api/collections/notes")).Body.GetProperty("fields")[1].GetProperty("id").GetString().ShouldBe("mine");
    }

    [Fact]
    public async Task Secrets_are_kept_but_never_shown()
    {
        var made = await Send("POST", "", new
        {
            name = "members", type = "auth",
            oauth2 = new { enabled = true, providers = new[] { new { name = "google", clientId = "g", clientSecret = "GS" }, new { name = "github", clientId = "h", clientSecret = "HS" } } },
        });
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Text.ShouldNotContain("GS");
        made.Text.ShouldNotContain("secret", Case.Insensitive);
        made.Body.GetProperty("indexes").EnumerateArray().Select(i => i.GetString()!.Split('`')[1]).ShouldBe([$"idx_tokenKey_{made.Body.GetProperty("id")}", $"idx_email_{made.Body.GetProperty("id")}"]);
        Names(made).ShouldBe(["id", "password", "tokenKey", "email", "emailVisibility", "verified"]);
        var before = app.App.Schema.Find("members")!.Auth!;
        before.AuthToken.Secret.Length.ShouldBe(50);

        var changed = await Send("PATCH", "/members", new { oauth2 = new { providers = new[] { new { name = "github", clientId = "h2" } } }, authToken = new { duration = 100 } });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        var after = app.App.Schema.Find("members")!.Auth!;
        after.OAuth2.Providers.Single().ClientSecret.ShouldBe("HS");
        after.AuthToken.ShouldBe(before.AuthToken with { Duration = 100 });
        (await Send("PATCH", "/members", new { authRule = "verified = true" })).Status.ShouldBe(HttpStatusCode.OK);
        app.App.Schema.Find("members")!.Auth!.AuthToken.Secret.ShouldNotBe(before.AuthToken.Secret);
    }

    [Fact]
    public async Task The_schema_is_the_same_after_a_restart()
    {
        await Send("POST", "", new { name = "posts", listRule = "", fields = new object[] { new { name = "where", type = "geoPoint" } }, indexes = new[] { "CREATE UNIQUE INDEX u ON posts (`where`) WHERE `where` != ''" } });
        var before = (await Get("/api/collections?perPage=100")).Text;
        var secret = app.App.Schema.Find("users")!.Auth!.AuthToken.Secret;
        await app.StopAsync();
        await using var again = await TestApp.StartAsync(folder: app.Folder);
        (await again.GetAsync("/api/collections?perPage=100", token)).Text.ShouldBe(before);
        again.App.Schema.Find("users")!.Auth!.AuthToken.Secret.ShouldBe(secret);
    }

    private static IEnumerable<string> Names(Answer answer) => answer.Body.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!);

    private Task<Answer> Get(string path) => app.GetAsync(path, token);

    private Task<Answer> Send(string method, string path, object? body = null) => app.SendAsync(method, "/api/collections" + path, body, token);
}
