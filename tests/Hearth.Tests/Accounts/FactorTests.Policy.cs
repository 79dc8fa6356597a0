using System.Net;
using Hearth.Records.Writing;
using Hearth.Resources.Passwords;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

// What a collection says about second factors: which count, how long a device is remembered, what one mailbox must not be.
public sealed partial class FactorTests
{
    [Fact]
    public async Task A_device_is_remembered_as_long_as_the_collection_says_and_the_password_stays()
    {
        await PolicyAsync(new { remember = 3600 });
        await EnrolAsync();
        clock.Ahead += TimeSpan.FromSeconds(31);
        var mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        var done = await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secretOfAnn) });
        var device = done.Body.GetProperty("deviceToken").GetString()!;
        var again = await WithDeviceAsync(device);
        again.Status.ShouldBe(HttpStatusCode.OK, again.Text);
        again.Body.TryGetProperty("deviceToken", out _).ShouldBeFalse("it does not renew itself");

        // It is no proof by itself, of no use to somebody else, and nothing else takes its place.
        (await app.SendAsync("POST", Base + "auth-refresh", token: device)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", Base + "auth-with-password", new { identity = "ann@example.com", password = "a wrong word", deviceToken = device })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await WithDeviceAsync(done.Body.GetProperty("token").GetString()!)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var bob = await app.CreateAsync("users", new { email = "bob@example.com", password = Password });
        (await WithDeviceAsync(app.App.Tokens.Issue(bob.Collection, TokenKind.Device, bob.Id, bob.GetText("tokenKey")))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        clock.Ahead += TimeSpan.FromHours(1);
        (await WithDeviceAsync(device)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        clock.Ahead -= TimeSpan.FromHours(1);
        (await WithDeviceAsync(device)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new { password = Password, passwordConfirm = Password }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        (await WithDeviceAsync(device)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_collection_says_which_factors_count()
    {
        await EnrolAsync();
        var codes = await CodesAsync(await FullSignInAsync());
        await PolicyAsync(new { factors = new[] { "totp", "passkey" } });
        (await RecoverAsync(await PasswordAsync(), codes[0])).Message.ShouldBe("A different authentication method is required.");
        (await FullSignInAsync()).ShouldNotBeEmpty();
        await PolicyAsync(new { factors = new[] { "recovery" } });
        (await RecoverAsync(await PasswordAsync(), codes[1])).Status.ShouldBe(HttpStatusCode.OK);
        var wrong = await app.SendAsync("PATCH", "/api/collections/users", new { mfa = new { factors = new[] { "sms" }, remember = -1 } }, await app.SuperuserTokenAsync());
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body.GetProperty("data").GetProperty("mfa").EnumerateObject().Select(member => member.Name).Order().ShouldBe(["factors", "remember"]);
    }

    [Fact]
    public async Task The_mailbox_alone_is_not_two_factors_for_who_has_added_an_app()
    {
        (await app.SendAsync("PATCH", "/api/collections/users", new { otp = new { enabled = true } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        // What was added before the address was proven would go with the proof.
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new { verified = true }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        await EnrolAsync();
        var asked = await PasswordAsync();
        asked.Status.ShouldBe(HttpStatusCode.Unauthorized, asked.Text);
        var mfaId = asked.Body.GetProperty("mfaId").GetString()!;
        // A code by mail, as it stands in the database.
        var hash = (await new PasswordHashes(new PasswordCost(64, 1)).HashAsync("12345678", 0, default))!;
        var otps = app.App.Schema.Find("_otps")!;
        var code = SystemRecords.New(otps, ann, clock.GetUtcNow());
        code["sentTo"] = FieldValue.Text("ann@example.com");
        code.SetPasswordHash("password", hash);
        var insert = code.ToInsert();
        (await app.App.Engine.WriteAsync(session => session.ExecuteAsync(insert, default), fault => fault is null, default)).ShouldBeNull();
        var answer = await app.SendAsync("POST", Base + "auth-with-otp", new { otpId = code.Id, password = "12345678", mfaId });
        (answer.Status, answer.Message).ShouldBe((HttpStatusCode.BadRequest, "A different authentication method is required."));
    }

    private async Task PolicyAsync(object mfa)
    {
        var changed = await app.SendAsync("PATCH", "/api/collections/users", new { mfa }, await app.SuperuserTokenAsync());
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
    }

    private Task<Answer> WithDeviceAsync(string deviceToken) => app.SendAsync("POST", Base + "auth-with-password", new { identity = "ann@example.com", password = Password, deviceToken });
}
