using System.Net;
using Hearth.Resources.Settings;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

public sealed class RateLimitTests : IAsyncLifetime
{
    private const string SignIn = "/api/collections/users/auth-with-password";
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(build: hearth => hearth.AddFeature(new EchoFeature()));
        root = await app.SuperuserTokenAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task They_are_off_until_somebody_turns_them_on()
    {
        for (var i = 0; i < 5; i++) (await SignInAsync()).ShouldBe(HttpStatusCode.BadRequest);
        await LimitAsync(new RateLimitSettings { Enabled = true }.Rules);
        for (var i = 0; i < 2; i++) (await SignInAsync()).ShouldBe(HttpStatusCode.BadRequest);
        (await SignInAsync()).ShouldBe(HttpStatusCode.TooManyRequests);
        // Saving the settings begins anew.
        await LimitAsync(new RateLimitSettings { Enabled = true }.Rules);
        (await SignInAsync()).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_first_fitting_rule_counts_and_path_rules_share_a_bucket()
    {
        await LimitAsync([
            new() { Label = "GET /api/health", Duration = 60, MaxRequests = 4 },
            new() { Label = "/api/", Duration = 60, MaxRequests = 2 },
        ]);
        for (var i = 0; i < 4; i++) (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
        var limited = await app.GetAsync("/api/health");
        limited.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Text.ShouldBe("{\"data\":{},\"message\":\"Too Many Requests.\",\"status\":429}\n");
        limited.Headers.RetryAfter.ShouldBeNull();
        (await app.GetAsync("/api/nope")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.GetAsync("/api/segment/a/b")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/other")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        // Preflights and superusers are never counted.
        (await app.SendAsync("OPTIONS", "/api/other")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.GetAsync("/api/other", root)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_429_comes_before_413_and_401_but_after_the_superusers_network()
    {
        await LimitAsync([new() { Label = "/api/closed", Duration = 60, MaxRequests = 1 }]);
        // With a known length: what comes in chunks is counted while it is read, and here nobody reads it.
        StringContent Large() => new(new string('x', 500));
        (await app.SendAsync("POST", "/api/closed", Large())).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await app.SendAsync("POST", "/api/closed", Large())).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.SendAsync("POST", "/api/closed", new { })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await app.SendAsync("PATCH", "/api/settings?lockOut=true", new { superuserIPs = new[] { "10.0.0.0/8" } }, root);
        var outside = await app.SendAsync("GET", "/api/health", token: root);
        outside.Status.ShouldBe(HttpStatusCode.Forbidden);
        outside.Message.ShouldBe("You are not allowed to perform this request.");
        (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
        var signIn = await app.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = TestApp.SuperuserEmail, password = TestApp.SuperuserPassword });
        signIn.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Audiences_and_excluded_networks()
    {
        var user = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await LimitAsync([new() { Label = "/api/health", Audience = "@guest", Duration = 60, MaxRequests = 1 }, new() { Label = "/api/segment/", Audience = "@auth", Duration = 60, MaxRequests = 1 }]);
        (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 2; i++) (await app.GetAsync("/api/health", app.TokenOf(user))).Status.ShouldBe(HttpStatusCode.OK);
        await app.SendAsync("PATCH", "/api/settings", new { rateLimits = new { excludedIPs = new[] { "127.0.0.0/8" } } }, root);
        for (var i = 0; i < 3; i++) (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Trusted_headers_tell_clients_apart()
    {
        await LimitAsync([new() { Label = "/api/health", Duration = 60, MaxRequests = 1 }]);
        (string, string) From(string address) => ("X-Forwarded-For", "198.51.100.1, " + address);
        (await app.SendAsync("GET", "/api/health", headers: From("203.0.113.1"))).Status.ShouldBe(HttpStatusCode.OK);
        // Nobody is believed until the settings say so.
        (await app.SendAsync("GET", "/api/health", headers: From("203.0.113.2"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await app.SendAsync("PATCH", "/api/settings", new { trustedProxy = new { headers = new[] { "X-Forwarded-For" } } }, root);
        (await app.SendAsync("GET", "/api/health", headers: From("203.0.113.1"))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("GET", "/api/health", headers: From("203.0.113.2"))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("GET", "/api/health", headers: From("203.0.113.2"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        var seen = await app.SendAsync("GET", "/api/health", null, root, ("X-Forwarded-For", "198.51.100.1, 2001:db8::1"));
        seen.Body.GetProperty("data").GetProperty("realIP").GetString().ShouldBe("2001:0db8:0000:0000:0000:0000:0000:0001");
    }

    [Fact]
    public async Task All_addresses_of_one_household_count_together()
    {
        await LimitAsync([new() { Label = "/api/health", Duration = 60, MaxRequests = 1 }]);
        await app.SendAsync("PATCH", "/api/settings", new { trustedProxy = new { headers = new[] { "X-Forwarded-For" } } }, root);
        async Task<HttpStatusCode> FromAsync(string address) => (await app.SendAsync("GET", "/api/health", headers: ("X-Forwarded-For", address))).Status;
        (await FromAsync("2001:db8:1:2::1")).ShouldBe(HttpStatusCode.OK);
        (await FromAsync("2001:db8:1:2:ffff::9")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await FromAsync("2001:db8:1:3::1")).ShouldBe(HttpStatusCode.OK);
        (await FromAsync("203.0.113.1")).ShouldBe(HttpStatusCode.OK);
        (await FromAsync("203.0.113.2")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> SignInAsync() => (await app.SendAsync("POST", SignIn, new { identity = "a@b.c", password = "x" })).Status;

    private async Task LimitAsync(IReadOnlyList<RateLimitRule> rules)
    {
        var saved = await app.App.Settings.ChangeAsync(settings => settings with { RateLimits = new RateLimitSettings { Enabled = true, Rules = rules } }, default);
        saved.Failed(out var fault).ShouldBeFalse(fault?.Message);
    }
}
