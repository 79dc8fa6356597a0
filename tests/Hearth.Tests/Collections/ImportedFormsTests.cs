using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>Files of collections from elsewhere: in the form before 0.23, and with ids that are others here. Names that change, and the views that go along.</summary>
public sealed class ImportedFormsTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
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
    public async Task Collections_in_the_form_before_0_23_are_converted()
    {
        var file = JsonElement.Parse(
            """
            {"collections":[
              {"id":"oldmembers00001","name":"members","type":"auth","system":false,"schema":[{"id":"m1","name":"bio","type":"editor","options":{"convertUrls":true}}],"indexes":[],"listRule":"","viewRule":null,
               "options":{"allowEmailAuth":true,"allowOAuth2Auth":false,"allowUsernameAuth":true,"exceptEmailDomains":null,"onlyEmailDomains":["example.com"],"manageRule":"verified = true","minPasswordLength":9,"onlyVerified":true,"requireEmail":true}},
              {"id":"oldbooks0000001","name":"books","type":"base","system":false,"schema":[
                {"id":"b1","name":"title","type":"text","required":true,"presentable":true,"unique":true,"options":{"min":2,"max":null,"pattern":""}},
                {"id":"b2","name":"pages","type":"number","options":{"min":null,"max":9,"noDecimal":true}},
                {"id":"b3","name":"owners","type":"relation","options":{"collectionId":"oldmembers00001","cascadeDelete":false,"minSelect":null,"maxSelect":null,"displayFields":["id"]}},
                {"id":"b4","name":"kind","type":"select","options":{"maxSelect":1,"values":["a","b"]}},
                {"id":"b5","name":"scan","type":"file","options":{"maxSelect":3,"maxSize":500,"mimeTypes":null,"thumbs":null,"protected":true}}],
               "indexes":["CREATE INDEX `idx_pages` ON `books` (`pages`)"],"listRule":"owners.id ?= @request.auth.id","createRule":null,"options":{}},
              {"id":"oldview00000001","name":"titles","type":"view","schema":[{"id":"v1","name":"title","type":"text","options":{}}],"indexes":[],"listRule":"","options":{"query":"SELECT id, title FROM books"}}]}
            """);
        var plan = await app.SendAsync("PUT", "/api/collections/import?plan=true", file, token);
        plan.Status.ShouldBe(HttpStatusCode.OK, plan.Text);
        var steps = plan.Body.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("action").GetString() == "readDefinition").Select(step => step.GetProperty("description").GetString()).ToList();
        steps.ShouldBe(
        [
            "Read members from the form before version 0.23: 1 field of its schema, and how its accounts sign in.", "Read books from the form before version 0.23: 5 fields of its schema.",
            "Read titles from the form before version 0.23: its query.",
        ]);
        // Again over what is there: nothing is lost by a second time.
        for (var times = 0; times < 2; times++)
        {
            var done = await app.SendAsync("PUT", "/api/collections/import", file, token);
            done.Status.ShouldBe(HttpStatusCode.NoContent, done.Text);
        }

        var books = (await app.GetAsync("/api/collections/books", token)).Body;
        Fields(books).ShouldBe(["id", "title", "pages", "owners", "kind", "scan", "created", "updated"]);
        (Field(books, "title").GetProperty("min").GetInt32(), Field(books, "pages").GetProperty("onlyInt").GetBoolean(), Field(books, "owners").GetProperty("maxSelect").GetInt32()).ShouldBe((2, true, int.MaxValue));
        (Field(books, "kind").GetProperty("maxSelect").GetInt32(), Field(books, "scan").GetProperty("maxSelect").GetInt32(), Field(books, "scan").GetProperty("protected").GetBoolean()).ShouldBe((1, 3, true));
        books.GetProperty("indexes").EnumerateArray().Select(index => index.GetString()).ShouldBe(["CREATE INDEX `idx_pages` ON `books` (`pages`)", "CREATE UNIQUE INDEX `idx_unique_books_title` ON `books` (`title`)"]);

        var members = (await app.GetAsync("/api/collections/members", token)).Body;
        (members.GetProperty("authRule").GetString(), members.GetProperty("manageRule").GetString(), Field(members, "password").GetProperty("min").GetInt32(), Field(members, "bio").GetProperty("convertURLs").GetBoolean()).ShouldBe(("verified = true", "verified = true", 9, true));
        members.GetProperty("passwordAuth").GetProperty("identityFields").GetRawText().ShouldBe("""["username","email"]""");
        var account = await app.SendAsync("POST", "/api/collections/members/records", new { email = "ann@example.com", password = "quite long 1", passwordConfirm = "quite long 1", verified = true }, token);
        account.Status.ShouldBe(HttpStatusCode.OK, account.Text);
        account.Body.GetProperty("username").GetString().ShouldStartWith("users");
        (await app.SendAsync("POST", "/api/collections/members/auth-with-password", new { identity = account.Body.GetProperty("username").GetString(), password = "quite long 1" })).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/books/records", new { title = "One", owners = new[] { account.Body.GetProperty("id").GetString() } }, token)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/collections/titles/records")).Body.GetProperty("items")[0].GetProperty("title").GetString().ShouldBe("One");
    }

    [Theory]
    [InlineData("""{"name":"odd","schema":[5]}""")]
    [InlineData("""{"name":"odd","schema":[{"name":"a","type":"user","options":{}}]}""")]
    [InlineData("""{"name":"odd","schema":[{"name":"a","type":"text","options":{"min":"x"}}]}""")]
    public async Task Old_definitions_that_make_no_sense_are_refused(string entry)
    {
        var answer = await app.SendAsync("PUT", "/api/collections/import", JsonElement.Parse($$"""{"collections":[{{entry}}]}"""), token);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        app.App.Schema.Find("odd").ShouldBeNull();
    }

    [Fact]
    public async Task Relations_follow_the_ids_of_the_file()
    {
        var file = JsonElement.Parse(
            """
            {"collections":[
              {"id":"pbc_elsewhere01","name":"tasks","type":"base","fields":[{"id":"r1","name":"owner","type":"relation","collectionId":"usersElsewhere1","maxSelect":1},{"id":"r2","name":"parent","type":"relation","collectionId":"tasks","maxSelect":1}]},
              {"id":"usersElsewhere1","name":"users","type":"auth"}]}
            """);
        var plan = await app.SendAsync("PUT", "/api/collections/import?plan=true", file, token);
        plan.Text.ShouldContain("The field owner refers to users, which is called usersElsewhere1 in the file.");
        (await app.SendAsync("PUT", "/api/collections/import", file, token)).Status.ShouldBe(HttpStatusCode.NoContent);
        var tasks = (await app.GetAsync("/api/collections/tasks", token)).Body;
        (Field(tasks, "owner").GetProperty("collectionId").GetString(), Field(tasks, "parent").GetProperty("collectionId").GetString()).ShouldBe(("_pb_users_auth_", tasks.GetProperty("id").GetString()));
        var wrong = JsonElement.Parse("""{"collections":[{"name":"more","type":"base","fields":[{"name":"owner","type":"relation","collectionId":"nobody000000001","maxSelect":1}]}]}""");
        (await app.SendAsync("PUT", "/api/collections/import", wrong, token)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Views_go_along_with_new_names_and_give_what_they_gave()
    {
        (await app.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"plants","fields":[{"id":"f1","name":"title","type":"text"},{"id":"f2","name":"n","type":"number"}]}"""), token)).Status.ShouldBe(HttpStatusCode.OK);
        string[] queries =
        [
            "SELECT id, title FROM plants WHERE title != \"\" ORDER BY n",
            "SELECT p.id, p.title AS heading, upper(p.title) AS loud, count(p.n) AS n FROM plants p GROUP BY p.id, p.title",
            "SELECT id, coalesce(title, 'title') AS title, (SELECT max(title) FROM plants) AS top FROM plants",
            "SELECT id, title FROM v0",
        ];
        for (var i = 0; i < queries.Length; i++) (await app.SendAsync("POST", "/api/collections", new { name = $"v{i}", type = "view", viewQuery = queries[i], listRule = "" }, token)).Status.ShouldBe(HttpStatusCode.OK, queries[i]);
        await app.SendAsync("POST", "/api/collections/plants/records", new { title = "Oak", n = 1 }, token);
        var before = await ContentsAsync();

        var change = JsonElement.Parse("""{"name":"trees","fields":[{"id":"f1","name":"headline","type":"text"},{"id":"f2","name":"number","type":"number"}]}""");
        var plan = await app.SendAsync("PATCH", "/api/collections/plants?plan=true", change, token);
        plan.Status.ShouldBe(HttpStatusCode.OK, plan.Text);
        plan.Body.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("description").GetString()).ShouldContain("Make the view v0 anew; its query is now: SELECT id, `headline` AS `title` FROM trees WHERE `headline` != '' ORDER BY `number`");
        var changed = await app.SendAsync("PATCH", "/api/collections/plants", change, token);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        (await ContentsAsync()).ShouldBe(before);
        app.App.Schema.Find("v3")!.ViewQuery.ShouldBe("SELECT id, title FROM v0");

        async Task<List<string>> ContentsAsync()
        {
            var told = new List<string>();
            for (var i = 0; i < queries.Length; i++) told.Add((await app.GetAsync($"/api/collections/v{i}/records")).Body.GetProperty("items").GetRawText());
            return told;
        }
    }

    [Fact]
    public async Task A_view_in_which_it_is_not_clear_what_is_meant_refuses_the_new_name()
    {
        (await app.SendAsync("POST", "/api/collections", JsonElement.Parse("""{"name":"stones","fields":[{"id":"f1","name":"title","type":"text"}]}"""), token)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections", new { name = "inner", type = "view", viewQuery = "SELECT id, title FROM (SELECT id, title FROM stones) x" }, token)).Status.ShouldBe(HttpStatusCode.OK);
        var answer = await app.SendAsync("PATCH", "/api/collections/stones", JsonElement.Parse("""{"fields":[{"id":"f1","name":"headline","type":"text"}]}"""), token);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldContain("inner");
        app.App.Schema.Find("stones")!.FindField("title").ShouldNotBeNull();
    }

    private static List<string> Fields(JsonElement collection) => [.. collection.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!)];

    private static JsonElement Field(JsonElement collection, string name) => collection.GetProperty("fields").EnumerateArray().First(field => field.GetProperty("name").GetString() == name);
}
