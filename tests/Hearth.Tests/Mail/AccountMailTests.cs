using System.Net;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Mail;

/// <summary>Verification, password reset and change of the address, by mail.</summary>
public sealed class AccountMailTests : IAsyncLifetime
{
    private const string Ann = "ann@example.com";
    private MailedApp app = null!;
    private Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await MailedApp.StartAsync();
        ann = await app.Server.CreateAsync("users", new { email = Ann, password = "12345678", name = "Ann" });
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task An_address_is_proven_once_by_its_link()
    {
        (await app.PostAsync("users/request-verification", new { email = Ann })).Status.ShouldBe(HttpStatusCode.NoContent);
        var mail = await app.MailToAsync(Ann);
        mail.Subject.ShouldBe("Verify your Acme email");
        var token = MailedApp.TokenOf(mail);
        mail.Html.ShouldContain($"http://localhost:8090/_/#/auth/confirm-verification/{token}");
        (await app.PostAsync("users/confirm-verification", new { token })).Status.ShouldBe(HttpStatusCode.NoContent);
        var verified = await app.ReadAsync(ann);
        verified.GetBool("verified").ShouldBeTrue();
        // The password stays, and so do the tokens that it gave.
        verified.GetText("tokenKey").ShouldBe(ann.GetText("tokenKey"));
        (await app.PostAsync("users/confirm-verification", new { token })).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Without_passwords_a_proven_account_gets_a_new_one()
    {
        await app.SetAsync("users", new { passwordAuth = new { enabled = false }, otp = new { enabled = true } });
        await app.PostAsync("users/request-verification", new { email = Ann });
        (await app.PostAsync("users/confirm-verification", new { token = MailedApp.TokenOf(await app.MailToAsync(Ann)) })).Status.ShouldBe(HttpStatusCode.NoContent);
        var verified = await app.ReadAsync(ann);
        verified.GetText("password").ShouldNotBe(ann.GetText("password"));
        verified.GetText("tokenKey").ShouldNotBe(ann.GetText("tokenKey"));
        (await app.PostAsync("users/request-password-reset", new { email = Ann })).Message.ShouldBe("The collection is not configured to allow password authentication.");
    }

    [Theory]
    [InlineData("request-verification")]
    [InlineData("request-password-reset")]
    public async Task Nobody_learns_whether_an_address_is_known(string route)
    {
        foreach (var address in new[] { Ann, "nobody@example.com", Ann, "x'--@example.com" })
        {
            var answer = await app.PostAsync("users/" + route, new { email = address });
            answer.Status.ShouldBe(HttpStatusCode.NoContent);
            answer.Text.ShouldBeEmpty();
        }
        (await app.CountAsync()).ShouldBe(1);
        foreach (var (body, code) in new (object, string)[] { (new { email = "" }, "validation_required"), (new { }, "validation_required"), (new { email = "no address" }, "validation_is_email"), (new { email = "a@b.c\r\nBcc: x@y.z" }, "validation_is_email") })
        {
            var answer = await app.PostAsync("users/" + route, body);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest);
            answer.Message.ShouldBe("An error occurred while validating the submitted data.");
            answer.Body.GetProperty("data").GetProperty("email").GetProperty("code").GetString().ShouldBe(code);
        }
    }

