using System.Net;
using System.Text.Json;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>What a stream may not have: more than its share, a right that has ended, a position that nobody was told.</summary>
public sealed class LiveLimitsTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_address_has_so_many_streams_and_no_more()
    {
        await world.SetAsync(new { realtime = new { maxStreamsPerIP = 3 } });
        var streams = new List<Listener>();
        try
        {
            var address = "2001:db8:1:2::";
            for (var n = 1; n <= 3; n++) streams.Add(await world.OpenAsync(address + n));
            var refused = await world.App.SendAsync("GET", "/api/realtime", headers: [("X-Test-Address", address + "9")]);
            (refused.Status, refused.Headers.RetryAfter?.ToString()).ShouldBe((HttpStatusCode.TooManyRequests, "10"), refused.Text);
            // Others have their own share, and who is never limited is not here.
            streams.Add(await world.OpenAsync("2001:db8:1:3::1"));
            await world.SetAsync(new { rateLimits = new { excludedIPs = new[] { "2001:db8:1:2::/64" } } });
            streams.Add(await world.OpenAsync(address + "9"));
            await world.SetAsync(new { rateLimits = new { excludedIPs = Array.Empty<string>() } });
            // One that ends makes room.
            await streams[0].DisposeAsync();
            await streams[4].DisposeAsync();
            await NodeGroup.UntilAsync(() => world.App.App.Setup.Streams.Find(streams[0].Id) is null && world.App.App.Setup.Streams.Find(streams[4].Id) is null, Soon);
            streams.Add(await world.OpenAsync(address + "8"));
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
            await world.SetAsync(new { realtime = new { maxStreamsPerIP = 1000 }, rateLimits = new { excludedIPs = Array.Empty<string>() } });
        }
    }

    [Fact]
    public async Task An_address_cannot_fill_the_memory_with_topics()
    {
        await world.SetAsync(new { realtime = new { maxStreamsPerIP = 10 } });
        var address = world.NewAddress();
        var streams = new List<Listener>();
        try
        {
            string[] Topics(int stream) => [.. Enumerable.Range(0, 1000).Select(n => $"posts/*?{stream}x{n}{new string('a', 2400)}")];
            streams.Add(await world.ListenAsync(address, Topics(0)));
            streams.Add(await world.OpenAsync(address));
            var refused = await world.SubscribeAsync(streams[1], address, Topics(1));
            (refused.Status, refused.Headers.RetryAfter?.ToString()).ShouldBe((HttpStatusCode.TooManyRequests, "10"), refused.Text);
            // What it listens to is as it was, and may get less.
            world.App.App.Setup.Streams.Find(streams[0].Id)!.Topics.Length.ShouldBe(1000);
            (await world.SubscribeAsync(streams[0], address, [])).Status.ShouldBe(HttpStatusCode.NoContent);
            (await world.SubscribeAsync(streams[1], address, Topics(1))).Status.ShouldBe(HttpStatusCode.NoContent);
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
            await world.SetAsync(new { realtime = new { maxStreamsPerIP = 1000 } });
        }
    }

    [Fact]
    public async Task A_position_that_nobody_was_told_is_none()
    {
        var address = world.NewAddress();
        await using var client = await world.ListenAsync(address, ["posts/*"]);
        for (var n = 0; n < 3; n++) await world.App.CreateAsync("posts", new { title = $"secret {n}" });
        var told = new List<string>();
        for (var n = 0; n < 3; n++) told.Add((await client.NextAsync().WaitAsync(Soon)).Data.GetProperty("position").GetString()!);
        await using var comer = await world.OpenAsync(address);
        comer.Position.ShouldBe(told[2]);
        var parts = comer.Position.Split('.');
        string[] made =
        [
            $"{parts[0]}.{long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) - 2}.{parts[2]}", $"{parts[0]}.1.{parts[2]}", $"{parts[0]}.1", $"{parts[0]}.{parts[1]}",
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..8]}", $"x.{parts[1]}.{parts[2]}", $"{comer.Position}.{parts[2]}", "..", "a.b.c", $"{parts[0]}.0{parts[1]}.{parts[2]}",
        ];
        foreach (var position in made)
        {
            (await world.SubscribeAsync(comer, address, [$"posts/*?{Uri.EscapeDataString(position)}"], position: position)).Status.ShouldBe(HttpStatusCode.NoContent);
            var (name, data) = await comer.NextAsync().WaitAsync(Soon);
            (name, data.GetProperty("resumed").GetBoolean()).ShouldBe(("@resume", false), position);
        }
        // One that it was told is good.
        (await world.SubscribeAsync(comer, address, ["posts/*"], position: told[0])).Status.ShouldBe(HttpStatusCode.NoContent);
        (await comer.NextAsync().WaitAsync(Soon)).Data.GetProperty("record").GetProperty("title").GetString().ShouldBe("secret 1");
    }

    [Fact]
    public async Task The_first_stream_is_told_where_it_begins()
    {
        await using var fresh = await TestApp.StartAsync();
        await using var client = await Listener.OpenAsync(fresh);
        client.Position.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("token")]
    [InlineData("impersonation")]
    [InlineData("key")]
    public async Task A_stream_hears_nothing_after_the_end_of_what_it_was_opened_with(string kind)
    {
        var user = await world.App.CreateAsync("users", new { email = $"{kind}-ends@example.com", password = "a-good-one-1", verified = true });
        var token = kind switch
        {
            "token" => world.App.TokenOf(user, TimeSpan.FromMinutes(1)),
            "impersonation" => (await world.App.SendAsync("POST", $"/api/collections/users/impersonate/{user.Id}", new { duration = 60 }, world.Root)).Body.GetProperty("token").GetString()!,
            _ => (await KeyAsync(user, world.Clock.GetUtcNow().AddMinutes(1))).Key,
        };
        var address = world.NewAddress();
        await using var client = await world.ListenAsync(address, ["members/*"], token);
        await world.App.CreateAsync("members", new { title = "before" });
        (await client.NextAsync().WaitAsync(Soon)).Name.ShouldBe("members/*");
        world.Clock.Ahead += TimeSpan.FromSeconds(61);
        await using var witness = await world.ListenAsync(address, ["members/*"], world.App.TokenOf(user));
        await world.App.CreateAsync("members", new { title = "after" });
        (await witness.NextAsync().WaitAsync(Soon)).Name.ShouldBe("members/*");
        world.App.App.Setup.Streams.Sweep();
        (await client.RestAsync().WaitAsync(Soon)).ShouldBe("");
    }

    [Fact]
    public async Task A_stream_ends_when_its_key_is_changed_or_may_not_be_used_any_more()
    {
        await world.App.SendAsync("PATCH", "/api/collections/users", new { apiKeys = new { enabled = true } }, world.Root);
        var user = await world.App.CreateAsync("users", new { email = "keys@example.com", password = "a-good-one-1", verified = true });
        var (id, key) = await KeyAsync(user, world.Clock.GetUtcNow().AddDays(1));
        await using (var client = await world.ListenAsync(world.NewAddress(), ["members/*"], key))
        {
            var changed = await world.App.SendAsync("PATCH", $"/api/collections/_apiKeys/records/{id}", new { expires = world.Clock.GetUtcNow().AddHours(1).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture) }, world.Root);
            changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
            (await client.RestAsync().WaitAsync(Soon)).ShouldBe("");
        }
        await using (var client = await world.ListenAsync(world.NewAddress(), ["members/*"], key))
        {
            (await world.App.SendAsync("PATCH", "/api/collections/users", new { apiKeys = new { enabled = false } }, world.Root)).Status.ShouldBe(HttpStatusCode.OK);
            (await client.RestAsync().WaitAsync(Soon)).ShouldBe("");
        }
    }

    private async Task<(string Id, string Key)> KeyAsync(Hearth.Records.Record user, DateTimeOffset expires)
    {
        await world.App.SendAsync("PATCH", "/api/collections/users", new { apiKeys = new { enabled = true } }, world.Root);
        var made = await world.App.SendAsync("POST", "/api/collections/users/api-keys", new
        {
            name = "k",
            password = "a-good-one-1",
            expires = expires.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
            scope = new { collections = new { members = new[] { "list", "view" } } },
        }, world.App.TokenOf(user));
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        return (made.Body.GetProperty("record").GetProperty("id").GetString()!, made.Body.GetProperty("key").GetString()!);
    }
}
