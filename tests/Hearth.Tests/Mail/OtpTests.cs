using System.Net;
using System.Text.RegularExpressions;
using Hearth.Resources.Mail;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Mail;

/// <summary>Signing in with a one-time code.</summary>
public sealed partial class OtpTests : IAsyncLifetime
{
    private const string Ann = "ann@example.com";
    private readonly SettableClock clock = new();
    private MailedApp app = null!;
    private Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await MailedApp.StartAsync(options => options.Clock = clock);
        ann = await app.Server.CreateAsync("users", new { email = Ann, password = "12345678" });
        await app.SetAsync("users", new { otp = new { enabled = true, duration = 60 } });
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_code_signs_in_once_and_proves_the_address()
    {
        var (otpId, code) = await AskAsync();
        code.Length.ShouldBe(8);
        (await app.Server.App.Records.FindAsync(app.Server.App.Schema.Find("_otps")!, otpId))!.GetText("password").ShouldNotContain(code);
        var answer = await SignInAsync(otpId, code);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeTrue();
        (await app.PostAsync("users/auth-refresh", new { }, answer.Body.GetProperty("token").GetString())).Status.ShouldBe(HttpStatusCode.OK);
        // Whoever signed up for an address that was not theirs does not get in by the password they chose.
        (await app.PostAsync("users/auth-with-password", new { identity = Ann, password = "12345678" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        Refused(await SignInAsync(otpId, code));
    }

    [Fact]
    public async Task Of_two_uses_at_once_one_wins()
    {
        var (otpId, code) = await AskAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SignInAsync(otpId, code)));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_late_foreign_and_voided_codes_are_refused_alike()
    {
        var (otpId, code) = await AskAsync();
        Refused(await SignInAsync(otpId, "0000"));
        Refused(await SignInAsync("unknown", code));
        Refused(await app.PostAsync("_superusers/auth-with-otp", new { otpId, password = code }), 403);
        clock.Add(TimeSpan.FromSeconds(61));
        Refused(await SignInAsync(otpId, code));
        (otpId, code) = await AskAsync();
        // A new key voids what was asked for before.
        await app.Server.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new Dictionary<string, string> { ["tokenKey:autogenerate"] = "" }, await app.Server.SuperuserTokenAsync());
        Refused(await SignInAsync(otpId, code));
    }

    [Fact]
    public async Task After_five_wrong_tries_even_the_right_one_is_refused_for_a_while()
    {
        var (otpId, code) = await AskAsync();
        var (other, otherCode) = await AskAsync();
        for (var i = 0; i < 5; i++) Refused(await SignInAsync(i % 2 == 0 ? otpId : other, "0000"));
        var many = await SignInAsync(otpId, code);
        ((int)many.Status, many.Message).ShouldBe((429, "Too many attempts, please try again later with a new OTP."));
        ((int)(await SignInAsync(other, otherCode)).Status).ShouldBe(429);

        // The id that an unknown address got is treated the same way.
        var nobody = (await app.PostAsync("users/request-otp", new { email = "nobody@example.com" })).Body.GetProperty("otpId").GetString()!;
        for (var i = 0; i < 5; i++) Refused(await SignInAsync(nobody, "0000"));
        ((int)(await SignInAsync(nobody, "0000")).Status).ShouldBe(429);

        clock.Add(TimeSpan.FromSeconds(181));
        (otpId, code) = await AskAsync();
        (await SignInAsync(otpId, code)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_that_is_not_written_yet_or_is_void_brings_no_further_tries()
    {
        var (otpId, code) = await AskAsync();
        for (var i = 0; i < 5; i++) Refused(await SignInAsync(otpId, "0000"));
        // The order is there and the code is not, as in the moment before the mail is written; an address without an account is always like that.
        await app.Server.SendAsync("DELETE", $"/api/collections/_otps/records/{otpId}", token: await app.Server.SuperuserTokenAsync());
        ((int)(await SignInAsync(otpId, code)).Status).ShouldBe(429);
    }

    [Fact]
    public async Task Ids_that_somebody_makes_up_fill_nothing()
    {
        var answers = new List<int>();
        for (var i = 0; i < 30; i++) answers.Add((int)(await SignInAsync($"made up {i}", "0000")).Status);
        answers.Take(5).ShouldAllBe(status => status == 400);
        answers.Skip(5).ShouldAllBe(status => status == 429);
        using var session = await app.Server.App.Engine.ReadAsync(default);
        (await session.CountAsync(new Hearth.Planning.ReadPlan { From = new Hearth.Planning.BaseSource(Hearth.Data.InternalTables.Tries) }, default)).ShouldBe(5);
    }

    [Fact]
    public async Task Codes_that_ended_are_removed()
    {
        await AskAsync();
        await app.Server.App.Records.CreateAsync(app.Server.App.Schema, app.Server.App.Schema.Find("_mfas")!, new Hearth.Records.Submission(new Dictionary<string, System.Text.Json.JsonElement>
        {
            ["collectionRef"] = System.Text.Json.JsonSerializer.SerializeToElement(ann.Collection.Id),
            ["recordRef"] = System.Text.Json.JsonSerializer.SerializeToElement(ann.Id),
            ["method"] = System.Text.Json.JsonSerializer.SerializeToElement("otp"),
        }), Hearth.Planning.RequestFacts.None);
        (await CountAsync("_otps"), await CountAsync("_mfas")).ShouldBe((1, 1));
        clock.Add(TimeSpan.FromSeconds(61));
        await Features.Accounts.Mails.EndedCodes.RemoveAsync(app.Server.App.Setup, "_otps", options => options.Otp.Duration, default);
        (await CountAsync("_otps"), await CountAsync("_mfas")).ShouldBe((0, 1));
        clock.Add(TimeSpan.FromSeconds(600));
        await Features.Accounts.Mails.EndedCodes.RemoveAsync(app.Server.App.Setup, "_mfas", options => options.Mfa.Duration, default);
        (await CountAsync("_mfas")).ShouldBe(0);
    }

    [Fact]
    public async Task Methods_tell_codes_and_without_them_nobody_gets_one()
    {
        (await app.Server.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("otp").GetRawText().ShouldBe("""{"duration":60,"enabled":true}""");
        await app.SetAsync("users", new { otp = new { enabled = false } });
        (await app.Server.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("otp").GetRawText().ShouldBe("""{"duration":0,"enabled":false}""");
        foreach (var answer in new[] { await app.PostAsync("users/request-otp", new { email = Ann }), await SignInAsync("x", "y") })
        {
            (answer.Status, answer.Message).ShouldBe((HttpStatusCode.Forbidden, "The collection is not configured to allow OTP authentication."));
        }
    }

    [Fact]
    public async Task A_second_factor_still_follows_and_the_password_stays()
    {
        await app.SetAsync("users", new { mfa = new { enabled = true } });
        var (otpId, code) = await AskAsync();
        var first = await SignInAsync(otpId, code);
        first.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var mfaId = first.Body.GetProperty("mfaId").GetString();
        var second = await app.PostAsync("users/auth-with-password", new { identity = Ann, password = "12345678", mfaId });
        second.Status.ShouldBe(HttpStatusCode.OK, second.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody@example.com")]
    public async Task More_than_ten_codes_at_a_time_are_not_sent_to_known_and_unknown_alike(string address)
    {
        await using var server = await TestApp.StartAsync();
        await server.CreateAsync("users", new { email = Ann, password = "12345678" });
        await server.SendAsync("PATCH", "/api/collections/users", new { otp = new { enabled = true } }, await server.SuperuserTokenAsync());
        var ids = new List<string>();
        for (var i = 0; i < 12; i++) ids.Add((await server.SendAsync("POST", "/api/collections/users/request-otp", new { email = address.Length > 0 ? address : Ann })).Body.GetProperty("otpId").GetString()!);
        ids.Take(10).Distinct().Count().ShouldBe(10);
        ids.ShouldAllBe(id => id.Length == 15);
        ids.Skip(9).Distinct().ShouldHaveSingleItem();
    }

    private async Task<(string OtpId, string Code)> AskAsync()
    {
        var answer = await app.PostAsync("users/request-otp", new { email = Ann });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return (answer.Body.GetProperty("otpId").GetString()!, CodeOf(await app.MailToAsync(Ann)));
    }

    private Task<Answer> SignInAsync(string otpId, string password) => app.PostAsync("users/auth-with-otp", new { otpId, password });

    private async Task<long> CountAsync(string collection) =>
        (await app.Server.GetAsync($"/api/collections/{collection}/records", await app.Server.SuperuserTokenAsync())).Body.GetProperty("totalItems").GetInt64();

    private static string CodeOf(KeptMail mail) => Code().Match(mail.Text).Value;

    private static void Refused(Answer answer, int status = 400)
    {
        ((int)answer.Status).ShouldBe(status, answer.Text);
        if (status == 400) answer.Message.ShouldBe("Invalid or expired OTP.");
    }

    [GeneratedRegex(@"\b\d{4,}\b")]
    private static partial Regex Code();

    // Time that goes on by itself, with a little more whenever a test says so.
    private sealed class SettableClock : TimeProvider
    {
        private long ahead;

        public void Add(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));
    }
}
