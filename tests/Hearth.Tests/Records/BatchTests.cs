using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Many writes, all of them or none (contract 6.8).</summary>
public sealed class BatchTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Posts = "/api/collections/posts/records";
    // Of the hooks of the one app.
    private static readonly List<string> Heard = [];
    private Blog blog = null!;

    public async Task InitializeAsync()
    {
        Heard.Clear();
        blog = await Blog.BeginAsync(shared, hearth =>
        {
            hearth.Records.Created.Add((Hearth.Records.RecordEvent e) => Heard.Add("created " + e.Record.GetText("title")), "posts");
            hearth.Records.Creating.Add(async (e, stop) =>
            {
                if (e.Record.GetText("title") == "slow") await Task.Delay(TimeSpan.FromMinutes(1), stop);
            }, "posts");
            hearth.Records.Updated.Add((Hearth.Records.RecordEvent e) => Heard.Add("updated " + e.Record.GetText("title")), "posts");
        });
        await SwitchOnAsync(new { enabled = true, maxRequests = 50, timeout = 3 });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Does_all_four_actions_in_order_and_tells_after_the_commit()
    {
        var post = (await blog.AddAsync("posts", new { title = "old", views = 1 })).Id();
        Heard.Clear();
        var answer = await SendAsync(
            new { method = "POST", url = Posts + "?fields=title,expand.author.name&expand=author", body = new { title = "new", author = "" } },
            new { method = "PATCH", url = $"{Posts}/{post}?fields=title,views", body = new Dictionary<string, object> { ["views+"] = 4 } },
            new { method = "PUT", url = Posts + "?fields=title", body = new { id = "upsert000000000", title = "first" } },
            new { method = "PUT", url = Posts + "?fields=title", body = new { id = "upsert000000000", title = "second" } },
            new { method = "DELETE", url = $"{Posts}/{post}" });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetRawText().ShouldBe(
            """[{"status":200,"body":{"title":"new","expand":{}}},{"status":200,"body":{"title":"old","views":5}},"""
            + """{"status":200,"body":{"title":"first"}},{"status":200,"body":{"title":"second"}},{"status":204,"body":null}]""");
        Heard.ShouldBe(["created new", "updated old", "created first", "updated second"]);
        (await blog.CountAsync("posts")).ShouldBe(2);
    }

    [Fact]
    public async Task One_failing_item_undoes_all_and_is_named()
    {
        var answer = await SendAsync(
            new { method = "POST", url = Posts, body = new { title = "fine" } },
            new { method = "POST", url = Posts, body = new { title = "" } },
            new { method = "POST", url = "/nope", body = new { } });
        ((int)answer.Status, answer.Message).ShouldBe((400, "Batch transaction failed."), answer.Text);
        var failed = answer.Body.GetProperty("data").GetProperty("requests").GetProperty("1");
        failed.Text("code").ShouldBe("batch_request_failed");
        failed.GetProperty("response").GetProperty("data").GetProperty("title").Text("code").ShouldBe("validation_required");
        (await blog.CountAsync("posts")).ShouldBe(0);
        Heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"method":"GET","url":"/api/collections/posts/records"}""", 400)]
    [InlineData("""{"method":"POST","url":"/api/settings","body":{}}""", 400)]
    [InlineData("""{"method":"PATCH","url":"/api/collections/posts/records","body":{}}""", 400)]
    [InlineData("""{"method":"PATCH","url":"/api/collections/posts/records/nope","body":{}}""", 404)]
    [InlineData("""{"method":"POST","url":"/api/collections/nope/records","body":{}}""", 404)]
    [InlineData("""{"method":"DELETE","url":"/api/collections/tags/records/nope"}""", 403)]
    public async Task An_item_fails_as_it_would_alone(string item, int status)
    {
        await blog.ChangeAsync("tags", new Dictionary<string, object?> { ["deleteRule"] = null });
        var answer = await SendAsync(item.AsJson());
        answer.Message.ShouldBe("Batch transaction failed.", answer.Text);
        answer.Body.GetProperty("data").GetProperty("requests").GetProperty("0").GetProperty("response").GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Theory]
    [InlineData("""[{"method":"TRACE","url":"/x"}]""", "0.method")]
    [InlineData("""[{"method":"POST","url":""}]""", "0.url")]
    [InlineData("""[{"url":"/x"},{"method":"POST","url":"/x","body":5}]""", "1.body")]
    [InlineData("[5]", "0")]
    [InlineData("[]", "")]
    public async Task A_wrong_envelope_names_what_is_wrong(string requests, string path)
    {
        var answer = await blog.Server.SendAsync("POST", "/api/batch", new { requests = requests.AsJson() });
        ((int)answer.Status, answer.Message).ShouldBe((400, "Invalid batch request data."), answer.Text);
        var at = answer.Body.GetProperty("data").GetProperty("requests");
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries)) at = at.GetProperty(name);
        at.TryGetProperty("code", out _).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Rules_see_earlier_items_the_method_the_context_and_the_items_own_headers()
    {
        await blog.ChangeAsync("posts", new
        {
            createRule = "@request.context = 'batch' && @request.method = 'POST' && @request.headers.x_trace = '7' && @request.query.k = 'v' && (title = 'first' || @collection.posts.title ?= 'first')",
        });
        var url = Posts + "?k=v";
        var headers = new Dictionary<string, string> { ["X-Trace"] = "7", ["Authorization"] = blog.Root };
        (await SendAsync(new { method = "POST", url, headers, body = new { title = "first" } }, new { method = "POST", url, headers, body = new { title = "next" } }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await blog.ChangeAsync("posts", new Dictionary<string, object?> { ["createRule"] = null });
        (await SendAsync(new { method = "POST", url, headers, body = new { title = "x" } })).Text.ShouldContain("Only superusers");
    }

    [Fact]
    public async Task Forms_carry_the_items_as_json_and_their_files_by_name()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(new { requests = new[] { new { method = "POST", url = Posts, body = new { title = "form" } } } })), "@jsonPayload" },
        };
        (await blog.Server.SendAsync("POST", "/api/batch", form)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var name in (string[])["requests.0.photo", "requests[0].photo"])
        {
            using var upload = new MultipartFormDataContent
            {
                { new StringContent(JsonSerializer.Serialize(new { requests = new[] { new { method = "POST", url = Posts, body = new { title = "file" } } } })), "@jsonPayload" },
                { new ByteArrayContent([1]), name, "a.png" },
            };
            (await blog.Server.SendAsync("POST", "/api/batch", upload)).Body[0].GetProperty("body").Text("photo").ShouldMatch("^a[a-z0-9]{10}_[a-z0-9]{10}\\.png$");
        }
        (await blog.CountAsync("posts")).ShouldBe(3);
    }

    [Fact]
    public async Task What_takes_too_long_is_undone_and_holds_nobody_up()
    {
        await SwitchOnAsync(new { enabled = true, maxRequests = 50, timeout = 1 });
        var answer = await SendAsync(new { method = "POST", url = Posts, body = new { title = "fine" } }, new { method = "POST", url = Posts, body = new { title = "slow" } });
        ((int)answer.Status, answer.Message).ShouldBe((400, "Batch transaction failed."), answer.Text);
        answer.Body.GetProperty("data").EnumerateObject().ShouldBeEmpty();
        (await blog.CountAsync("posts")).ShouldBe(0);
        await blog.AddAsync("posts", new { title = "after" });
    }

    [Fact]
    public async Task Off_and_over_the_limit_are_refused()
    {
        await SwitchOnAsync(new { enabled = true, maxRequests = 1 });
        var one = new { method = "POST", url = Posts, body = new { title = "x" } };
        (await SendAsync(one, one)).Text.ShouldContain("validation_length_too_long");
        await SwitchOnAsync(new { enabled = false });
        var answer = await SendAsync(one);
        ((int)answer.Status, answer.Message).ShouldBe((403, "Batch requests are not allowed."));
        (await blog.CountAsync("posts")).ShouldBe(0);
    }

    private Task<Answer> SendAsync(params object[] requests) => blog.Server.SendAsync("POST", "/api/batch", new { requests });

    private async Task SwitchOnAsync(object batch)
    {
        var patch = new Dictionary<string, JsonElement> { ["batch"] = JsonSerializer.SerializeToElement(batch) };
        (await blog.Server.App.Settings.PatchAsync(patch, CancellationToken.None)).Fault.ShouldBeNull();
    }
}
