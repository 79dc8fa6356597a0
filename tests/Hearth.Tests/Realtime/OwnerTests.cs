using System.Net;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Realtime;

/// <summary>What becomes of an open stream when the account, the session or the API key that it was opened with changes (contract 9.5).</summary>
public sealed class OwnerTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(async made =>
        {
            (app, root) = (made, await made.SuperuserTokenAsync());
            await MakeAsync("open", "");
            await MakeAsync("members", "@request.auth.id != ''");
            await MakeAsync("named", "@request.auth.name = title");
        });
        root = await app.SuperuserTokenAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Rules_see_a_changed_account_and_a_new_token_key_makes_the_stream_a_guests()
    {
        var ann = await UserAsync("ann@example.com");
        await using var client = await Listener.OpenAsync(app);
        (await client.SubscribeAsync(new[] { "open/*", "members/*", "named/*" }, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.NoContent);
        await SayAsync("named", "Ann");
        await SayAsync("open", "1");
        (await client.NextAsync()).Data.GetProperty("record").GetProperty("title").GetString().ShouldBe("1");
        await ChangeAsync(ann, new { name = "Ann" });
        await SayAsync("named", "Ann");
        (await client.NextAsync()).Name.ShouldBe("named/*");
        await SayAsync("members", "2");
        (await client.NextAsync()).Name.ShouldBe("members/*");
        await ChangeAsync(ann, new { password = "another-good-1", passwordConfirm = "another-good-1" });
        await SayAsync("members", "3");
        await SayAsync("open", "4");
        (await client.NextAsync()).Name.ShouldBe("open/*");
        // A guest's stream can be taken by another account.
        (await client.SubscribeAsync(new[] { "members/*" }, app.TokenOf(await UserAsync("bob@example.com")))).Status.ShouldBe(HttpStatusCode.NoContent);
        await SayAsync("members", "5");
        (await client.NextAsync()).Name.ShouldBe("members/*");
    }

    [Fact]
    public async Task A_removed_account_and_a_new_secret_of_its_collection_make_it_a_guests()
    {
        var ann = await UserAsync("ann@example.com");
        await using var client = await Listener.OpenAsync(app);
        await client.SubscribeAsync(new[] { "open/*", "members/*" }, app.TokenOf(ann));
        await using var second = await Listener.OpenAsync(app);
        await second.SubscribeAsync(new[] { "open/*", "members/*" }, app.TokenOf(await UserAsync("bob@example.com")));
        (await app.SendAsync("DELETE", $"/api/collections/users/records/{ann.Id}", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await SayAsync("members", "1");
        await SayAsync("open", "2");
        (await client.NextAsync()).Name.ShouldBe("open/*");
        (await second.NextAsync()).Name.ShouldBe("members/*");
        (await second.NextAsync()).Name.ShouldBe("open/*");
        (await app.SendAsync("PATCH", "/api/collections/users", new { authToken = new { secret = new string('s', 40) } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        // The news of the schema goes its own way.
        await NodeGroup.UntilAsync(() => app.App.Setup.Streams.Find(second.Id)!.Owner.Caller.IsGuest, TimeSpan.FromSeconds(30));
        await SayAsync("members", "3");
        await SayAsync("open", "4");
        (await second.NextAsync()).Name.ShouldBe("open/*");
    }

    [Fact]
    public async Task A_stream_ends_with_the_session_that_it_was_opened_with()
    {
        await UserAsync("ann@example.com");
        var (one, two) = (await SignInAsync(), await SignInAsync());
        await using var client = await Listener.OpenAsync(app);
        await using var other = await Listener.OpenAsync(app);
        await client.SubscribeAsync(new[] { "members/*" }, one);
        await other.SubscribeAsync(new[] { "members/*" }, two);
        (await app.SendAsync("POST", "/api/collections/users/end-other-sessions", token: two)).Status.ShouldBe(HttpStatusCode.OK);
        (await client.RestAsync()).ShouldBe("");
        await SayAsync("members", "1");
        (await other.NextAsync()).Name.ShouldBe("members/*");
    }

    [Fact]
    public async Task A_client_that_takes_nothing_loses_its_stream_and_nobody_waits_for_it()
    {
        await using var quick = await Listener.OpenAsync(app);
        await quick.SubscribeAsync(new[] { "open/*" });
        var stream = app.App.Setup.Streams.Open("127.0.0.1"); // nobody takes from it
        app.App.Setup.Streams.TryListen(stream, ["open/*"], null, null).ShouldBeTrue();
        var long_ = new string('x', 90_000);
        var sent = 0;
        for (; stream.Overrun is null && sent < 600; sent++) await app.CreateAsync("open", new { title = long_ });
        stream.Overrun.ShouldNotBeNull();
        sent.ShouldBeLessThan(600);
        for (var i = 0; i < sent; i++) await quick.NextAsync();
        stream.TryTake(out _).ShouldBeFalse();
    }

    private async Task<string> SignInAsync() =>
        (await app.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "a-good-one-1" })).Body.GetProperty("token").GetString()!;

    private Task<Record> UserAsync(string email) => app.CreateAsync("users", new { email, password = "a-good-one-1", verified = true });

    private async Task ChangeAsync(Record record, object values) =>
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{record.Id}", values, root)).Status.ShouldBe(HttpStatusCode.OK);

    private Task<Record> SayAsync(string collection, string title) => app.CreateAsync(collection, new { title });

    private async Task MakeAsync(string name, string rule)
    {
        var made = await app.SendAsync("POST", "/api/collections", new { name, type = "base", listRule = rule, viewRule = rule, fields = new object[] { new { name = "title", type = "text", max = 100_000 } } }, root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
