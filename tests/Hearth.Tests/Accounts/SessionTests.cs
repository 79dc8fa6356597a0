using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Hearth.Features.Accounts.Sessions;
using Hearth.Tests.Nodes;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

public sealed class SessionTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Rows = "/api/collections/_sessions/records";
    private const string Refresh = "/api/collections/users/auth-refresh";
    private const string Others = "/api/collections/users/end-other-sessions";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1";
    private readonly ShiftedClock clock = shared.Clock;
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(start: () => TestApp.StartAsync(options => options.Clock = clock));
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await app.CreateAsync("users", new { email = "bob@example.com", password = "12345678" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_sign_in_makes_a_session_that_its_owner_sees()
    {
        var token = await SignInAsync("ann@example.com", Phone);
        await SignInAsync("bob@example.com");
        var list = await app.GetAsync(Rows, token);
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        var row = list.Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("id").GetString().ShouldBe(ClaimsOf(token).GetProperty("sid").GetString());
        row.GetProperty("recordRef").GetString().ShouldBe(ann.Id);
        row.GetProperty("method").GetString().ShouldBe("password");
        row.GetProperty("device").GetString().ShouldBe("Safari on iPhone");
        row.GetProperty("userAgent").GetString().ShouldBe(Phone);
        row.GetProperty("ip").GetString().ShouldBe("127.0.0.1");
        row.GetProperty("lastUsed").GetString().ShouldNotBeEmpty();
        row.TryGetProperty("generation", out _).ShouldBeFalse();
        (await app.GetAsync(Rows)).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await app.SendAsync("POST", Rows, new { collectionRef = ann.Collection.Id, recordRef = ann.Id }, token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("PATCH", $"{Rows}/{row.GetProperty("id").GetString()}", new { expires = "2099-01-01" }, token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Removing_a_session_makes_its_tokens_worthless_at_once_and_no_other()
    {
        var (phone, laptop, bob) = (await SignInAsync("ann@example.com"), await SignInAsync("ann@example.com"), await SignInAsync("bob@example.com"));
        var refreshed = (await app.SendAsync("POST", Refresh, token: phone)).Body.GetProperty("token").GetString()!;
        SidOf(refreshed).ShouldBe(SidOf(phone));
        (await app.SendAsync("DELETE", $"{Rows}/{SidOf(phone)}", token: bob)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.SendAsync("POST", Refresh, token: phone)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("DELETE", $"{Rows}/{SidOf(phone)}", token: laptop)).Status.ShouldBe(HttpStatusCode.NoContent);
        foreach (var gone in new[] { phone, refreshed }) (await app.SendAsync("POST", Refresh, token: gone)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", Refresh, token: laptop)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task All_other_sessions_end_together()
    {
        var (phone, laptop, bob) = (await SignInAsync("ann@example.com"), await SignInAsync("ann@example.com"), await SignInAsync("bob@example.com"));
        (await app.SendAsync("POST", Others)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", Others, token: laptop)).Body.GetProperty("ended").GetInt32().ShouldBe(1);
        (await app.SendAsync("POST", Refresh, token: phone)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var left in new[] { laptop, bob }) (await app.SendAsync("POST", Refresh, token: left)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_is_good_for_the_session_of_its_own_record_only()
    {
        var bob = SidOf(await SignInAsync("bob@example.com"));
        foreach (var session in new[] { bob, "nope", new string('x', 1000) })
        {
            var token = app.App.Tokens.Issue(ann.Collection, Hearth.Resources.Tokens.TokenKind.Auth, ann.Id, ann.GetText("tokenKey"), sessionId: session);
            (await app.SendAsync("POST", Refresh, token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await app.SendAsync("POST", Refresh, token: app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.OK, "a token without a session needs none");
    }

    [Fact]
    public async Task Sessions_go_with_the_token_key_the_record_and_their_time()
    {
        var token = await SignInAsync("ann@example.com");
        await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new { oldPassword = "12345678", password = "maple-43", passwordConfirm = "maple-43" }, token);
        (await CountAsync()).ShouldBe(0);
        await SignInAsync("ann@example.com", password: "maple-43");
        (await CountAsync()).ShouldBe(1);
        (await app.SendAsync("DELETE", $"/api/collections/users/records/{ann.Id}", token: await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.NoContent);
        (await CountAsync()).ShouldBe(0);
        await SignInAsync("bob@example.com");
        await SessionsRoutes.PurgeAsync(app.App.Engine, app.App.Schema, "_sessions", clock, default);
        (await CountAsync()).ShouldBe(1);
        clock.Ahead = TimeSpan.FromDays(6);
        await SessionsRoutes.PurgeAsync(app.App.Engine, app.App.Schema, "_sessions", clock, default);
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_last_use_is_written_now_and_then()
    {
        var token = await SignInAsync("ann@example.com");
        var first = await LastUsedAsync(token);
        clock.Ahead = TimeSpan.FromMinutes(6);
        var second = await LastUsedAsync(token);
        string.CompareOrdinal(second, first).ShouldBeGreaterThan(0);
        clock.Ahead += TimeSpan.FromMinutes(1);
        (await LastUsedAsync(token)).ShouldBe(second, "not for every request");
    }

    [Fact]
    public async Task A_refreshed_token_that_comes_again_ends_the_session_where_refresh_rotates()
    {
        await RotateAsync();
        var first = await SignInAsync("ann@example.com");
        // Tabs of one browser.
        var tabs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.SendAsync("POST", Refresh, token: first)));
        tabs.ShouldAllBe(tab => tab.Status == HttpStatusCode.OK);
        var second = tabs[^1].Body.GetProperty("token").GetString()!;
        clock.Ahead = TimeSpan.FromMinutes(1);
        var third = (await app.SendAsync("POST", Refresh, token: second)).Body.GetProperty("token").GetString()!;
        clock.Ahead += TimeSpan.FromMinutes(1);
        var replayed = await app.SendAsync("POST", Refresh, token: second);
        replayed.Status.ShouldBe(HttpStatusCode.Unauthorized);
        replayed.Message.ShouldBe("The token was refreshed before, so the session has ended.");
        (await app.SendAsync("POST", Refresh, token: third)).Status.ShouldBe(HttpStatusCode.Unauthorized, "the thief and the owner look the same");
    }

    [PostgresFact]
    public async Task An_ended_session_has_ended_on_every_node()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        await nodes[0].CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        for (var i = 0; i < 10; i++)
        {
            var signedIn = await nodes[0].SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "12345678" });
            var token = signedIn.Body.GetProperty("token").GetString()!;
            (await nodes[1].SendAsync("POST", Refresh, token: token)).Status.ShouldBe(HttpStatusCode.OK);
            (await nodes[0].SendAsync("DELETE", $"{Rows}/{SidOf(token)}", token: token)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await nodes[1].SendAsync("POST", Refresh, token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("", "Unknown device")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("Dart/3.4 (dart:io)", "Dart")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0", "Unknown device")]
    public void A_device_is_told_in_plain_words(string agent, string words) => DeviceText.Of(agent).ShouldBe(words);

    private async Task RotateAsync() =>
        (await app.SendAsync("PATCH", "/api/collections/users", new { sessions = new { rotateRefresh = true } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<string> LastUsedAsync(string token)
    {
        await app.SendAsync("POST", Others, token: token);
        await app.App.LastUse.FlushAsync(default);
        return (await app.GetAsync($"{Rows}/{SidOf(token)}", token)).Body.GetProperty("lastUsed").GetString()!;
    }

    private async Task<int> CountAsync() => (await app.GetAsync(Rows, await app.SuperuserTokenAsync())).Body.GetProperty("totalItems").GetInt32();

    private async Task<string> SignInAsync(string email, string agent = "test/1", string password = "12345678")
    {
        var answer = await app.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = email, password }, null, ("User-Agent", agent));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body.GetProperty("token").GetString()!;
    }

    private static string SidOf(string token) => ClaimsOf(token).GetProperty("sid").GetString()!;

    private static JsonElement ClaimsOf(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
