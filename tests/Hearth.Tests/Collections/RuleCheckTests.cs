using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

public sealed class RuleCheckTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(async made =>
        {
            (app, token) = (made, await made.SuperuserTokenAsync());
            await Make(new { name = "tags", type = "base", fields = new object[] { new { name = "label", type = "text" } } });
            var tags = (await app.GetAsync("/api/collections/tags", token)).Body.GetProperty("id").GetString();
            await Make(new
            {
                name = "posts",
                type = "base",
                fields = new object[]
                {
                    new { name = "title", type = "text" }, new { name = "views", type = "number" }, new { name = "place", type = "geoPoint" }, new { name = "meta", type = "json" },
                    new { name = "author", type = "relation", collectionId = "_pb_users_auth_", maxSelect = 1 }, new { name = "tags", type = "relation", collectionId = tags, maxSelect = 5 },
                    new { name = "created", type = "autodate", onCreate = true },
                },
            });
        });
        token = await app.SuperuserTokenAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_superusers_check_rules()
    {
        var user = await app.CreateAsync("users", new { email = "u@example.com", password = "a-Lantern-72-plum" });
        (await app.SendAsync("POST", "/api/rules/check", new { collection = "posts", rule = "" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", "/api/rules/check", new { collection = "posts", rule = "" }, app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("author = @request.auth.id", """{"op":"=","any":false,"left":{"kind":"field","path":"author","collection":"posts","type":"relation","target":"users"},"right":{"kind":"caller","path":"id","type":"text"}}""")]
    [InlineData("author.verified != false", """{"op":"!=","any":false,"left":{"kind":"field","path":"author.verified","collection":"users","type":"bool","via":["users"]},"right":{"kind":"bool","value":false}}""")]
    [InlineData("tags.label ?~ 'x' // why", """{"op":"~","any":true,"left":{"kind":"field","path":"tags.label","collection":"tags","type":"text","many":true,"via":["tags"]},"right":{"kind":"text","value":"x"}}""")]
    [InlineData("title:lower = \"a\\nb\"", """{"op":"=","any":false,"left":{"kind":"field","path":"title","collection":"posts","type":"text","modifier":"lower"},"right":{"kind":"text","value":"a\nb"}}""")]
    [InlineData("tags:length >= 2.5", """{"op":">=","any":false,"left":{"kind":"field","path":"tags","collection":"posts","type":"relation","target":"tags","modifier":"length","many":true},"right":{"kind":"number","value":2.5}}""")]
    [InlineData("created > @todayStart", """{"op":">","any":false,"left":{"kind":"field","path":"created","collection":"posts","type":"autodate"},"right":{"kind":"now","name":"@todayStart"}}""")]
    [InlineData("@request.body.title:isset = false", """{"op":"=","any":false,"left":{"kind":"request","path":"body.title","type":"text","modifier":"isset"},"right":{"kind":"bool","value":false}}""")]
    [InlineData("@request.auth.name = null", """{"op":"=","any":false,"left":{"kind":"caller","path":"name","type":"text"},"right":{"kind":"null","value":null}}""")]
    [InlineData("@collection.users:other.name ?= title", """{"op":"=","any":true,"left":{"kind":"collection","path":"name","collection":"users","type":"text","many":true},"right":{"kind":"field","path":"title","collection":"posts","type":"text"}}""")]
    [InlineData("posts_via_author.id = 'x'", "")]
    [InlineData("author.posts_via_author.views < 3", """{"op":"<","any":false,"left":{"kind":"field","path":"author.posts_via_author.views","collection":"posts","type":"number","many":true,"via":["users","posts"]},"right":{"kind":"number","value":3}}""")]
    [InlineData("geoDistance(place.lon, place.lat, 1, 2) < 25", """{"op":"<","any":false,"left":{"kind":"function","name":"geoDistance","args":[{"kind":"field","path":"place.lon","collection":"posts","type":"number"},{"kind":"field","path":"place.lat","collection":"posts","type":"number"},{"kind":"number","value":1},{"kind":"number","value":2}]},"right":{"kind":"number","value":25}}""")]
    [InlineData("meta.a.0 = 1", """{"op":"=","any":false,"left":{"kind":"field","path":"meta.a.0","collection":"posts"},"right":{"kind":"number","value":1}}""")]
    public async Task A_rule_is_read_as_a_tree(string rule, string tree)
    {
        var answer = await Check(new { collection = "posts", rule });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        if (tree.Length == 0)
        {
            answer.Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
            return;
        }
        answer.Body.GetProperty("valid").GetBoolean().ShouldBeTrue(answer.Text);
        JsonElement.DeepEquals(answer.Body.GetProperty("tree"), JsonDocument.Parse(tree).RootElement).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Groups_keep_what_binds_tighter_and_become_flat()
    {
        var tree = (await Check(new { collection = "posts", rule = "title = 'a' && (views = 1 && views = 2) || title = 'b' || (title = 'c' || title = 'd')" })).Body.GetProperty("tree");
        tree.GetProperty("op").GetString().ShouldBe("or");
        tree.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("op").GetString()).ShouldBe(["and", "=", "=", "="]);
        tree.GetProperty("parts")[0].GetProperty("parts").GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData("titel = 'a'", "titel", "did you mean")]
    [InlineData("title = 'a' && nope.x > 3", "nope.x", "no field")]
    [InlineData("title = ", "", "the text ends here")]
    [InlineData("title == 'a'", "=", "Expected a name")]
    [InlineData("title = 'a", "'a", "not closed")]
    [InlineData("title", "", "operator")]
    [InlineData("(title = 'a'", "", ")")]
    [InlineData("title = 'a' $", "$", "Unexpected character")]
    [InlineData("nope(1) = 2", "nope", "no function")]
    [InlineData("   ", "", "no condition")]
    [InlineData("@request.foo = 1", "@request.foo", "Unknown name")]
    [InlineData("@collection.nowhere.id = 1", "@collection.nowhere.id", "no collection")]
    public async Task The_mistake_is_shown_where_it_is(string rule, string marked, string says)
    {
        var answer = await Check(new { collection = "posts", rule });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var error = answer.Body.GetProperty("error");
        answer.Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
        error.GetProperty("message").GetString()!.ShouldContain(says);
        var (start, end) = (error.GetProperty("start").GetInt32(), error.GetProperty("end").GetInt32());
        rule[start..end].ShouldBe(marked);
        // What is refused here is refused when it is saved, and the other way round.
        (await app.SendAsync("PATCH", "/api/collections/posts", new { listRule = rule }, token)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Hostile_rules_cost_little_and_are_never_an_error_of_the_server()
    {
        foreach (var rule in new[]
        {
            string.Join(" && ", Enumerable.Repeat("title = 'a'", 201)), new string('(', 20_000), "a." + new string('b', 49_000), string.Concat(Enumerable.Repeat("a_via_", 8_000)) + "b = 1",
            "title = '" + new string('x', 49_000), "\u0000 = 1", "title = \ud83d", "strftime(strftime(strftime(strftime('a')))) = 1",
        })
        {
            var answer = await Check(new { collection = "posts", rule });
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            answer.Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
            answer.Body.GetProperty("error").GetProperty("message").GetString()!.Length.ShouldBeLessThan(400);
        }
    }

    [Fact]
    public async Task A_draft_is_checked_with_the_fields_that_it_will_have()
    {
        var fields = new object[] { new { name = "colour", type = "text" } };
        (await Check(new { collection = new { name = "paints", type = "base", fields }, rule = "colour = 'red'" })).Body.GetProperty("valid").GetBoolean().ShouldBeTrue();
        var posts = (await app.GetAsync("/api/collections/posts", token)).Body.GetProperty("id").GetString();
        (await Check(new { collection = new { id = posts, fields }, rule = "colour = 'red'" })).Body.GetProperty("valid").GetBoolean().ShouldBeTrue();
        (await Check(new { collection = new { id = posts, fields }, rule = "title = 'red'" })).Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
        (await Check(new { collection = "posts", rule = "colour = 'red'" })).Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
        // While somebody still gives names, two fields may have the same one; saving refuses that.
        (await Check(new { collection = new { name = "", type = "base", fields = new object[] { fields[0], fields[0] } }, rule = "colour = 'red'" })).Body.GetProperty("valid").GetBoolean().ShouldBeTrue();
        (await Check(new { collection = new { name = "posts", type = "base", fields }, rule = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_no_question_is_refused()
    {
        (await Check(new { rule = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Check(new { collection = "nowhere", rule = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Check(new { collection = "posts", rule = 5 })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Check(new { collection = "posts", rule = "", action = "fly" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Check(new { collection = "posts", rule = new string('a', 50_001) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Check(new { collection = "users", rule = "", action = "manage" })).Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
        var filter = $"title = '{new string('x', 3500)}'";
        (await Check(new { collection = "posts", rule = filter, action = "filter" })).Body.GetProperty("valid").GetBoolean().ShouldBeFalse();
        (await Check(new { collection = "posts", rule = filter, action = "list" })).Body.GetProperty("valid").GetBoolean().ShouldBeTrue();
    }

    private Task<Answer> Check(object body) => app.SendAsync("POST", "/api/rules/check", body, token);

    private async Task Make(object collection)
    {
        var made = await app.SendAsync("POST", "/api/collections", collection, token);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
