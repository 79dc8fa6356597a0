using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>
/// Asking for what one may not see: by filters, sorts, expands, back-relations and batches. Each question is put twice, with a right guess and a wrong one:
/// when the two answers are the same, they told nothing.
/// </summary>
public sealed class LeakAttackTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";
    private string eveToken = "";
    private Hearth.Records.Record ann = null!;
    private string postId = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(async made =>
        {
            (app, root) = (made, await made.SuperuserTokenAsync());
            await MakeAsync(new { name = "people", type = "auth", listRule = "id = @request.auth.id", viewRule = "id = @request.auth.id", fields = new object[] { new { name = "salary", type = "number", hidden = true } } });
            var people = app.App.Schema.Find("people")!.Id;
            await MakeAsync(new
            {
                name = "posts",
                type = "base",
                listRule = "",
                viewRule = "",
                fields = new object[] { new { name = "title", type = "text" }, new { name = "draft", type = "text", hidden = true }, new { name = "author", type = "relation", collectionId = people, maxSelect = 1 } },
            });
            await MakeAsync(new
            {
                name = "notes",
                type = "base",
                fields = new object[] { new { name = "text", type = "text" }, new { name = "post", type = "relation", collectionId = app.App.Schema.Find("posts")!.Id, maxSelect = 1 } },
            });
        });
        root = await app.SuperuserTokenAsync();
        ann = await app.CreateAsync("people", new { email = "ann@example.com", password = "ann's long word", salary = 77 });
        var eve = await app.CreateAsync("people", new { email = "eve@example.com", password = "eve's long word", salary = 12 });
        eveToken = app.TokenOf(eve);
        var post = await app.CreateAsync("posts", new { title = "A", draft = "top secret", author = ann.Id });
        postId = post.Id;
        await app.CreateAsync("posts", new { title = "B", draft = "nothing", author = eve.Id });
        await app.CreateAsync("notes", new { text = "the treasure", post = post.Id });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("draft = '{}'", "top secret", "top hat")]
    [InlineData("draft ~ '{}'", "secret", "hat")]
    [InlineData("author.email = '{}'", "ann@example.com", "amy@example.com")]
    [InlineData("author.email ~ '{}'", "ann@", "amy@")]
    [InlineData("author.email ?~ '{}'", "ann@", "amy@")]
    [InlineData("author.salary > {}", "70", "80")]
    [InlineData("author.password ~ '{}'", "argon2", "bcrypt")]
    [InlineData("author.tokenKey ~ '{}'", "KEY", "!!!!")]
    [InlineData("title = 'A' && author.emailVisibility = {}", "false", "true")]
    [InlineData("title = 'A' && author.verified = {}", "false", "true")]
    [InlineData("notes_via_post.text ~ '{}'", "treasure", "rubbish")]
    [InlineData("notes_via_post.text ?= '{}'", "the treasure", "rubbish")]
    [InlineData("notes_via_post.id != '' && notes_via_post.text !~ '{}'", "treasure", "rubbish")]
    [InlineData("author.posts_via_author.draft ~ '{}'", "secret", "hat")]
    [InlineData("author.posts_via_author.notes_via_post.text ~ '{}'", "treasure", "rubbish")]
    [InlineData("@collection.notes.text ~ '{}'", "treasure", "rubbish")]
    [InlineData("@collection.notes.post ?= id && @collection.notes.text ?~ '{}'", "treasure", "rubbish")]
    [InlineData("@request.auth.tokenKey ~ '{}'", "KEY", "!!!!")]
    [InlineData("title = 'A' && (draft ~ '{}' || 1 = 2)", "secret", "hat")]
    [InlineData("1 = 1 || draft = '{}'", "top secret", "top hat")]
    public async Task A_filter_tells_nothing(string filter, string right, string wrong)
    {
        right = right.Replace("KEY", ann.GetText("tokenKey")[..4], StringComparison.Ordinal);
        foreach (var token in (string?[])[null, eveToken])
        {
            var (yes, no) = (await ListAsync("filter=" + Uri.EscapeDataString(filter.Replace("{}", right, StringComparison.Ordinal)), token),
                await ListAsync("filter=" + Uri.EscapeDataString(filter.Replace("{}", wrong, StringComparison.Ordinal)), token));
            (yes.Status, yes.Text).ShouldBe((no.Status, no.Text), filter);
            ((int)yes.Status).ShouldBeLessThan(500);
        }
        // The same question tells a superuser the truth, so that it is one at all; secrets of accounts are told to nobody.
        if (filter.Contains("password", StringComparison.Ordinal) || filter.Contains("tokenKey", StringComparison.Ordinal) || filter.StartsWith("1 = 1", StringComparison.Ordinal)) return;
        (await ListAsync("filter=" + Uri.EscapeDataString(filter.Replace("{}", right, StringComparison.Ordinal)), root)).Text
            .ShouldNotBe((await ListAsync("filter=" + Uri.EscapeDataString(filter.Replace("{}", wrong, StringComparison.Ordinal)), root)).Text, filter);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("author.email")]
    [InlineData("author.salary")]
    [InlineData("author.tokenKey")]
    [InlineData("author.password")]
    [InlineData("notes_via_post.text")]
    [InlineData("@collection.notes.text")]
    public async Task An_order_tells_nothing(string by)
    {
        foreach (var token in (string?[])[null, eveToken])
        {
            var (up, down) = (await ListAsync("sort=" + by, token), await ListAsync("sort=-" + by, token));
            if (up.Status != HttpStatusCode.OK)
            {
                ((int)up.Status).ShouldBeInRange(400, 403);
                continue;
            }
            // What cannot be seen sorts as if it were not there: storage order, one way or the other, and the same after the value has changed.
            foreach (var draft in (string[])["aaa", "zzz"])
            {
                await ChangeAsync(draft);
                (await ListAsync("sort=" + by, token)).Text.ShouldBe(up.Text);
                (await ListAsync("sort=-" + by, token)).Text.ShouldBe(down.Text);
            }
        }
    }

    [Theory]
    [InlineData("author")]
    [InlineData("notes_via_post")]
    [InlineData("notes(post)")]
    [InlineData("author.posts_via_author")]
    [InlineData("author,notes_via_post,author.posts_via_author.notes_via_post")]
    public async Task An_expand_shows_nothing(string expand)
    {
        foreach (var path in (string[])["/api/collections/posts/records?filter=title='A'&expand=", $"/api/collections/posts/records/{postId}?expand="])
        {
            foreach (var token in (string?[])[null, eveToken])
            {
                var seen = await app.GetAsync(path + expand + "&fields=*,expand.*,expand.author.*", token);
                seen.Status.ShouldBe(HttpStatusCode.OK);
                foreach (var secret in (string[])["treasure", "top secret", "ann@example.com", "salary", "tokenKey", "argon2"]) seen.Text.ShouldNotContain(secret);
            }
        }
    }

    [Fact]
    public async Task A_batch_is_no_way_around()
    {
        (await app.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true, maxRequests = 10, timeout = 3 } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        object[] steps =
        [
            new { method = "POST", url = "/api/collections/notes/records", body = new { text = "mine" } },
            new { method = "PATCH", url = $"/api/collections/posts/records/{postId}?expand=author,notes_via_post", body = new { title = "Mine" } },
            new { method = "DELETE", url = $"/api/collections/people/records/{ann.Id}" },
            new { method = "PUT", url = "/api/collections/people/records", body = new { id = ann.Id, verified = true } },
            new { method = "POST", url = "/api/collections/_superusers/records", body = new { email = "evil@example.com", password = "evil's long word", passwordConfirm = "evil's long word" } },
        ];
        foreach (var step in steps)
        {
            var answer = await app.SendAsync("POST", "/api/batch", new { requests = new[] { step } }, eveToken);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
            foreach (var secret in (string[])["treasure", "top secret", "ann@example.com"]) answer.Text.ShouldNotContain(secret);
        }
        // The headers of an item do not make somebody else of it.
        var borrowed = await app.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "POST", url = "/api/collections/notes/records", body = new { text = "mine" }, headers = new { Authorization = root } } } }, eveToken);
        borrowed.Status.ShouldBe(HttpStatusCode.BadRequest, borrowed.Text);
        (await app.GetAsync($"/api/collections/posts/records/{postId}", root)).Body.GetProperty("title").GetString().ShouldBe("A");
    }

    private Task<Answer> ListAsync(string query, string? token) => app.GetAsync("/api/collections/posts/records?" + query, token);

    private async Task ChangeAsync(string text)
    {
        (await app.SendAsync("PATCH", $"/api/collections/posts/records/{postId}", new { draft = text }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("PATCH", $"/api/collections/people/records/{ann.Id}", new { email = text + "@example.com", salary = text == "aaa" ? 1 : 99 }, root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task MakeAsync(object collection)
    {
        var made = await app.SendAsync("POST", "/api/collections", JsonSerializer.SerializeToElement(collection), root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
