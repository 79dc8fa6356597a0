using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Tests.Accounts;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Ways around a second factor, and ways of leaving a key in somebody else's account.</summary>
public sealed class FactorAttackTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Base = "/api/collections/users/";
    private const string Page = "http://localhost:5173";
    private const string Password = "a good password";
    private TestApp app = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        await SetAsync(new { passkeys = new { enabled = true, userVerification = "preferred" }, otp = new { enabled = true } });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_device_that_did_not_see_its_owner_cannot_say_that_it_did()
    {
        await app.CreateAsync("users", new { email = "ann@example.com", password = Password });
        using var device = new SoftAuthenticator(Page);
        await AddAsync(device, await SignInAsync("ann@example.com"));
        await SetAsync(new { mfa = new { enabled = true } });
        device.IsVerified = false;
        foreach (var (outer, inner) in new[] { ("Response", "authenticatorData"), ("response", "AuthenticatorData"), ("RESPONSE", "AUTHENTICATORDATA") })
        {
            foreach (var forgedFirst in new[] { true, false })
            {
                var begun = await app.SendAsync("POST", Base + "passkeys/challenge");
                var credential = Forged(JsonSerializer.SerializeToNode(device.Get(begun.Body.GetProperty("options")))!.AsObject(), outer, inner, forgedFirst);
                var answer = await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony = begun.Body.GetProperty("ceremony").GetString(), credential });
                answer.Status.ShouldNotBe(HttpStatusCode.OK, $"{outer} {inner} {forgedFirst}: {answer.Text}");
            }
        }
        var honest = await app.SendAsync("POST", Base + "passkeys/challenge");
        var asked = await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony = honest.Body.GetProperty("ceremony").GetString(), credential = device.Get(honest.Body.GetProperty("options")) });
        asked.Status.ShouldBe(HttpStatusCode.Unauthorized, asked.Text);
        asked.Body.TryGetProperty("mfaId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_passkey_left_in_an_account_for_somebody_elses_address_is_gone_when_its_owner_proves_it()
    {
        // Somebody signs up with an address that is not theirs, and leaves a key.
        await app.SendAsync("POST", "/api/collections/users/records", new { email = "victim@example.com", password = Password, passwordConfirm = Password });
        using var device = new SoftAuthenticator(Page);
        var token = await SignInAsync("victim@example.com");
        await AddAsync(device, token);
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);

        var record = (await app.App.Records.FindByAsync(app.App.Schema.Find("users")!, "email", "victim@example.com"))!;
        var verification = app.App.Tokens.Issue(record.Collection, Resources.Tokens.TokenKind.Verification, record.Id, record.GetText("tokenKey"), email: "victim@example.com");
        (await app.SendAsync("POST", Base + "confirm-verification", new { token = verification })).Status.ShouldBe(HttpStatusCode.NoContent);

        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync("/api/collections/_passkeys/records", token)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        (await app.SendAsync("POST", Base + "auth-refresh", null, token)).Status.ShouldBe(HttpStatusCode.Unauthorized, "what was signed in before is out");
    }

    [Fact]
    public async Task An_api_key_left_in_an_account_for_somebody_elses_address_is_gone_when_its_owner_proves_it()
    {
        await SetAsync(new { apiKeys = new { enabled = true } });
        var record = await app.CreateAsync("users", new { email = "victim@example.com", password = Password });
        var made = await app.SendAsync("POST", Base + "api-keys", new { name = "left", scope = new { collections = new { users = new[] { "view" } } }, password = Password }, await SignInAsync("victim@example.com"));
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var key = made.Body.GetProperty("key").GetString();
        (await app.GetAsync($"/api/collections/users/records/{record.Id}", key)).Status.ShouldBe(HttpStatusCode.OK);
        // By whatever way the address is proven.
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{record.Id}", new { verified = true }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync($"/api/collections/users/records/{record.Id}", key)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_understood_any_more_lets_nobody_in_with_one_factor()
    {
        await app.CreateAsync("users", new { email = "ann@example.com", password = Password });
        var root = await app.SuperuserTokenAsync();
        var teams = await app.SendAsync("POST", "/api/collections", new { name = "teams", type = "base", fields = new[] { new { name = "title", type = "text" } } }, root);
        teams.Status.ShouldBe(HttpStatusCode.OK, teams.Text);
        await app.CreateAsync("teams", new { title = "careful" });
        await SetAsync(new { mfa = new { enabled = true, rule = "@collection.teams.title ?= 'careful'" } });
        var body = new { identity = "ann@example.com", password = Password };
        (await app.SendAsync("POST", Base + "auth-with-password", body)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("DELETE", "/api/collections/teams", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.SendAsync("POST", Base + "auth-with-password", body)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // The answer once as the device signed it and once with the flag that it saw its owner, under names that differ in case.
    private static JsonObject Forged(JsonObject real, string outer, string inner, bool forgedFirst)
    {
        var response = real["response"]!.AsObject();
        real.Remove("response");
        var lie = response.DeepClone().AsObject();
        var data = Base64Url.DecodeFromChars(response["authenticatorData"]!.GetValue<string>());
        data[32] |= 4;
        lie["authenticatorData"] = Base64Url.EncodeToString(data);
        if (inner != "authenticatorData")
        {
            var both = response.DeepClone().AsObject();
            var (signed, changed) = (both["authenticatorData"]!.GetValue<string>(), lie["authenticatorData"]!.GetValue<string>());
            both.Remove("authenticatorData");
            both[forgedFirst ? "authenticatorData" : inner] = forgedFirst ? changed : signed;
            both[forgedFirst ? inner : "authenticatorData"] = forgedFirst ? signed : changed;
            real[outer] = both;
            return real;
        }
        real[forgedFirst ? "response" : outer] = forgedFirst ? lie : response;
        real[forgedFirst ? outer : "response"] = forgedFirst ? response : lie;
        return real;
    }

    private async Task AddAsync(SoftAuthenticator device, string token)
    {
        var begun = await app.SendAsync("POST", Base + "passkeys/begin", null, token);
        var added = await app.SendAsync("POST", Base + "passkeys/finish", new { ceremony = begun.Body.GetProperty("ceremony").GetString(), credential = device.Create(begun.Body.GetProperty("options")) }, token);
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
    }

    private async Task<Answer> GetAsync(SoftAuthenticator device)
    {
        var begun = await app.SendAsync("POST", Base + "passkeys/challenge");
        return await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony = begun.Body.GetProperty("ceremony").GetString(), credential = device.Get(begun.Body.GetProperty("options")) });
    }

    private async Task SetAsync(object options) =>
        (await app.SendAsync("PATCH", "/api/collections/users", options, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<string> SignInAsync(string email) =>
        (await app.SendAsync("POST", Base + "auth-with-password", new { identity = email, password = Password })).Body.GetProperty("token").GetString()!;
}
