using System.Net;
using Hearth.Tests.Nodes;
using Hearth.Tests.Postgres;
using Hearth.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>The way of a code from the service through the browser to the client that waits for it (contract 7.6).</summary>
public sealed class RedirectTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Success = "../_/#/auth/oauth2-redirect-success";
    private const string Failure = "../_/#/auth/oauth2-redirect-failure";
    private SignInWorld world = null!;

    public async Task InitializeAsync() => world = await SignInWorld.BeginAsync(shared);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task The_code_comes_to_the_client_once()
    {
        await using var client = await Listener.OpenAsync(world.App);
        await client.SubscribeAsync(new[] { "@oauth2" });
        var answer = await world.App.GetAsync($"/api/oauth2-redirect?state={client.Id}&code=a%2Fb%22%0A");
        answer.Status.ShouldBe(HttpStatusCode.TemporaryRedirect);
        answer.Headers.GetValues("Location").ShouldBe([Success]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var (name, data) = await client.NextAsync();
        name.ShouldBe("@oauth2");
        data.EnumerateObject().Select(p => (p.Name, p.Value.GetString())).ShouldBe([("state", client.Id), ("code", "a/b\"\n")]);
        // The subscription has ended with it.
        (await world.App.GetAsync($"/api/oauth2-redirect?state={client.Id}&code=again")).Headers.GetValues("Location").ShouldBe([Failure]);
    }

    [Fact]
    public async Task A_failure_is_told_too()
    {
        await using var client = await Listener.OpenAsync(world.App);
        await client.SubscribeAsync(new[] { "@oauth2" });
        (await world.App.GetAsync($"/api/oauth2-redirect?state={client.Id}&error=access_denied")).Headers.GetValues("Location").ShouldBe([Failure]);
        (await client.NextAsync()).Data.GetRawText().ShouldBe($$"""{"state":"{{client.Id}}","code":"","error":"access_denied"}""");
        await client.SubscribeAsync(new[] { "@oauth2" });
        (await world.App.GetAsync($"/api/oauth2-redirect?state={client.Id}")).Headers.GetValues("Location").ShouldBe([Failure]);
        (await client.NextAsync()).Data.GetProperty("code").GetString().ShouldBe("");
    }

    [Fact]
    public async Task A_state_that_is_nobodys_or_somebody_elses_leads_nowhere()
    {
        await world.App.SendAsync("PATCH", "/api/settings", new { trustedProxy = new { headers = new[] { "X-Real-IP" } } }, await world.App.SuperuserTokenAsync());
        await using var idle = await Listener.OpenAsync(world.App, ("X-Real-IP", "203.0.113.1"));
        await using var victim = await Listener.OpenAsync(world.App, ("X-Real-IP", "203.0.113.1"));
        await victim.SubscribeAsync(new[] { "@oauth2" }, null, ("X-Real-IP", "203.0.113.1"));
        foreach (var (state, address) in new[] { ("", "203.0.113.1"), ("x", "203.0.113.1"), (new string('a', 40), "203.0.113.1"), (victim.Id[..39], "203.0.113.1"), (idle.Id, "203.0.113.1"), (victim.Id, "203.0.113.66") })
        {
            var answer = await world.App.SendAsync("GET", $"/api/oauth2-redirect?state={state}&code=attackers", null, null, ("X-Real-IP", address));
            answer.Status.ShouldBe(HttpStatusCode.TemporaryRedirect);
            answer.Headers.GetValues("Location").ShouldBe([Failure]);
        }
        // Nothing of it has reached the victim: its own code is the first thing it hears of.
        await world.App.SendAsync("GET", $"/api/oauth2-redirect?state={victim.Id}&code=own", null, null, ("X-Real-IP", "203.0.113.1"));
        (await victim.NextAsync()).Data.GetProperty("code").GetString().ShouldBe("own");
    }

    [Fact]
    public async Task Apple_posts_and_tells_the_name_on_the_way()
    {
        await world.UseAsync(world.Service.Provider("google"), world.Service.Provider("apple", new { jwksURL = world.Service.Url + "/jwks" }, pkce: true));
        world.Service.GiveToken(world.Service.Token(new { iss = "https://appleid.apple.com", aud = "client", sub = "a1", exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600 }));
        world.Comes(new { sub = "a1" });
        await using var client = await Listener.OpenAsync(world.App);
        await client.SubscribeAsync(new[] { "@oauth2" });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["state"] = client.Id, ["code"] = "apple.1", ["user"] = """{"name":{"firstName":"Ann","lastName":"Example"},"email":"x@example.com"}""" });
        var answer = await world.App.SendAsync("POST", "/api/oauth2-redirect", form);
        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.GetValues("Location").ShouldBe([Success]);
        (await client.NextAsync()).Data.GetProperty("code").GetString().ShouldBe("apple.1");
        (await world.SignInAsync("apple", code: "apple.1")).Body.GetProperty("meta").GetProperty("name").GetString().ShouldBe("Ann Example");
        // Once, and for this code only.
        (await world.SignInAsync("apple", code: "apple.1")).Body.GetProperty("meta").GetProperty("name").GetString().ShouldBe("");
        foreach (var user in new[] { "", "[]", "{", """{"name":5}""", """{"name":{"firstName":{}}}""" })
        {
            await client.SubscribeAsync(new[] { "@oauth2" });
            using var odd = new FormUrlEncodedContent(new Dictionary<string, string> { ["state"] = client.Id, ["code"] = "apple.2", ["user"] = user });
            (await world.App.SendAsync("POST", "/api/oauth2-redirect", odd)).Headers.GetValues("Location").ShouldBe([Success]);
        }
        (await world.App.SendAsync("POST", "/api/oauth2-redirect", new { state = 5, code = new[] { 1 } })).Headers.GetValues("Location").ShouldBe([Failure]);
        using var text = new StringContent("state=x");
        (await world.App.SendAsync("POST", "/api/oauth2-redirect", text)).Headers.GetValues("Location").ShouldBe([Failure]);
    }

    [Fact]
    public async Task The_log_knows_neither_code_nor_state()
    {
        await world.App.GetAsync("/api/oauth2-redirect?state=secret-state&code=secret-code");
        Answer logs;
        do logs = await world.App.GetAsync("/api/logs?perPage=100", await world.App.SuperuserTokenAsync());
        while (!logs.Text.Contains("oauth2-redirect", StringComparison.Ordinal));
        logs.Text.ShouldNotContain("secret-");
    }

    [PostgresFact]
    public async Task A_redirect_at_another_node_reaches_the_client_and_leaves_nothing_readable()
    {
        await using var nodes = await NodeGroup.StartAsync(3);
        await using var client = await Listener.OpenAsync(nodes[0]);
        await client.SubscribeAsync(new[] { "@oauth2" });
        (await nodes[1].GetAsync($"/api/oauth2-redirect?state={client.Id}&code=the-code-itself")).Headers.GetValues("Location").ShouldBe([Success]);
        (await client.NextAsync()).Data.GetProperty("code").GetString().ShouldBe("the-code-itself");
        var told = (string)(await nodes.AskAsync("SELECT string_agg(text, ' ') FROM _signals WHERE topic LIKE 'brief.%'"))!;
        told.Length.ShouldBeGreaterThan(100);
        told.ShouldNotContain("the-code-itself");
        told.ShouldNotContain(client.Id);
    }
}
