using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Services and clients that do what they should not: nothing of it is a 500, leaks, or lets anybody in.</summary>
public sealed class HostileServiceTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private SignInWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await SignInWorld.BeginAsync(shared);
        await world.UseAsync(world.Service.Provider("google"));
        world.Comes(new { sub = "g1" });
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("""{"provider":"google"}""", "code", "validation_required")]
    [InlineData("""{"code":"c"}""", "provider", "validation_required")]
    [InlineData("""{"provider":"github","code":"c"}""", "provider", "validation_invalid_provider")]
    [InlineData("""{"provider":"nobody","code":"c"}""", "provider", "validation_invalid_provider")]
    [InlineData("""{"provider":"google","code":5}""", null, null)]
    [InlineData("""{"provider":"google","code":"c","createData":[]}""", null, null)]
    [InlineData("""{"provider":["google"],"code":"c"}""", null, null)]
    [InlineData("[]", null, null)]
    public async Task A_body_that_does_not_fit_is_a_400(string body, string? field, string? code)
    {
        var answer = await world.App.SendAsync("POST", SignInWorld.Path, JsonElement.Parse(body));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("An error occurred while loading the submitted data.");
        if (field is null) answer.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        else answer.Body.GetProperty("data").GetProperty(field).GetProperty("code").GetString().ShouldBe(code);
        world.Service.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Old_clients_spell_the_address_in_another_way()
    {
        (await world.App.SendAsync("POST", SignInWorld.Path, new { provider = "google", code = "c", redirectUrl = "https://old.example.com" })).Status.ShouldBe(HttpStatusCode.OK);
        world.Service.Asked.First().Form["redirect_uri"].ShouldBe("https://old.example.com");
    }

    [Fact]
    public async Task A_code_is_good_once_and_what_the_service_says_stays_here()
    {
        var used = new HashSet<string>();
        world.Service.On("/token", asked => used.Add(asked.Form["code"])
            ? (200, """{"access_token":"at"}""")
            : (400, """{"error":"invalid_grant","error_description":"code good was used by client s&cret"}"""));
        (await world.SignInAsync("google")).Status.ShouldBe(HttpStatusCode.OK);
        var again = await world.SignInAsync("google");
        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Text.ShouldBe("""{"data":{},"message":"Failed to fetch OAuth2 token.","status":400}""" + "\n");
        world.Service.Asked.Count(a => a.Path == "/token").ShouldBe(2); // a refused code is not tried in another way
    }

    [Theory]
    [InlineData(500, "boom s&cret")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"error":"bad_verification_code"}""")]
    [InlineData(200, """{"access_token":""}""")]
    [InlineData(200, """{"access_token":{"a":1}}""")]
    [InlineData(200, """{"access_token":"at""")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[1]")]
    [InlineData(204, "")]
    public async Task A_token_endpoint_that_talks_nonsense_is_a_400(int status, string body)
    {
        world.Service.On("/token", _ => (status, body));
        var answer = await world.SignInAsync("google");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldBe("""{"data":{},"message":"Failed to fetch OAuth2 token.","status":400}""" + "\n");
    }

    [Fact]
    public async Task Older_services_answer_with_a_form()
    {
        world.Service.On("/token", "access_token=form-token&expires_in=60&scope=&token_type=bearer");
        (await world.SignedInAsync("google")).GetProperty("meta").GetProperty("accessToken").GetString().ShouldBe("form-token");
    }

    [Fact]
    public async Task Who_is_not_recognised_proves_itself_in_the_other_way()
    {
        world.Service.On("/token", asked => asked.Headers.ContainsKey("Authorization") ? (200, """{"access_token":"at"}""") : (401, """{"error":"invalid_client"}"""));
        await world.SignedInAsync("google");
        world.Service.Asked.Last(a => a.Path == "/token").Form.ContainsKey("client_secret").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/user")]
    public async Task Secrets_follow_no_redirect(string path)
    {
        await using var thief = await FakeService.StartAsync();
        world.Service.On(path, _ => (307, thief.Url + path));
        (await world.SignInAsync("google")).Status.ShouldBe(HttpStatusCode.BadRequest);
        thief.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        world.Service.On("/user", "{\"sub\":\"" + new string('x', 2_000_000) + "\"}");
        (await world.SignInAsync("google")).Message.ShouldBe("Failed to fetch OAuth2 user.");
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_a_400()
    {
        await using (var gone = await FakeService.StartAsync()) await world.UseAsync(gone.Provider("google"));
        (await world.SignInAsync("google")).Message.ShouldBe("Failed to fetch OAuth2 token.");
    }

    [Fact]
    public async Task The_codes_and_secrets_of_a_sign_in_are_in_no_log()
    {
        world.Service.On("/token", _ => (400, """{"error":"invalid_grant","error_description":"the-code-itself s&cret"}"""));
        await world.SignInAsync("google", code: "the-code-itself", verifier: "the-verifier-itself");
        Answer logs;
        do logs = await world.App.GetAsync("/api/logs?perPage=100&sort=-created", await world.App.SuperuserTokenAsync());
        while (!logs.Text.Contains("invalid_grant", StringComparison.Ordinal));
        foreach (var secret in new[] { "the-code-itself", "the-verifier-itself", "s&cret", "s\\u0026cret" }) logs.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Superusers_do_not_come_through_services()
    {
        var token = await world.App.SuperuserTokenAsync();
        await world.App.SendAsync("PATCH", "/api/collections/_superusers", new { oauth2 = new { enabled = true, providers = new[] { world.Service.Provider("google") } } }, token);
        var answer = await world.App.SendAsync("POST", "/api/collections/_superusers/auth-with-oauth2", new { provider = "google", code = "c" });
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Apples_client_secret_is_a_token_of_the_developers_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        var root = await world.App.SuperuserTokenAsync();
        Task<Answer> Ask(object body, string? token) => world.App.SendAsync("POST", "/api/settings/apple/generate-client-secret", body, token);
        var answer = await Ask(new { clientId = "com.example.app", teamId = "TEAM567890", keyId = "KEY4567890", privateKey = pem, duration = 3600 }, root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var parts = answer.Body.GetProperty("secret").GetString()!.Split('.');
        key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64UrlEncoder.DecodeBytes(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        Base64UrlEncoder.Decode(parts[0]).ShouldBe("""{"alg":"ES256","kid":"KEY4567890","typ":"JWT"}""");
        var claims = JsonElement.Parse(Base64UrlEncoder.Decode(parts[1]));
        claims.GetProperty("iss").GetString().ShouldBe("TEAM567890");
        claims.GetProperty("sub").GetString().ShouldBe("com.example.app");
        claims.GetProperty("aud").GetRawText().ShouldBe("""["https://appleid.apple.com"]""");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(3600);

        (await Ask(new { }, null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        foreach (var wrong in new[] { "", "no key", large.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", key.ExportECPrivateKeyPem() })
        {
            var refused = await Ask(new { clientId = "", teamId = "short", keyId = "KEY45678901", privateKey = wrong, duration = 15_777_001 }, root);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Body.GetProperty("data").EnumerateObject().Select(p => p.Name).Order().ShouldBe(["clientId", "duration", "keyId", "privateKey", "teamId"]);
        }
    }
}
