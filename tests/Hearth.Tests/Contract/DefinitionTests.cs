using System.Net;
using System.Text.Json;
using Hearth.Schema.Sql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>How definitions of collections are read, as the reference reads them.</summary>
public sealed class DefinitionTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("SELECT id, title FROM posts", "SELECT id, title FROM articles")]
    [InlineData("SELECT posts.id, `posts`.title FROM \"posts\" WHERE Posts.n > 1", "SELECT articles.id, `articles`.title FROM \"articles\" WHERE articles.n > 1")]
    [InlineData("SELECT p.id FROM posts p JOIN notes AS posts ON posts.post = p.id", "SELECT p.id FROM articles p JOIN notes AS posts ON posts.post = p.id")]
    [InlineData("SELECT id, (SELECT count(*) FROM posts WHERE posts.a = users.id) AS posts FROM users", "SELECT id, (SELECT count(*) FROM articles WHERE articles.a = users.id) AS posts FROM users")]
    [InlineData("WITH posts AS (SELECT id FROM notes) SELECT id FROM posts", "WITH posts AS (SELECT id FROM notes) SELECT id FROM posts")]
    [InlineData("SELECT id, 'posts' AS kind FROM posts -- posts", "SELECT id, 'posts' AS kind FROM articles -- posts")]
    public void A_table_gets_another_name(string before, string after) => TableRename.In(before, "posts", "articles").ShouldBe(after);

    [Fact]
    public async Task A_view_goes_along_with_a_renamed_collection()
    {
        await MakeAsync("""{"name":"posts","fields":[{"name":"title","type":"text"}]}""");
        await MakeAsync("""{"name":"shown","type":"view","listRule":"","viewQuery":"SELECT posts.id, posts.title FROM posts"}""");
        await MakeAsync("""{"name":"again","type":"view","listRule":"","viewQuery":"SELECT id, title FROM shown"}""");
        await shared.App.CreateAsync("posts", new { title = "one" });
        (await shared.App.SendAsync("PATCH", "/api/collections/posts", new { name = "articles" }, shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await shared.App.SendAsync("PATCH", "/api/collections/shown", new { name = "visible" }, shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
        (await shared.App.GetAsync("/api/collections/visible", shared.Root)).Body.GetProperty("viewQuery").GetString().ShouldBe("SELECT articles.id, articles.title FROM articles");
        (await shared.App.GetAsync("/api/collections/again/records")).Body.GetProperty("items")[0].GetProperty("title").GetString().ShouldBe("one");
    }

    [Theory]
    [InlineData("ordered1", """{"fields":[{"name":"g0","type":"text"}]}""", "id g0 password tokenKey email emailVisibility verified")]
    [InlineData("ordered2", """{"fields":[{"name":"g0","type":"text"},{"name":"email","type":"email"},{"name":"id","type":"text"}]}""", "g0 email id password tokenKey emailVisibility verified")]
    [InlineData("ordered3", """{"fields":[{"name":"email","type":"text"}]}""", "id email password tokenKey emailVisibility verified")]
    public async Task Fields_of_accounts(string name, string body, string expected)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", Merged(body, name, "auth"), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        Names(made).ShouldBe(expected);
    }

    [Fact]
    public async Task A_field_of_another_type_takes_the_place_of_its_namesake()
    {
        await MakeAsync("""{"name":"typed","fields":[{"name":"z","type":"text"}]}""");
        await shared.App.CreateAsync("typed", new { z = "text" });
        var changed = await shared.App.SendAsync("PATCH", "/api/collections/typed", JsonElement.Parse("""{"fields":[{"name":"z","type":"bool"}]}"""), shared.Root);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        (await shared.App.GetAsync("/api/collections/typed/records", shared.Root)).Body.GetProperty("items")[0].GetProperty("z").GetRawText().ShouldBe("false");
    }

    [Theory]
    [InlineData("""{"name":"x","type":"file","maxSize":9007199254740992}""", "maxSize:validation_max_less_equal_than_required")]
    [InlineData("""{"name":"x","type":"json","maxSize":9007199254740992}""", "maxSize:validation_max_less_equal_than_required")]
    [InlineData("""{"name":"x","type":"url","onlyDomains":["x"]}""", "onlyDomains.0:validation_is_domain")]
    [InlineData("""{"name":"x","type":"number","min":5,"max":3}""", "max:validation_min_number_constraint")]
    [InlineData("""{"name":"x","type":"text","autogeneratePattern":"a{1001}"}""", "autogeneratePattern:validation_invalid_regex")]
    [InlineData("""{"name":"x","type":"relation","minSelect":2}""", "maxSelect:validation_required collectionId:validation_required")]
    [InlineData("""{"name":"x","type":"relation","minSelect":2,"maxSelect":-1}""", "maxSelect:validation_min_greater_equal_than_required collectionId:validation_required")]
    [InlineData("""{"name":"x","type":"text","help":"LONG"}""", "help:validation_length_out_of_range")]
    [InlineData("""{"name":"x","type":"bool","help":"LONG"}""", "help:validation_length_out_of_range")]
    [InlineData("""{"name":"x","type":"text","primaryKey":true}""", "primaryKey:validation_unsupported_composite_pk name:validation_in_invalid required:validation_required pattern:validation_required")]
    public async Task Wrong_options(string field, string expected)
    {
        var answer = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse($$"""{"name":"wrong","fields":[{{field.Replace("LONG", new string('h', 301), StringComparison.Ordinal)}}]}"""), shared.Root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        string.Join(' ', Flat(answer.Body.GetProperty("data").GetProperty("fields").GetProperty("1"), "")).ShouldBe(expected);
    }

    [Fact]
    public async Task Two_keys_are_told_at_both()
    {
        var answer = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"keyed","fields":[{"name":"x","type":"text","primaryKey":true,"required":true,"pattern":"a"}]}"""), shared.Root);
        string.Join(' ', Flat(answer.Body.GetProperty("data").GetProperty("fields"), "")).ShouldBe("0.primaryKey:validation_unsupported_composite_pk 1.primaryKey:validation_unsupported_composite_pk 1.name:validation_in_invalid");
    }

    [Fact]
    public async Task An_index_whose_name_is_taken()
    {
        await MakeAsync("""{"name":"first","fields":[{"name":"x","type":"text"}],"indexes":["CREATE INDEX idx_taken ON first (x)"]}""");
        var answer = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"second","fields":[{"name":"x","type":"text"}],"indexes":["CREATE INDEX idx_taken ON second (x)"]}"""), shared.Root);
        answer.Body.GetProperty("data").GetProperty("indexes").GetProperty("0").GetProperty("params").GetRawText().ShouldBe("""{"usedTableName":"first"}""");
    }

    [Theory]
    [InlineData("CREATE INDEX idx_e ON e (ok) WHERE ok != ''")]
    [InlineData("CREATE INDEX idx_e ON e (n) WHERE n <> '' AND t != ''")]
    [InlineData("create index idx_e on e (j collate nocase desc) where j != ''")]
    [InlineData("CREATE UNIQUE INDEX idx_e ON e (t) WHERE `place` != '' AND (many != '' OR t = '')")]
    [InlineData("CREATE INDEX idx_e ON e (t) WHERE n = '' OR ok == ''")]
    public async Task An_index_leaves_out_what_is_empty(string index)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", new
        {
            name = "e",
            fields = new object[]
            {
                new { name = "t", type = "text" }, new { name = "n", type = "number" }, new { name = "ok", type = "bool" }, new { name = "j", type = "json" }, new { name = "place", type = "geoPoint" },
                new { name = "many", type = "select", maxSelect = 2, values = new[] { "a", "b" } },
            },
            indexes = new[] { index },
        }, shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        await shared.App.CreateAsync("e", new { t = "x", n = 1, ok = true, j = new { a = 1 }, many = new[] { "a" } });
        var again = await shared.App.SendAsync("POST", "/api/collections/e/records", new { t = "x" }, shared.Root);
        again.Status.ShouldBe(index.Contains("UNIQUE", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK, again.Text);
        (await shared.App.SendAsync("DELETE", "/api/collections/e", token: shared.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("custom")]
    public async Task Labels_of_one_word(string label)
    {
        var answer = await shared.App.SendAsync("PATCH", "/api/settings", new { rateLimits = new { rules = new[] { new { label, maxRequests = 5, duration = 5 } } } }, shared.Root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    [Fact]
    public async Task An_empty_type_is_base()
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", new { name = "plain", type = "" }, shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Body.GetProperty("type").GetString().ShouldBe("base");
    }

    [Fact]
    public async Task An_import_tells_all_its_faults_under_one_name()
    {
        var answer = await shared.App.SendAsync("PUT", "/api/collections/import", JsonElement.Parse("""{"collections":[{"name":"imp","type":"base","fields":[{"name":"x","type":"nope"}]}]}"""), shared.Root);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("data").GetProperty("collections").GetProperty("code").GetString().ShouldBe("validation_collections_import_failure");
        var checkedLater = await shared.App.SendAsync("PUT", "/api/collections/import", JsonElement.Parse("""{"collections":[{"name":"imp","type":"base","fields":[{"name":"bad name","type":"text"}]}]}"""), shared.Root);
        checkedLater.Body.GetProperty("data").GetProperty("collections").GetProperty("message").GetString().ShouldNotBeNull().ShouldStartWith("Data validations failed for collection \"imp\" (");
    }

    [Fact]
    public async Task Hearths_own_collections_are_listed_when_asked_for()
    {
        var (plain, all) = (await ListAsync(""), await ListAsync("&internal=true"));
        plain.ShouldContain("_superusers");
        plain.ShouldContain("_externalAuths");
        plain.ShouldNotContain("_sessions");
        plain.ShouldNotContain("_views");
        all.ShouldContain("_sessions");
        (await shared.App.GetAsync("/api/collections/_sessions", shared.Root)).Status.ShouldBe(HttpStatusCode.OK);

        async Task<string[]> ListAsync(string query)
        {
            var list = await shared.App.GetAsync($"/api/collections?perPage=200{query}", shared.Root);
            var names = list.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!).ToArray();
            list.Body.GetProperty("totalItems").GetInt32().ShouldBe(names.Length);
            return names;
        }
    }

    [Theory]
    [InlineData("/api/Collections/users/records")]
    [InlineData("/api/collections/users/Records")]
    [InlineData("/api/Settings")]
    [InlineData("/API/health")]
    public async Task Addresses_are_read_letter_by_letter(string path) => (await shared.App.GetAsync(path, shared.Root)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Every_answer_keeps_other_pages_out()
    {
        (await shared.App.GetAsync("/api/health")).Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        (await shared.App.GetAsync("/api/collections/USERS/records?perPage=1", shared.Root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Jobs_have_two_members()
    {
        var jobs = await shared.App.GetAsync("/api/crons", shared.Root);
        jobs.Body.EnumerateArray().ShouldAllBe(job => job.EnumerateObject().Select(member => member.Name).SequenceEqual(new[] { "id", "expression" }));
    }

    [Fact]
    public async Task The_scaffold_of_accounts_has_its_indexes()
    {
        var indexes = (await shared.App.GetAsync("/api/collections/meta/scaffolds", shared.Root)).Body.GetProperty("auth").GetProperty("indexes").EnumerateArray().Select(index => index.GetString()!).ToArray();
        indexes.Length.ShouldBe(2);
        indexes.ShouldAllBe(index => index.Contains("ON `` (", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("confirm-verification", "All superusers are verified by default.")]
    [InlineData("confirm-email-change", "All superusers can change their emails directly.")]
    public async Task Superusers_confirm_nothing(string route, string message)
    {
        var answer = await shared.App.SendAsync("POST", $"/api/collections/_superusers/{route}", new { token = "x" });
        (answer.Status, answer.Message).ShouldBe((HttpStatusCode.BadRequest, message));
    }

    [Fact]
    public async Task Mails_name_what_is_too_long()
    {
        var address = $"a@{new string('b', 300)}.org";
        foreach (var route in new[] { "request-password-reset", "request-verification" })
        {
            var answer = await shared.App.SendAsync("POST", $"/api/collections/users/{route}", new { email = address });
            answer.Body.GetProperty("data").GetProperty("email").GetProperty("code").GetString().ShouldBe("validation_length_out_of_range", route);
        }
        var changed = await shared.App.SendAsync("POST", "/api/collections/users/confirm-email-change", new { token = "x", password = new string('y', 101) });
        string.Join(' ', Flat(changed.Body.GetProperty("data"), "").Order(StringComparer.Ordinal)).ShouldBe("password:validation_length_out_of_range token:validation_invalid_token_payload");
    }

    private static IEnumerable<string> Flat(JsonElement data, string path) => data.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
        ? [$"{path.TrimEnd('.')}:{code.GetString()}"]
        : data.EnumerateObject().SelectMany(member => Flat(member.Value, $"{path}{member.Name}."));

    private static string Names(Answer answer) => string.Join(' ', answer.Body.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()));

    private static Dictionary<string, JsonElement> Merged(string body, string name, string type) =>
        new(JsonElement.Parse(body).EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value))) { ["name"] = JsonSerializer.SerializeToElement(name), ["type"] = JsonSerializer.SerializeToElement(type) };

    private async Task MakeAsync(string body)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonElement.Parse(body), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
