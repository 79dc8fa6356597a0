using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>Streams of events and subscriptions (contract 9.1, 9.2).</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly HeldTimers clock = new();
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.StartAsync(options => options.Clock = clock);

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_stream_begins_with_the_id_of_the_client()
    {
        await using var one = await Listener.OpenAsync(app);
        one.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        one.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        one.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        await using var two = await Listener.OpenAsync(app);
        two.Id.ShouldNotBe(one.Id);
        (await one.SubscribeAsync(new[] { "@oauth2" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await one.SubscribeAsync(Array.Empty<string>())).Status.ShouldBe(HttpStatusCode.NoContent);
        var head = await app.SendAsync("HEAD", "/api/realtime");
        head.ContentHeaders.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Theory]
    [InlineData("""{"subscriptions":["@oauth2"]}""", 400, "clientId")]
    [InlineData("""{"clientId":"unknown"}""", 404, null)]
    [InlineData("""{"clientId":5}""", 400, null)]
    [InlineData("""{"clientId":"x","subscriptions":"@oauth2"}""", 400, null)]
    [InlineData("""{"clientId":"x","subscriptions":[1]}""", 400, null)]
    public async Task What_does_not_fit_is_refused(string body, int status, string? field)
    {
        var answer = await app.SendAsync("POST", "/api/realtime", JsonElement.Parse(body));
        ((int)answer.Status).ShouldBe(status);
        if (status == 404) answer.Message.ShouldBe("Missing or invalid client id.");
        if (field is null) answer.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        else answer.Body.GetProperty("data").EnumerateObject().Select(p => p.Name).ShouldBe([field]);
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        await using var client = await Listener.OpenAsync(app);
        (await client.SubscribeAsync(Enumerable.Repeat("@oauth2", 1001))).Body.GetProperty("data").GetProperty("subscriptions").GetProperty("code").GetString().ShouldBe("validation_length_too_long");
        (await client.SubscribeAsync(new[] { "@oauth2", new string('t', 2501) })).Body.GetProperty("data").GetProperty("subscriptions").GetProperty("1").GetProperty("code").GetString().ShouldBe("validation_length_too_long");
        (await app.SendAsync("POST", "/api/realtime", new { clientId = new string('c', 256) })).Body.GetProperty("data").TryGetProperty("clientId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_belongs_to_its_address()
    {
        await app.SendAsync("PATCH", "/api/settings", new { trustedProxy = new { headers = new[] { "X-Real-IP" } } }, await app.SuperuserTokenAsync());
        await using var client = await Listener.OpenAsync(app, ("X-Real-IP", "203.0.113.1"));
        var other = await client.SubscribeAsync(new[] { "@oauth2" }, null, ("X-Real-IP", "203.0.113.2"));
        other.Status.ShouldBe(HttpStatusCode.BadRequest);
        other.Message.ShouldBe("Invalid realtime client.");
        (await client.SubscribeAsync(new[] { "@oauth2" }, null, ("X-Real-IP", "203.0.113.1"))).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_stream_belongs_to_the_first_record_that_asks()
    {
        var ann = app.TokenOf(await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" }));
        var bob = app.TokenOf(await app.CreateAsync("users", new { email = "bob@example.com", password = "12345678" }));
        await using var client = await Listener.OpenAsync(app);
        (await client.SubscribeAsync(Array.Empty<string>())).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.SubscribeAsync(Array.Empty<string>(), ann)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.SubscribeAsync(Array.Empty<string>(), ann)).Status.ShouldBe(HttpStatusCode.NoContent);
        foreach (var token in new[] { bob, null })
        {
            var refused = await client.SubscribeAsync(Array.Empty<string>(), token);
            refused.Status.ShouldBe(HttpStatusCode.Forbidden);
            refused.Message.ShouldBe("The current and the previous request authorization don't match.");
        }
    }

    [Fact]
    public async Task A_stream_ends_after_five_minutes_of_silence()
    {
        await using var client = await Listener.OpenAsync(app);
        var end = client.RestAsync();
        SweepAfter(4.5);
        (await client.SubscribeAsync(Array.Empty<string>())).Status.ShouldBe(HttpStatusCode.NoContent);
        SweepAfter(5);
        (await end).ShouldBe("");
        (await client.SubscribeAsync(Array.Empty<string>())).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stream_that_is_never_silent_ends_after_half_an_hour()
    {
        await using var client = await Listener.OpenAsync(app);
        (await client.SubscribeAsync(new[] { "users/*" }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.NoContent);
        for (var minutes = 2; minutes <= 28; minutes += 2)
        {
            SweepAfter(minutes);
            await app.CreateAsync("users", new { email = $"at-{minutes}@example.com", password = "12345678" });
            (await client.NextAsync()).Name.ShouldBe("users/*");
        }
        SweepAfter(29.5);
        (await client.SubscribeAsync(new[] { "users/*" }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.NoContent);
        SweepAfter(30);
        (await client.RestAsync()).ShouldBe("");
    }

    private void SweepAfter(double minutes)
    {
        clock.Ahead = TimeSpan.FromMinutes(minutes);
        clock.Fire(Hearth.Resources.Realtime.OpenStreams.SweepEvery);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_forgotten_and_a_server_that_stops_waits_for_none()
    {
        var gone = await Listener.OpenAsync(app);
        await gone.DisposeAsync();
        while ((await gone.SubscribeAsync(Array.Empty<string>())).Status != HttpStatusCode.NotFound) await Task.Delay(20);
        await using var client = await Listener.OpenAsync(app);
        var end = client.RestAsync();
        await app.StopAsync();
        (await end).ShouldBe("");
    }
}
