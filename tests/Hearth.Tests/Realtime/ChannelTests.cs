using System.Net;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>Channels around a record: messages and who is there, for those who may view it, on all nodes.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private readonly List<TestApp> apps = [];
    private NodeGroup? group;

    public async Task InitializeAsync()
    {
        if (TestEngine.IsPostgres)
        {
            group = await NodeGroup.StartAsync(2);
            apps.AddRange([group[0], group[1]]);
        }
        else
        {
            apps.Add(await TestApp.StartAsync());
        }
    }

    public async Task DisposeAsync()
    {
        if (group is not null) await group.DisposeAsync();
        else foreach (var app in apps) await app.DisposeAsync();
    }

    [Fact]
    public async Task Who_may_view_the_record_hears_sends_and_is_there()
    {
        var (one, other) = (apps[0], apps[^1]);
        var made = await one.SendAsync("POST", "/api/collections", new
        {
            name = "rooms",
            type = "base",
            viewRule = "members ~ @request.auth.id && @request.auth.id != ''",
            fields = new object[] { new { name = "members", type = "text" } },
        }, await one.SuperuserTokenAsync());
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        foreach (var app in apps) await NodeGroup.UntilAsync(() => app.App.Schema.Find("rooms") is not null, TimeSpan.FromSeconds(10));
        var users = new List<Hearth.Records.Record>();
        foreach (var name in new[] { "ann", "bob", "eve" }) users.Add(await one.CreateAsync("users", new { email = $"{name}@example.com", password = "a-good-one-1" }));
        var (ann, bob, eve) = (one.TokenOf(users[0]), one.TokenOf(users[1]), one.TokenOf(users[2]));
        var room = (await one.CreateAsync("rooms", new { members = $"{users[0].Id} {users[1].Id}" })).Id;
        var (topic, route) = ($"@channel/rooms/{room}", $"/api/realtime/channels/rooms/{room}");

        await using var anns = await Listener.OpenAsync(one);
        await using var bobs = await Listener.OpenAsync(other);
        await using var eves = await Listener.OpenAsync(other);
        await anns.SubscribeAsync(new[] { topic }, ann);
        (await PresentAsync(anns)).ShouldBe([users[0].Id]);
        await bobs.SubscribeAsync(new[] { topic }, bob);
        (await PresentAsync(anns)).ShouldBe(new[] { users[0].Id, users[1].Id }, ignoreOrder: true);
        (await PresentAsync(bobs)).ShouldBe(new[] { users[0].Id, users[1].Id }, ignoreOrder: true);
        await eves.SubscribeAsync(new[] { topic, "@oauth2" }, eve);

        (await other.SendAsync("POST", route, new { @event = "typing", data = new { at = 3 } }, bob)).Status.ShouldBe(HttpStatusCode.NoContent);
        foreach (var heard in new[] { anns, bobs })
        {
            var (name, data) = await heard.NextAsync();
            name.ShouldBe(topic);
            data.GetProperty("event").GetString().ShouldBe("typing");
            data.GetProperty("data").GetProperty("at").GetInt32().ShouldBe(3);
            data.GetProperty("from").GetProperty("id").GetString().ShouldBe(users[1].Id);
        }
        foreach (var token in new[] { eve, null })
        {
            (await one.SendAsync("POST", route, new { @event = "x" }, token)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await one.GetAsync(route, token)).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        (await one.SendAsync("POST", route, new { data = 1 }, ann)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await one.SendAsync("POST", route, new { @event = "x", data = new string('x', 20_000) }, ann)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await one.GetAsync(route, ann)).Body.GetProperty("present").GetArrayLength().ShouldBe(2);
        await bobs.SubscribeAsync(Array.Empty<string>(), bob);
        (await PresentAsync(anns)).ShouldBe([users[0].Id]);
        // Whoever may not view the record has heard of nothing.
        other.App.Setup.Streams.Find(eves.Id)!.Waiting.ShouldBe(0);
        await eves.SubscribeAsync(new[] { "@none" }, eve);
        var rest = eves.NextAsync();
        await Task.Delay(100);
        rest.IsCompleted.ShouldBeFalse();
        other.App.Setup.Streams.Close(other.App.Setup.Streams.Find(eves.Id)!);
        await Should.ThrowAsync<EndOfStreamException>(rest);
    }

    private static async Task<string[]> PresentAsync(Listener listener)
    {
        var (_, data) = await listener.NextAsync().WaitAsync(TimeSpan.FromSeconds(15));
        return [.. data.GetProperty("present").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }
}
