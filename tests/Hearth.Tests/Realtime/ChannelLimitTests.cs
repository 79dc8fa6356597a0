using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>Nobody sends without limit to a channel, or listens to channels without number.</summary>
public sealed class ChannelLimitTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    [Fact]
    public async Task Messages_are_limited_by_sender_and_by_length()
    {
        await world.SetAsync(new { realtime = new { maxMessagesPerSecond = 2 } });
        try
        {
            var post = await world.App.CreateAsync("posts", new { title = "a" });
            var path = $"/api/realtime/channels/posts/{post.Id}";
            Task<Answer> SendAsync(string address, object data, string? token = null) => world.App.SendAsync("POST", path, new { @event = "e", data }, token, ("X-Test-Address", address));
            async Task<int> TakenAsync(string address, object data, int tries, string? token = null)
            {
                var taken = 0;
                for (var n = 0; n < tries; n++) taken += (await SendAsync(address, data, token)).Status == HttpStatusCode.NoContent ? 1 : 0;
                return taken;
            }

            var (one, two) = (world.NewAddress(), world.NewAddress());
            (await TakenAsync(one, 1, 60)).ShouldBeInRange(10, 40);
            var refused = await SendAsync(one, new string('a', 16_000));
            (refused.Status, refused.Headers.RetryAfter?.ToString()).ShouldBe((HttpStatusCode.TooManyRequests, "1"), refused.Text);
            // Others have their own share; a long one counts as often as it is long.
            (await TakenAsync(two, new string('a', 16_000), 20)).ShouldBeInRange(1, 5);
            // An account is limited wherever it sends from, and a superuser is not.
            var user = world.App.TokenOf(await world.App.CreateAsync("users", new { email = "sends@example.com", password = "a-good-one-1" }));
            (await TakenAsync(world.NewAddress(), 1, 60, user)).ShouldBeInRange(10, 40);
            (await TakenAsync(world.NewAddress(), new string('a', 16_000), 10, user)).ShouldBeLessThan(3);
            (await TakenAsync(one, 1, 60, world.Root)).ShouldBe(60);
        }
        finally
        {
            await world.SetAsync(new { realtime = new { maxMessagesPerSecond = 50 } });
        }
    }

    [Fact]
    public async Task A_client_listens_to_so_many_channels()
    {
        var address = world.NewAddress();
        await using var client = await world.OpenAsync(address);
        (await world.SubscribeAsync(client, address, [.. Enumerable.Range(0, 101).Select(n => $"@channel/posts/{n}")])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await world.SubscribeAsync(client, address, [.. Enumerable.Range(0, 100).Select(n => $"@channel/posts/{n}")])).Status.ShouldBe(HttpStatusCode.NoContent);
    }
}
