using System.Net;
using System.Text;
using System.Text.Json;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Hearth.Tests.Nodes;
using Hearth.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Keeping others from their events, hearing what one may not hear any more, filling the memory by open streams.</summary>
public sealed class LiveAttackTests : IAsyncLifetime
{
    // What is tested here would never come; a busy machine is only slow.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
        var links = Enumerable.Range(1, 9).Select(n => (object)new { name = $"r{n}", type = "relation", collectionId = "knots0000000000" });
        await MakeAsync(new { id = "knots0000000000", name = "knots", type = "base", listRule = "", viewRule = "", fields = links.Append(new { name = "a", type = "number" }) });
        await MakeAsync(new { name = "open", type = "base", listRule = "", viewRule = "", fields = new object[] { new { name = "title", type = "text" } } });
        await MakeAsync(new { name = "members", type = "base", listRule = "@request.auth.id != ''", viewRule = "", fields = new object[] { new { name = "title", type = "text" } } });
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_filter_that_the_database_refuses_is_its_clients_alone()
    {
        // More tables at once than SQLite joins.
        var parts = from one in Enumerable.Range(1, 9) from two in Enumerable.Range(1, 9) select $"r{one}.r{two}.a=1";
        var options = Uri.EscapeDataString(JsonSerializer.Serialize(new { query = new { filter = string.Join("||", parts) } }));
        await using var bad = await Listener.OpenAsync(app);
        (await bad.SubscribeAsync(new[] { "knots/*?options=" + options })).Status.ShouldBe(HttpStatusCode.NoContent);
        await using var good = await Listener.OpenAsync(app);
        (await good.SubscribeAsync(new[] { "knots/*" })).Status.ShouldBe(HttpStatusCode.NoContent);
        for (var i = 0; i < 3; i++)
        {
            await app.CreateAsync("knots", new { a = i });
            (await good.NextAsync().WaitAsync(Soon)).Name.ShouldBe("knots/*");
        }
    }

    [Theory]
    [InlineData("""{"query":{"a":"\ud800"}}""")]
    [InlineData("""{"query":{"\udfff":"a"}}""")]
    [InlineData("""{"headers":{"\ud800":["\ud800"]}}""")]
    public async Task Options_that_are_no_text_leave_nothing_behind(string options)
    {
        await using var client = await Listener.OpenAsync(app);
        (await client.SubscribeAsync(new[] { "open/*", "open/one?options=" + Uri.EscapeDataString(options) })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.SubscribeAsync(Array.Empty<string>())).Status.ShouldBe(HttpStatusCode.NoContent);
        app.App.Setup.Streams.Of("open/*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_takes_nothing_of_what_it_missed_keeps_nobody_from_subscribing()
    {
        await using var first = await Listener.OpenAsync(app);
        await first.SubscribeAsync(new[] { "open/*" });
        var (streams, feed) = (app.App.Setup.Streams, app.App.Setup.Live);
        var position = feed.Position;
        await app.CreateAsync("open", new { title = "missed" });
        await first.NextAsync();
        var subscribing = new Subscribing(feed, streams);
        var stuck = streams.Open("127.0.0.1");
        while (stuck.HasRoom) stuck.TryAdd(new StreamMessage([], new byte[100_000]), DateTimeOffset.UtcNow).ShouldBeTrue();
        var waiting = subscribing.ReplaceAsync(stuck, ["open/*"], position, default).AsTask();
        await Task.Delay(100);
        waiting.IsCompleted.ShouldBeFalse();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => subscribing.ReplaceAsync(streams.Open("127.0.0.1"), ["@own"], "", default).AsTask())).WaitAsync(Soon);
        waiting.IsCompleted.ShouldBeFalse("they have waited for it");
        streams.Close(stuck);
        await waiting;
    }

