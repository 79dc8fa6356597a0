using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Passkeys over HTTP with a device in software; the browser's own is tested with the SDK.</summary>
public sealed class PasskeyTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Base = "/api/collections/users/";
    private const string Rows = "/api/collections/_passkeys/records";
    private const string Page = "http://localhost:5173";
    private readonly ShiftedClock clock = shared.Clock;
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(start: () => TestApp.StartAsync(options => options.Clock = clock));
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        await app.CreateAsync("users", new { email = "bob@example.com", password = "12345678" });
        await SetAsync(new { passkeys = new { enabled = true }, totp = new { enabled = true } });
        token = await SignInAsync("ann@example.com");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_passkey_is_added_and_signs_in_without_a_name_or_a_second_factor()
    {
        using var device = new SoftAuthenticator(Page);
        var begun = await app.SendAsync("POST", Base + "passkeys/begin", null, token);
        begun.Status.ShouldBe(HttpStatusCode.OK, begun.Text);
        var options = begun.Body.GetProperty("options");
        options.GetProperty("rp").GetProperty("id").GetString().ShouldBe("localhost");
        options.GetProperty("user").GetProperty("name").GetString().ShouldBe("ann@example.com");
        options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString().ShouldBe("required");
        options.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString().ShouldBe("required");
        var body = new { ceremony = begun.Body.GetProperty("ceremony").GetString(), credential = device.Create(options), name = "My phone" };
        var added = await app.SendAsync("POST", Base + "passkeys/finish", body, token);
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        added.Body.GetProperty("name").GetString().ShouldBe("My phone");
        added.Body.TryGetProperty("publicKey", out _).ShouldBeFalse();
        (await app.SendAsync("POST", Base + "passkeys/finish", body, token)).Status.ShouldBe(HttpStatusCode.BadRequest, "a challenge is good once");

        await SetAsync(new { mfa = new { enabled = true }, otp = new { enabled = true } });
        device.Counter = 1;
        var signedIn = await GetAsync(device);
        signedIn.Status.ShouldBe(HttpStatusCode.OK, signedIn.Text);
        signedIn.Body.GetProperty("record").GetProperty("id").GetString().ShouldBe(ann.Id);
        var sessions = await app.GetAsync("/api/collections/_sessions/records?filter=" + Uri.EscapeDataString("method = 'passkey'"), signedIn.Body.GetProperty("token").GetString());
        sessions.Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        (await app.GetAsync(Base + "auth-methods")).Body.GetProperty("passkeys").GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_is_good_once_however_often_it_comes()
    {
        using var device = await AddAsync();
        for (uint round = 1; round <= 3; round++)
        {
            // A device without a counter: only the challenge can tell.
            var (ceremony, options) = await ChallengeAsync();
            var body = new { ceremony, credential = device.Get(options) };
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.SendAsync("POST", Base + "auth-with-passkey", body)));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            (await app.SendAsync("POST", Base + "auth-with-passkey", body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
        var late = await ChallengeAsync();
        var answer = device.Get(late.Options);
        clock.Ahead += TimeSpan.FromMinutes(6);
        (await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony = late.Ceremony, credential = answer })).Message.ShouldBe("The challenge is not valid or has ended.");
    }

    [Fact]
    public async Task A_counter_that_goes_back_refuses_and_is_noted()
    {
        using var device = await AddAsync();
        device.Counter = 10;
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var copied in new uint[] { 10, 9, 0 })
        {
            device.Counter = copied;
            (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
        device.Counter = 11;
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        var audit = await app.GetAsync("/api/audit?perPage=100", await app.SuperuserTokenAsync());
        if (audit.Status == HttpStatusCode.OK) audit.Text.ShouldContain("passkey.counterWentBack");
    }

    [Fact]
    public async Task What_does_not_hold_is_refused_without_a_reason()
    {
        using var device = await AddAsync();
        using var stranger = new SoftAuthenticator(Page) { CredentialId = device.CredentialId, UserHandle = device.UserHandle };
        (await GetAsync(stranger)).Status.ShouldBe(HttpStatusCode.BadRequest, "another key under the same id");
        stranger.CredentialId = [1, 2, 3];
        (await GetAsync(stranger)).Status.ShouldBe(HttpStatusCode.BadRequest, "an unknown key");
        foreach (var origin in new[] { "https://evil.example", "http://localhost.evil.example", "https://127.0.0.1", "" })
        {
            device.Origin = origin;
            var refused = await GetAsync(device);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, origin);
            refused.Message.ShouldBe("Failed to authenticate.");
            refused.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        }
        device.Origin = Page;
        device.RpId = "evil.example";
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest, "made for another domain");
        device.RpId = "localhost";
        device.IsVerified = false;
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest, "the owner was not seen");
        device.IsVerified = true;
        var handle = device.UserHandle;
        device.UserHandle = System.Buffers.Text.Base64Url.EncodeToString("nobody"u8);
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest, "somebody else's name on it");
        device.UserHandle = handle;
        foreach (var credential in new object?[] { null, new { }, "x", new { id = "x", response = 5 }, new { id = new string('A', 100_000), rawId = "", type = "public-key", response = new { } } })
        {
            var (ceremony, _) = await ChallengeAsync();
            (await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony, credential })).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_ceremony_belongs_to_its_kind_its_collection_and_its_person()
    {
        using var device = new SoftAuthenticator(Page);
        var begun = await app.SendAsync("POST", Base + "passkeys/begin", null, token);
        var ceremony = begun.Body.GetProperty("ceremony").GetString()!;
        var credential = device.Create(begun.Body.GetProperty("options"));
        var bob = await SignInAsync("bob@example.com");
        (await app.SendAsync("POST", Base + "passkeys/finish", new { ceremony, credential }, bob)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony, credential })).Status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var forged in new[] { "", "x", "a.b", ceremony[..^3], "A" + ceremony, ceremony.Split('.')[0] + "." + new string('A', 43), new string('a', 10_000) })
        {
            (await app.SendAsync("POST", Base + "passkeys/finish", new { ceremony = forged, credential }, token)).Status.ShouldBe(HttpStatusCode.BadRequest, forged);
        }
        (await app.SendAsync("POST", "/api/collections", new { name = "members", type = "auth", passkeys = new { enabled = true } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/members/auth-with-passkey", new { ceremony, credential })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "passkeys/finish", new { ceremony, credential }, token)).Status.ShouldBe(HttpStatusCode.OK);
        var members = await app.SendAsync("POST", "/api/collections/members/passkeys/challenge");
        var elsewhere = new { ceremony = members.Body.GetProperty("ceremony").GetString(), credential = device.Get(members.Body.GetProperty("options")) };
        (await app.SendAsync("POST", "/api/collections/members/auth-with-passkey", elsewhere)).Status.ShouldBe(HttpStatusCode.BadRequest, "a key of another collection");
        (await app.SendAsync("POST", Base + "passkeys/begin", null, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.Forbidden, "no fresh proof");
    }

    [Fact]
    public async Task Its_owner_may_rename_and_remove_it_and_nothing_else()
    {
        using var device = await AddAsync();
        var row = (await app.GetAsync(Rows, token)).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        var path = $"{Rows}/{row.GetProperty("id").GetString()}";
        (await app.SendAsync("PATCH", path, new { name = "Blue phone" }, token)).Body.GetProperty("name").GetString().ShouldBe("Blue phone");
        foreach (var body in new[] { """{"credentialId":"AAAA"}""", """{"name":"x","backedUp":true}""", """{"recordRef":"x"}""", """{"transports":"usb"}""", """{"lastUsed":""}""" })
        {
            (await app.SendAsync("PATCH", path, JsonElement.Parse(body), token)).Status.ShouldBe(HttpStatusCode.NotFound, body);
        }
        // Hidden ones are not even looked at.
        (await app.SendAsync("PATCH", path, new { publicKey = "AAAA", signCount = 5 }, token)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        var bob = await SignInAsync("bob@example.com");
        (await app.GetAsync(Rows, bob)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        (await app.SendAsync("PATCH", path, new { name = "mine" }, bob)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.SendAsync("DELETE", path, token: bob)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.SendAsync("DELETE", path, token: token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_seeing_its_owner_it_is_one_factor_and_a_second_one()
    {
        await SetAsync(new { passkeys = new { userVerification = "preferred" }, mfa = new { enabled = true }, otp = new { enabled = true } });
        using var device = await AddAsync();
        device.IsVerified = false;
        var first = await GetAsync(device);
        first.Status.ShouldBe(HttpStatusCode.Unauthorized, first.Text);
        first.Body.GetProperty("factors").GetRawText().ShouldBe("""["passkey"]""");

        var asked = await app.SendAsync("POST", Base + "auth-with-password", new { identity = "ann@example.com", password = "12345678" });
        var mfaId = asked.Body.GetProperty("mfaId").GetString();
        var (ceremony, options) = await ChallengeAsync(mfaId);
        options.GetProperty("allowCredentials").GetArrayLength().ShouldBe(1);
        var done = await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony, mfaId, credential = device.Get(options) });
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        device.IsVerified = true;
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK, "with its owner seen it is enough");
    }

    [Fact]
    public async Task Options_are_checked_and_decide_for_whom_passkeys_are()
    {
        var root = await app.SuperuserTokenAsync();
        foreach (var wrong in new object[] { new { rpId = "https://x" }, new { rpId = "a b" }, new { userVerification = "maybe" }, new { origins = new[] { "nope" } } })
        {
            (await app.SendAsync("PATCH", "/api/collections/users", new { passkeys = wrong }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
        await SetAsync(new { passkeys = new { rpId = "example.com", origins = new[] { "https://app.example.com" } } });
        using var device = new SoftAuthenticator("https://app.example.com", "example.com");
        (await AddAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        device.Origin = "https://other.example.com";
        (await GetAsync(device)).Status.ShouldBe(HttpStatusCode.BadRequest);
        await SetAsync(new { passkeys = new { enabled = false } });
        (await app.SendAsync("POST", Base + "passkeys/challenge")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<SoftAuthenticator> AddAsync()
    {
        var device = new SoftAuthenticator(Page);
        var added = await AddAsync(device);
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        return device;
    }

    private async Task<Answer> AddAsync(SoftAuthenticator device)
    {
        var begun = await app.SendAsync("POST", Base + "passkeys/begin", null, token);
        return await app.SendAsync("POST", Base + "passkeys/finish", new { ceremony = begun.Body.GetProperty("ceremony").GetString(), credential = device.Create(begun.Body.GetProperty("options")) }, token);
    }

    private async Task<(string? Ceremony, JsonElement Options)> ChallengeAsync(string? mfaId = null)
    {
        var begun = await app.SendAsync("POST", Base + "passkeys/challenge", new { mfaId });
        begun.Status.ShouldBe(HttpStatusCode.OK, begun.Text);
        return (begun.Body.GetProperty("ceremony").GetString(), begun.Body.GetProperty("options"));
    }

    private async Task<Answer> GetAsync(SoftAuthenticator device)
    {
        var (ceremony, options) = await ChallengeAsync();
        return await app.SendAsync("POST", Base + "auth-with-passkey", new { ceremony, credential = device.Get(options) });
    }

    private async Task SetAsync(object options)
    {
        var changed = await app.SendAsync("PATCH", "/api/collections/users", options, await app.SuperuserTokenAsync());
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
    }

    private async Task<string> SignInAsync(string email) =>
        (await app.SendAsync("POST", Base + "auth-with-password", new { identity = email, password = "12345678" })).Body.GetProperty("token").GetString()!;
}
