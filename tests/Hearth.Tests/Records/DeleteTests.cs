using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>What goes with a removed record, what keeps it, and what merely forgets it (contract 5.10, 6.5).</summary>
public sealed class DeleteTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private Blog blog = null!;

    public async Task InitializeAsync() => blog = await Blog.BeginAsync(shared);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Cascades_forgets_and_updates_the_dates_of_who_forgot()
    {
        var author = (await blog.AddAsync("people", new { name = "Ann" })).Id();
        string[] tags = [(await blog.AddAsync("tags", new { name = "a" })).Id(), (await blog.AddAsync("tags", new { name = "b" })).Id()];
        var post = await blog.AddAsync("posts", new { title = "t", author, tags });
        var comment = (await blog.AddAsync("comments", new { post = post.Id(), author })).Id();

        (await blog.SendAsync("DELETE", $"tags/records/{tags[0]}")).Status.ShouldBe(HttpStatusCode.NoContent);
        var after = await blog.GetAsync("posts", post.Id());
        after.GetProperty("tags").GetRawText().ShouldBe($"[\"{tags[1]}\"]");
        string.CompareOrdinal(after.Text("updated"), post.Text("updated")).ShouldBeGreaterThan(0);

        (await blog.SendAsync("DELETE", $"people/records/{author}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await blog.GetAsync("posts", post.Id())).Text("author").ShouldBe("");
        (await blog.GetAsync("comments", comment)).Text("author").ShouldBe("");

        (await blog.SendAsync("DELETE", $"posts/records/{post.Id()}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await blog.CountAsync("comments")).ShouldBe(0);
    }

    [Fact]
    public async Task A_required_reference_blocks_the_whole()
    {
        var post = (await blog.AddAsync("posts", new { title = "t" })).Id();
        await blog.AddAsync("comments", new { post });
        await blog.AddAsync("details", new { post });
        var answer = await blog.SendAsync("DELETE", $"posts/records/{post}");
        ((int)answer.Status, answer.Message).ShouldBe((400, "Failed to delete record. Make sure that the record is not part of a required relation reference."));
        (await blog.CountAsync("posts"), await blog.CountAsync("comments")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Circles_and_long_chains_end()
    {
        await blog.ChangeAsync("people", """{"fields":[{"name":"name","type":"text"},{"name":"boss","type":"relation","collectionId":"people00000000","maxSelect":1,"cascadeDelete":true}]}""".AsJson());
        var first = (await blog.AddAsync("people", new { name = "first" })).Id();
        var last = first;
        for (var i = 0; i < 300; i++) last = (await blog.AddAsync("people", new { name = "n", boss = last })).Id();
        (await blog.SendAsync("PATCH", $"people/records/{first}", new { boss = last })).Status.ShouldBe(HttpStatusCode.OK);
        (await blog.SendAsync("DELETE", $"people/records/{first}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await blog.CountAsync("people")).ShouldBe(0);
    }

    [Fact]
    public async Task A_record_that_refers_to_itself_goes_alone()
    {
        await blog.ChangeAsync("people", """{"fields":[{"name":"name","type":"text"},{"name":"boss","type":"relation","collectionId":"people00000000","maxSelect":1,"cascadeDelete":true}]}""".AsJson());
        var self = (await blog.AddAsync("people", new { name = "self" })).Id();
        await blog.SendAsync("PATCH", $"people/records/{self}", new { boss = self });
        (await blog.SendAsync("DELETE", $"people/records/{self}")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_last_superuser_stays()
    {
        var only = (await blog.SendAsync("GET", "_superusers/records", token: blog.Root)).Body.GetProperty("items")[0].Id();
        var answer = await blog.SendAsync("DELETE", $"_superusers/records/{only}", token: blog.Root);
        ((int)answer.Status, answer.Message).ShouldBe((400, "You can't delete the only existing superuser."));
        await blog.AddAsync("_superusers", new { email = "two@example.com", password = "moss-lamp-57", passwordConfirm = "moss-lamp-57" });
        (await blog.SendAsync("DELETE", $"_superusers/records/{only}", token: blog.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Truncating_cascades_too()
    {
        for (var i = 0; i < 5; i++)
        {
            var post = (await blog.AddAsync("posts", new { title = $"t{i}" })).Id();
            await blog.AddAsync("comments", new { post });
        }
        (await blog.SendAsync("DELETE", "posts/truncate", token: blog.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await blog.CountAsync("posts"), await blog.CountAsync("comments")).ShouldBe((0, 0));
    }
}