    [Fact]
    public async Task A_body_that_takes_its_time_keeps_no_ended_right()
    {
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "a-good-one-1" });
        await using var client = await Listener.OpenAsync(app);
        using var slow = new SlowBody(JsonSerializer.Serialize(new { clientId = client.Id, subscriptions = new[] { "members/*", "open/*" } }));
        var asking = app.SendAsync("POST", "/api/realtime", slow, app.TokenOf(ann));
        await slow.Begun;
        await Task.Delay(500);
        (await app.SendAsync("DELETE", $"/api/collections/users/records/{ann.Id}", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        slow.End();
        (await asking).Status.ShouldBe(HttpStatusCode.NoContent);
        await app.CreateAsync("members", new { title = "1" });
        await app.CreateAsync("open", new { title = "2" });
        (await client.NextAsync().WaitAsync(Soon)).Name.ShouldBe("open/*");
    }

    [Fact]
    public async Task A_channel_is_not_heard_after_the_account_is_gone()
    {
        await MakeAsync(new { name = "rooms", type = "base", viewRule = "@request.auth.id != ''", fields = new object[] { new { name = "title", type = "text" } } });
        var room = await app.CreateAsync("rooms", new { title = "a" });
        var (ann, bob) = (await app.CreateAsync("users", new { email = "ann@example.com", password = "a-good-one-1" }), await app.CreateAsync("users", new { email = "bob@example.com", password = "a-good-one-1" }));
        var path = $"/api/realtime/channels/rooms/{room.Id}";
        await using var client = await Listener.OpenAsync(app);
        // Nothing but the channel: nobody asks for events of records.
        (await client.SubscribeAsync(new[] { $"@channel/rooms/{room.Id}" }, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.SendAsync("POST", path, new { @event = "before", data = 1 }, app.TokenOf(bob))).Status.ShouldBe(HttpStatusCode.NoContent);
        while (!(await client.NextAsync().WaitAsync(Soon)).Data.TryGetProperty("event", out _))
        {
            // Who is there.
        }
        (await app.SendAsync("DELETE", $"/api/collections/users/records/{ann.Id}", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        // The news goes its own way.
        await NodeGroup.UntilAsync(() => app.App.Setup.Streams.Find(client.Id)!.Owner.Caller.IsGuest, Soon);
        (await app.SendAsync("POST", path, new { @event = "after", data = 2 }, app.TokenOf(bob))).Status.ShouldBe(HttpStatusCode.NoContent);
        await Task.Delay(500);
        app.App.Setup.Streams.Close(app.App.Setup.Streams.Find(client.Id)!);
        (await client.RestAsync()).ShouldNotContain("after");
    }

    [Fact]
    public void What_slow_clients_do_not_take_is_let_go_of_when_their_streams_end()
    {
        var clock = new ShiftedClock();
        var streams = new OpenStreams(clock);
        OpenStream Filled(Action abort)
        {
            var stream = streams.Open("127.0.0.1");
            stream.Abort = abort;
            stream.TryAdd(new StreamMessage([], new byte[1000]), clock.GetUtcNow()).ShouldBeTrue();
            return stream;
        }

        var aborted = 0;
        var (old, much) = (Filled(() => aborted++), Filled(() => aborted++));
        streams.Drop(10_000);
        much.Waiting.ShouldBe(1000);
        streams.Drop(500);
        (much.Waiting, old.Waiting, much.IsClosed).ShouldBe((0, 0, true));
        old = Filled(() => aborted++);
        clock.Ahead += TimeSpan.FromSeconds(11);
        streams.Sweep();
        aborted.ShouldBe(2);
        // One that ends after its longest time, and whose client takes nothing of what stands before the end.
        clock.Ahead += TimeSpan.FromMinutes(30);
        streams.Sweep();
        clock.Ahead += TimeSpan.FromSeconds(11);
        streams.Sweep();
        old.Waiting.ShouldBe(0);
        clock.Ahead += TimeSpan.FromSeconds(11);
        streams.Sweep();
        aborted.ShouldBeGreaterThan(2);
    }

    private async Task MakeAsync(object collection)
    {
        var made = await app.SendAsync("POST", "/api/collections", collection, root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }

    /// <summary>A body of which the first byte comes at once and the rest when it is told to.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody(string json)
        {
            bytes = Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        public Task Begun => begun.Task;

        public void End() => goesOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, 1));
            await stream.FlushAsync();
            begun.TrySetResult();
            await goesOn.Task;
            await stream.WriteAsync(bytes.AsMemory(1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
