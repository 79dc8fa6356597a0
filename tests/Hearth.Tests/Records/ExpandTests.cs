using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Relations followed in answers (contract 1.13).</summary>
public sealed class ExpandTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private Blog blog = null!;
    private string post = "", ann = "", ben = "";

    public async Task InitializeAsync()
    {
        blog = await Blog.BeginAsync(shared);
        ben = (await blog.AddAsync("people", new { name = "Ben" })).Id();
        ann = (await blog.AddAsync("people", new { name = "Ann", boss = ben })).Id();
        string[] tags = [(await blog.AddAsync("tags", new { name = "t1", weight = 1 })).Id(), (await blog.AddAsync("tags", new { name = "t2", weight = 2 })).Id()];
        post = (await blog.AddAsync("posts", new { title = "p", author = ann, tags = tags.Reverse() })).Id();
        await blog.AddAsync("comments", new { text = "c1", post, author = ben });
        await blog.AddAsync("comments", new { text = "c2", post });
        await blog.AddAsync("details", new { text = "d", post });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("author", """{"author":"Ann"}""")]
    [InlineData("tags", """{"tags":["t2","t1"]}""")]
    [InlineData(" author . boss ,.tags.,author", """{"author":{"Ann":{"boss":"Ben"}},"tags":["t2","t1"]}""")]
    [InlineData("comments_via_post.author", """{"comments_via_post":[{"c1":{"author":"Ben"}},{"c2":{}}]}""")]
    [InlineData("comments(post)", """{"comments(post)":["c1","c2"]}""")]
    [InlineData("details_via_post", """{"details_via_post":"d"}""")]
    [InlineData("author.posts_via_author.author.boss", """{"author":{"Ann":{"posts_via_author":[{"p":{"author":{"Ann":{"boss":"Ben"}}}}]}}}""")]
    [InlineData("nope,title,photo,people_via_boss,comments_via_nope,author.nope", """{"author":"Ann"}""")]
    [InlineData("nope", "null")]
    public async Task Follows_what_can_be_followed(string expand, string seen)
    {
        var record = await blog.GetAsync("posts", post, "?expand=" + Uri.EscapeDataString(expand));
        (record.TryGetProperty("expand", out var found) ? Brief(found) : "null").ShouldBe(seen);
        var listed = (await blog.SendAsync("GET", "posts/records?expand=" + Uri.EscapeDataString(expand))).Body.GetProperty("items")[0];
        JsonElement.DeepEquals(listed, (await blog.SendAsync("GET", $"posts/records/{post}?expand=" + Uri.EscapeDataString(expand))).Body).ShouldBeTrue();
    }

    [Theory]
    [InlineData("people", null, "author,tags", """{"tags":["t2","t1"]}""")]
    [InlineData("tags", "weight > 1", "tags", """{"tags":["t2"]}""")]
    [InlineData("tags", "weight > 9", "tags", "{}")]
    [InlineData("comments", "@request.context = 'expand' && text = 'c2'", "comments_via_post", """{"comments_via_post":["c2"]}""")]
    public async Task Expanded_records_are_under_their_own_view_rule(string collection, string? rule, string expand, string seen)
    {
        await blog.ChangeAsync(collection, new Dictionary<string, object?> { ["viewRule"] = rule });
        Brief((await blog.SendAsync("GET", $"posts/records/{post}?expand={expand}")).Body.GetProperty("expand")).ShouldBe(seen);
    }

    [Fact]
    public async Task Written_records_are_expanded_too()
    {
        var created = await blog.SendAsync("POST", "comments/records?expand=post.author", new { text = "c3", post });
        Brief(created.Body.GetProperty("expand")).ShouldBe("""{"post":{"p":{"author":"Ann"}}}""");
        var updated = await blog.SendAsync("PATCH", $"posts/records/{post}?expand=author", new { author = ben });
        Brief(updated.Body.GetProperty("expand")).ShouldBe("""{"author":"Ben"}""");
    }

    [Fact]
    public async Task A_record_shows_at_most_a_thousand_that_refer_to_it()
    {
        var schema = blog.Server.App.Schema;
        var rows = Enumerable.Range(0, 1005).Select(i => new Hearth.Records.Submission(new Dictionary<string, JsonElement> { ["text"] = $"\"x{i}\"".AsJson(), ["post"] = $"\"{post}\"".AsJson() })).ToList();
        (await blog.Server.App.Records.WriteManyAsync(schema, schema.Find("comments")!, rows)).ShouldAllBe(r => r.Added);
        var other = (await blog.AddAsync("posts", new { title = "other" })).Id();
        await blog.AddAsync("comments", new { text = "alone", post = other });
        (await blog.GetAsync("posts", post, "?expand=comments_via_post")).GetProperty("expand").GetProperty("comments_via_post").GetArrayLength().ShouldBe(1000);
        var list = (await blog.SendAsync("GET", "posts/records?expand=comments_via_post")).Body.GetProperty("items");
        list.EnumerateArray().Select(p => p.GetProperty("expand").GetProperty("comments_via_post").GetArrayLength()).ShouldBe([1000, 1]);
    }

    [Fact]
    public async Task Levels_end_at_six()
    {
        var at = ben;
        for (var level = 9; level >= 1; level--) at = (await blog.AddAsync("people", new { name = $"L{level}", boss = at })).Id();
        var record = (await blog.SendAsync("GET", $"people/records/{at}?expand=boss.boss.boss.boss.boss.boss.boss.boss")).Body;
        var depth = 0;
        while (record.TryGetProperty("expand", out var expand) && expand.TryGetProperty("boss", out record)) depth++;
        depth.ShouldBe(6);
    }

    [Fact]
    public async Task Circles_that_would_fill_the_memory_are_refused()
    {
        var schema = blog.Server.App.Schema;
        var rows = Enumerable.Range(0, 600).Select(i => new Hearth.Records.Submission(new Dictionary<string, JsonElement> { ["text"] = $"\"x{i}\"".AsJson(), ["post"] = $"\"{post}\"".AsJson() })).ToList();
        await blog.Server.App.Records.WriteManyAsync(schema, schema.Find("comments")!, rows);
        var answer = await blog.SendAsync("GET", $"posts/records/{post}?expand=comments_via_post.post.comments_via_post.post.comments_via_post.post");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    // Names instead of whole records: "Ann", or {"Ann":{...}} when it was expanded further.
    private static string Brief(JsonElement expand) => "{" + string.Join(",", expand.EnumerateObject().Select(p => $"\"{p.Name}\":{BriefOf(p.Value)}")) + "}";

    private static string BriefOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return "[" + string.Join(",", value.EnumerateArray().Select(BriefOf)) + "]";
        var name = ((string[])["name", "title", "text"]).Select(key => value.TryGetProperty(key, out var text) ? text.GetString() : null).First(text => text is not null);
        return value.TryGetProperty("expand", out var expand) && (expand.EnumerateObject().Any() || name == "c2") ? $"{{\"{name}\":{Brief(expand)}}}" : $"\"{name}\"";
    }
}
