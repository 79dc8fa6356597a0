using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Strong entity tags of single records: reading only what changed, changing only what is known (RFC 9110, 13.1).</summary>
public sealed class EntityTagTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private Blog blog = null!;
    private string path = "";

    public async Task InitializeAsync()
    {
        blog = await Blog.BeginAsync(shared);
        path = "posts/records/" + (await blog.AddAsync("posts", new { title = "t" })).Id();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_known_record_is_not_sent_again()
    {
        var first = await blog.SendAsync("GET", path);
        var tag = first.Headers.ETag!.ToString();
        var again = await blog.SendAsync("GET", path, headers: ("If-None-Match", tag));
        (again.Status, again.Text).ShouldBe((HttpStatusCode.NotModified, ""));
        await blog.SendAsync("PATCH", path, new { title = "u" });
        (await blog.SendAsync("GET", path, headers: ("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_may_ask_for_the_record_to_be_as_it_was_read()
    {
        var tag = (await blog.SendAsync("GET", path)).Headers.ETag!.ToString();
        var changed = await blog.SendAsync("PATCH", path, new { title = "u" }, headers: ("If-Match", tag));
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        changed.Headers.ETag!.ToString().ShouldBe((await blog.SendAsync("GET", path)).Headers.ETag!.ToString());
        var late = await blog.SendAsync("PATCH", path, new { title = "v" }, headers: ("If-Match", tag));
        ((int)late.Status, late.Body.GetProperty("status").GetInt32()).ShouldBe((412, 412));
        ((int)(await blog.SendAsync("DELETE", path, headers: ("If-Match", tag))).Status).ShouldBe(412);
        (await blog.SendAsync("GET", path)).Body.Text("title").ShouldBe("u");
        (await blog.SendAsync("DELETE", path, headers: ("If-Match", "*"))).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_many_who_read_the_same_only_one_may_change_it()
    {
        var tag = (await blog.SendAsync("GET", path)).Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => blog.SendAsync("PATCH", path, new { title = $"n{i}" }, headers: ("If-Match", tag))));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => (int)a.Status == 412).ShouldBe(19);
    }
}
