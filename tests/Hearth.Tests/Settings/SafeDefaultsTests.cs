using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Settings;

/// <summary>What a new app begins with, and that one that is there keeps what it has.</summary>
public sealed class SafeDefaultsTests
{
    [Fact]
    public async Task A_new_app_limits_sign_ins_and_mails_and_nothing_else()
    {
        await using var app = await TestApp.StartAsync(limits: true);
        app.App.Settings.Current.RateLimits.Enabled.ShouldBeTrue();
        await app.CreateAsync("users", new { email = "ann@example.com", password = "a quite long word" });
        for (var i = 0; i < 10; i++) (await SignInAsync(app)).ShouldBe(HttpStatusCode.BadRequest);
        (await SignInAsync(app)).ShouldBe(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 6; i++)
        {
            var sent = (await app.SendAsync("POST", "/api/collections/users/request-password-reset", new { email = "nobody@example.com" })).Status;
            if (sent == HttpStatusCode.NotFound) continue;
            (sent == HttpStatusCode.TooManyRequests).ShouldBe(i == 5);
        }
        for (var i = 0; i < 350; i++) (await app.GetAsync("/api/health")).Status.ShouldBe(HttpStatusCode.OK);
        // A superuser is not held up.
        (await app.SendAsync("PATCH", "/api/settings", new { rateLimits = new { enabled = false } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        (await SignInAsync(app)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await using (var app = await TestApp.StartAsync(folder: folder, limits: true))
        {
            await app.SendAsync("PATCH", "/api/settings", new { rateLimits = new { enabled = false } }, await app.SuperuserTokenAsync());
            await app.StopAsync();
            await using var again = await TestApp.StartAsync(folder: folder, limits: true);
            again.App.Settings.Current.RateLimits.Enabled.ShouldBeFalse();
        }
    }

    private static async Task<HttpStatusCode> SignInAsync(TestApp app) =>
        (await app.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "a wrong word" })).Status;
}