    [Fact]
    public async Task A_new_password_ends_every_token_and_the_link()
    {
        var before = app.Server.TokenOf(ann);
        await app.PostAsync("users/request-password-reset", new { email = Ann });
        var token = MailedApp.TokenOf(await app.MailToAsync(Ann));
        var wrong = await app.PostAsync("users/confirm-password-reset", new { token, password = "maple-lamp-43", passwordConfirm = "maple-lamp-4" });
        CodesOf(wrong).ShouldBe(["passwordConfirm validation_values_mismatch"]);
        wrong = await app.PostAsync("users/confirm-password-reset", new { token = "", password = "short", passwordConfirm = "" });
        CodesOf(wrong).ShouldBe(["token validation_required", "password validation_length_out_of_range", "passwordConfirm validation_required"]);

        var answer = await app.PostAsync("users/confirm-password-reset", new { token, password = "maple-lamp-43", passwordConfirm = "maple-lamp-43" });
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        (await app.ReadAsync(ann)).GetBool("verified").ShouldBeTrue();
        (await app.PostAsync("users/auth-with-password", new { identity = Ann, password = "12345678" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.PostAsync("users/auth-with-password", new { identity = Ann, password = "maple-lamp-43" })).Status.ShouldBe(HttpStatusCode.OK);
        (await app.PostAsync("users/auth-refresh", new { }, before)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        CodesOf(await app.PostAsync("users/confirm-password-reset", new { token, password = "maple-lamp-43", passwordConfirm = "maple-lamp-43" })).ShouldBe(["token validation_invalid_token"]);
    }

    [Fact]
    public async Task Of_two_uses_at_once_one_wins()
    {
        await app.PostAsync("users/request-password-reset", new { email = Ann });
        var token = MailedApp.TokenOf(await app.MailToAsync(Ann));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => app.PostAsync("users/confirm-password-reset", new { token, password = $"a lantern {n} x", passwordConfirm = $"a lantern {n} x" })));
        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.NoContent).ShouldAllBe(answer => answer.Status == HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_address_is_proven_by_its_own_link_and_the_password()
    {
        var signedIn = app.Server.TokenOf(ann);
        await app.Server.CreateAsync("users", new { email = "bob@example.com", password = "12345678" });
        CodesOf(await app.PostAsync("users/request-email-change", new { newEmail = Ann }, signedIn)).ShouldBe(["newEmail validation_not_in_invalid"]);
        CodesOf(await app.PostAsync("users/request-email-change", new { newEmail = "bob@example.com" }, signedIn)).ShouldBe(["newEmail validation_invalid_new_email"]);
        CodesOf(await app.PostAsync("users/request-email-change", new { newEmail = "nope" }, signedIn)).ShouldBe(["newEmail validation_is_email"]);
        (await app.PostAsync("users/request-email-change", new { newEmail = "new@example.com" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.PostAsync("users/request-email-change", new { newEmail = "new@example.com" }, signedIn)).Status.ShouldBe(HttpStatusCode.NoContent);
        var token = MailedApp.TokenOf(await app.MailToAsync("new@example.com"));
        CodesOf(await app.PostAsync("users/confirm-email-change", new { token, password = "wrong" })).ShouldBe(["password validation_invalid_password"]);
        CodesOf(await app.PostAsync("users/confirm-email-change", new { token = "x", password = "" })).ShouldBe(["token validation_invalid_token_payload", "password validation_required"]);
        var changed = await app.PostAsync("users/confirm-email-change", new { token, password = "12345678" });
        changed.Status.ShouldBe(HttpStatusCode.NoContent, changed.Text);
        var stored = await app.ReadAsync(ann);
        (stored.GetText("email"), stored.GetBool("verified")).ShouldBe(("new@example.com", true));
        (await app.PostAsync("users/auth-refresh", new { }, signedIn)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        CodesOf(await app.PostAsync("users/confirm-email-change", new { token, password = "12345678" })).ShouldBe(["token validation_invalid_token"]);
    }

    [Fact]
    public async Task An_address_that_was_taken_meanwhile_is_refused()
    {
        await app.PostAsync("users/request-email-change", new { newEmail = "new@example.com" }, app.Server.TokenOf(ann));
        var token = MailedApp.TokenOf(await app.MailToAsync("new@example.com"));
        await app.Server.CreateAsync("users", new { email = "new@example.com", password = "12345678" });
        CodesOf(await app.PostAsync("users/confirm-email-change", new { token, password = "12345678" })).ShouldBe(["token validation_invalid_token_email"]);
    }

    [Fact]
    public async Task Strangers_get_few_mails_from_one_account()
    {
        for (var i = 0; i < 8; i++) (await app.PostAsync("users/request-email-change", new { newEmail = $"victim{i}@example.com" }, app.Server.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.CountAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task Tokens_are_good_for_their_own_purpose_collection_and_address_only()
    {
        await app.Server.SendAsync("POST", "/api/collections", new { name = "members", type = "auth" }, await app.Server.SuperuserTokenAsync());
        await app.PostAsync("users/request-password-reset", new { email = Ann });
        var reset = MailedApp.TokenOf(await app.MailToAsync(Ann));
        await app.PostAsync("users/request-verification", new { email = Ann });
        var verification = MailedApp.TokenOf(await app.MailToAsync(Ann));
        CodesOf(await app.PostAsync("users/confirm-verification", new { token = reset })).ShouldBe(["token validation_invalid_token"]);
        CodesOf(await app.PostAsync("users/confirm-password-reset", new { token = verification, password = "maple-lamp-43", passwordConfirm = "maple-lamp-43" })).ShouldBe(["token validation_invalid_token"]);
        CodesOf(await app.PostAsync("users/confirm-verification", new { token = app.Server.TokenOf(ann) })).ShouldBe(["token validation_invalid_token_claims"]);
        CodesOf(await app.PostAsync("members/confirm-verification", new { token = verification })).ShouldBe(["token validation_token_collection_mismatch"]);
        CodesOf(await app.PostAsync("users/confirm-email-change", new { token = verification, password = "12345678" })).ShouldBe(["token validation_invalid_token_payload"]);
        CodesOf(await app.PostAsync("users/confirm-verification", new { token = verification[..^2] + "xx" })).ShouldBe(["token validation_invalid_token"]);
        CodesOf(await app.PostAsync("users/confirm-verification", new { token = "garbage" })).ShouldBe(["token validation_invalid_token_claims"]);
        (await app.Server.SendAsync("POST", "/api/collections/users/auth-refresh", new { }, reset)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.ReadAsync(ann)).GetBool("verified").ShouldBeFalse();
    }

    [Fact]
    public async Task Superusers_are_verified_change_their_address_themselves_and_reset_by_mail()
    {
        var root = await app.Server.SuperuserTokenAsync();
        (await app.PostAsync("_superusers/request-verification", new { email = TestApp.SuperuserEmail })).Message.ShouldBe("All superusers are verified by default.");
        (await app.PostAsync("_superusers/request-email-change", new { newEmail = "new@example.com" }, root)).Message.ShouldBe("All superusers can change their emails directly.");
        await app.PostAsync("_superusers/request-password-reset", new { email = TestApp.SuperuserEmail });
        var token = MailedApp.TokenOf(await app.MailToAsync(TestApp.SuperuserEmail));
        (await app.PostAsync("_superusers/confirm-password-reset", new { token, password = "new password", passwordConfirm = "new password" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.PostAsync("_superusers/auth-with-password", new { identity = TestApp.SuperuserEmail, password = "new password" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_account_of_the_setup_link_gets_no_mail()
    {
        await using var fresh = await MailedApp.StartAsync(options => options.OfferSetup = true);
        (await fresh.PostAsync("_superusers/request-password-reset", new { email = "__pbinstaller@example.com" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await fresh.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_sign_in_from_a_new_place_is_told_and_what_a_client_calls_itself_is_harmless()
    {
        Task<Answer> SignIn(string agent) => app.PostAsync("users/auth-with-password", new { identity = Ann, password = "12345678" }, null, ("User-Agent", agent));
        await SignIn("First/1");
        (await app.CountAsync()).ShouldBe(0);
        await SignIn("First/1");
        (await app.CountAsync()).ShouldBe(0);
        await SignIn("<script>alert(1)</script>");
        var mail = await app.MailToAsync(Ann);
        mail.Subject.ShouldBe("Login from a new location");
        mail.Html.ShouldContain("127.0.0.1 &lt;script&gt;alert(1)&lt;/script&gt;");
        mail.Html.ShouldNotContain("<script>");
        mail.Text.ShouldContain(" - 127.0.0.1 <script>alert(1)</script>");
        await SignIn("<script>alert(1)</script>");
        (await app.CountAsync()).ShouldBe(1);
    }

    private static List<string> CodesOf(Answer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        return answer.Body.GetProperty("data").EnumerateObject().Select(field => $"{field.Name} {field.Value.GetProperty("code").GetString()}").ToList();
    }
}
