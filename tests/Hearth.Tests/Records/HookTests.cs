using System.Collections.Concurrent;
using System.Net;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Which hooks run, how often, and what they may do.</summary>
public sealed class HookTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> heard = new();
    private readonly Dictionary<string, Func<WriteEvent, Fault?>> replies = [];
    private RecordEvents events = null!;
    private Blog blog = null!;

    public async Task InitializeAsync()
    {
        blog = await Blog.StartAsync(hearth =>
        {
            events = hearth.Records;
            Listen("creating", events.Creating);
            Listen("updating", events.Updating);
            Listen("deleting", events.Deleting);
            events.Created.Add((RecordEvent e) => heard.Enqueue("created " + e.Record.Collection.Name), "posts", "comments");
            events.Updated.Add((RecordEvent e) => heard.Enqueue("updated " + e.Record.Collection.Name), "posts", "comments");
            events.Deleted.Add((RecordEvent e) => heard.Enqueue("deleted " + e.Record.Collection.Name), "posts", "comments");
        });

        void Listen(string name, RecordHook<WriteEvent> hook) => hook.Add((e, _) =>
        {
            heard.Enqueue($"{name} {e.Record.Collection.Name}");
            return ValueTask.FromResult(replies.GetValueOrDefault(name)?.Invoke(e));
        }, "posts", "comments");
    }

    public async Task DisposeAsync() => await blog.DisposeAsync();

    [Fact]
    public async Task A_schema_that_changes_between_a_write_and_its_answer_does_not_write_twice()
    {
        var ann = await blog.AddAsync("people", new { name = "Ann" });
        events.Created.Add(async (RecordEvent _, CancellationToken _) => await blog.ChangeAsync("people", new { fields = new[] { new { name = "nick", type = "text" } } }), "posts");
        var answer = await blog.SendAsync("POST", "posts/records?expand=author", new { title = "t", author = ann.Id() });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.Text("title").ShouldBe("t");
        (await blog.CountAsync("posts")).ShouldBe(1);
    }

    [Fact]
    public async Task Each_write_is_told_before_and_after_and_only_to_who_listens()
    {
        await blog.AddAsync("people", new { name = "nobody hears" });
        var post = (await blog.AddAsync("posts", new { title = "t" })).Id();
        await blog.AddAsync("comments", new { post });
        await blog.SendAsync("PATCH", $"posts/records/{post}", new { title = "u" });
        await blog.SendAsync("DELETE", $"posts/records/{post}");
        heard.ShouldBe([
            "creating posts", "created posts", "creating comments", "created comments", "updating posts", "updated posts",
            "deleting posts", "deleting comments", "deleted posts", "deleted comments",
        ]);
    }

    [Fact]
    public async Task A_refused_write_is_not_told_afterwards()
    {
        replies["creating"] = _ => Fault.BadRequest("test.no", "Not today");
        var answer = await blog.SendAsync("POST", "posts/records", new { title = "t" });
        ((int)answer.Status, answer.Message).ShouldBe((400, "Not today."));
        replies.Clear();
        (await blog.SendAsync("POST", "posts/records", new { title = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        heard.ShouldBe(["creating posts", "creating posts"]);
        (await blog.CountAsync("posts")).ShouldBe(0);
    }

    [Fact]
    public async Task A_hook_changes_the_record_and_its_change_is_validated()
    {
        replies["creating"] = e => { e.Record.Set("title", e.Record.GetText("title") + "!"); return null; };
        (await blog.AddAsync("posts", new { title = "t" })).Text("title").ShouldBe("t!");
        replies["creating"] = e => { e.Record.Set("title", "far too long"); return null; };
        (await blog.SendAsync("POST", "posts/records", new { title = "t" })).Code("title").ShouldBe("validation_max_text_constraint");
    }

    [Fact]
    public async Task A_hook_sees_the_change_and_lays_its_own_over_it()
    {
        var post = (await blog.AddAsync("posts", new { title = "t", views = 1 })).Id();
        replies["updating"] = e =>
        {
            e.Record.IsChanged("views").ShouldBeTrue();
            (e.Record.Original("views").AsNumber, e.Record.GetNumber("views")).ShouldBe((1, 3));
            e.Record.Submitted.ShouldBe(["views"]);
            e.Record.Set("done", true);
            return null;
        };
        var answer = await blog.SendAsync("PATCH", $"posts/records/{post}", """{"views+":2}""");
        (answer.Body.GetProperty("views").GetInt32(), answer.Body.GetProperty("done").GetBoolean()).ShouldBe((3, true), answer.Text);
    }

    [Fact]
    public async Task Further_plans_commit_with_the_record_or_not_at_all()
    {
        replies["creating"] = e =>
        {
            var person = Hearth.Records.Record.New(e.Schema.Find("people")!);
            person.Set("name", "made along");
            e.Also(person.ToInsert());
            return null;
        };
        (await blog.SendAsync("POST", "posts/records", new { title = "" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await blog.CountAsync("people")).ShouldBe(0);
        await blog.AddAsync("posts", new { title = "t" });
        (await blog.CountAsync("people")).ShouldBe(1);

        replies["creating"] = e =>
        {
            e.Also(new InsertRow(e.Schema.Find("tags")!, [FieldValue("tag00000000000a"), FieldValue("same"), Schema.FieldValue.Number(1)]));
            e.Also(new InsertRow(e.Schema.Find("tags")!, [FieldValue("tag00000000000b"), FieldValue("same"), Schema.FieldValue.Number(1)]));
            return null;
        };
        (await blog.SendAsync("POST", "posts/records", new { title = "x" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await blog.CountAsync("posts"), await blog.CountAsync("tags")).ShouldBe((1, 0));

        static Schema.FieldValue FieldValue(string text) => Schema.FieldValue.Text(text);
    }

    [Fact]
    public async Task A_listener_that_throws_after_the_commit_does_not_fail_the_request()
    {
        events.Created.Add((RecordEvent _) => throw new InvalidOperationException("listener"), "posts");
        await blog.AddAsync("posts", new { title = "t" });
        (await blog.CountAsync("posts")).ShouldBe(1);
    }

    [Fact]
    public async Task A_cascade_is_refused_by_the_hook_of_a_record_in_it()
    {
        var post = (await blog.AddAsync("posts", new { title = "t" })).Id();
        await blog.AddAsync("comments", new { post });
        replies["deleting"] = e => e.Record.Collection.Name == "comments" ? Fault.Forbidden("test.keep", "Comments stay") : null;
        ((int)(await blog.SendAsync("DELETE", $"posts/records/{post}")).Status).ShouldBe(403);
        (await blog.CountAsync("posts"), await blog.CountAsync("comments")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Reading_hooks_narrow_refuse_and_change_what_is_shown()
    {
        await blog.AddAsync("posts", new { title = "a", secret = "s1" });
        await blog.AddAsync("posts", new { title = "b", secret = "s2" });
        events.Listing.Add((ReadEvent e) =>
        {
            e.Plan = e.Plan with { Limit = 1 };
            e.ForEach(record => record.Set("title", record.GetText("title") + "/" + record.GetText("secret")));
        }, "posts");
        var items = (await blog.SendAsync("GET", "posts/records?fields=title,secret")).Body.GetProperty("items");
        items.GetRawText().ShouldBe("""[{"title":"a/s1"}]""");
        events.Viewing.Add((_, _) => ValueTask.FromResult<Fault?>(Fault.NotFound()), "posts");
        (await blog.SendAsync("GET", $"posts/records/{(await blog.AddAsync("posts", new { title = "c" })).Id()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
