using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Logs;

/// <summary>No password, token or key is found in the request log or the audit log, whatever it came with; and proxy headers count only where they are trusted.</summary>
public sealed class NoSecretTests : IAsyncLifetime
{
    private const string Mark = "mArKeD";
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Flows_with_marked_secrets_leave_none_behind()
    {
        const string users = "/api/collections/users/";
        const string password = Mark + " quite long";
        var made = await app.SendAsync("POST", users + "records", new { email = "ann@example.com", password, passwordConfirm = password });
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var signedIn = await app.SendAsync("POST", users + "auth-with-password", new { identity = "ann@example.com", password });
        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Text);
        var token = signedIn.Body.GetProperty("token").GetString()!;
        await app.SendAsync("POST", users + "auth-with-password", new { identity = Mark + "@example.com", password = Mark + " wrong" });
        await app.SendAsync("POST", users + "auth-with-password", new { identity = "ann@example.com", password = Mark + " wrong" });
        await app.SendAsync("POST", users + "auth-with-otp", new { otpId = Mark, password = Mark });
        await app.SendAsync("POST", users + "confirm-password-reset", new { token = Mark, password, passwordConfirm = password });
        await app.SendAsync("POST", users + "confirm-verification", new { token = Mark });
        await app.SendAsync("POST", users + "confirm-email-change", new { token = Mark, password });
        await app.SendAsync("PATCH", users + "records/" + made.Body.GetProperty("id").GetString(), new { password = Mark + " another", passwordConfirm = Mark + " another", oldPassword = password }, token);
        await app.SendAsync("PATCH", "/api/settings", new { smtp = new { password = Mark }, s3 = new { secret = Mark, accessKey = Mark } }, root);
        await app.SendAsync("PATCH", "/api/collections/users", new { oauth2 = new { enabled = true, providers = new[] { new { name = "google", clientId = "id", clientSecret = Mark } } } }, root);
        await app.SendAsync("GET", $"/api/health?token={Mark}&mfaId={Mark}", headers: [("Referer", $"http://from/?token={Mark}"), ("Authorization", Mark)]);

        await app.App.Audit.NoteBoundedAsync(now: true, default);
        foreach (var path in new[] { "/api/logs?perPage=1000", "/api/audit?perPage=1000", "/api/settings", "/api/collections" })
        {
            var read = await app.GetAsync(path, root);
            read.Status.ShouldBe(HttpStatusCode.OK, path);
            read.Text.Replace($"\"accessKey\":\"{Mark}\"", "", StringComparison.Ordinal).ShouldNotContain(Mark, Case.Sensitive, path);
            read.Text.ShouldNotContain(token, Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task Superusers_outside_of_their_networks_are_refused_and_cannot_pretend()
    {
        await app.SendAsync("PATCH", "/api/settings", new { superuserIPs = new[] { "127.0.0.1" }, trustedProxy = new { headers = new[] { "X-Real-IP" } } }, root);
        var (inside, outside) = (("X-Real-IP", "127.0.0.1"), ("X-Real-IP", "203.0.113.9"));
        (await app.SendAsync("GET", "/api/settings", null, root, inside)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("GET", "/api/settings", null, root, outside)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("GET", "/api/health", null, root, outside)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var credentials = new { identity = TestApp.SuperuserEmail, password = TestApp.SuperuserPassword };
        (await app.SendAsync("POST", "/api/collections/_superusers/auth-with-password", credentials, null, outside)).Status.ShouldBe(HttpStatusCode.Forbidden);
        // A header that nobody trusts changes nothing, nor does what the client puts before the proxy's own value.
        (await app.SendAsync("GET", "/api/settings", null, root, outside, ("X-Forwarded-For", "127.0.0.1"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("GET", "/api/settings", null, root, ("X-Real-IP", "127.0.0.1, 203.0.113.9"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("POST", "/api/collections/_superusers/auth-with-password", credentials, null, inside)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
