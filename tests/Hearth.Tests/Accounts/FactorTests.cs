using System.Net;
using Hearth.Features.Accounts.Factors;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Authenticator apps and recovery codes over HTTP.</summary>
public sealed partial class FactorTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Base = "/api/collections/users/";
    private const string Password = "moss-lamp-57";
    private readonly ShiftedClock clock = shared.Clock;
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync(start: () => TestApp.StartAsync(options => options.Clock = clock));
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = Password });
        var changed = await app.SendAsync("PATCH", "/api/collections/users", new { totp = new { enabled = true } }, await app.SuperuserTokenAsync());
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        changed.Body.GetProperty("totp").GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_authenticator_app_is_asked_for_once_it_is_confirmed()
    {
        var token = await SignInAsync();
        var begun = await app.SendAsync("POST", Base + "totp/begin", null, token);
        begun.Status.ShouldBe(HttpStatusCode.OK, begun.Text);
        var secret = begun.Body.GetProperty("secret").GetString()!;
        begun.Body.GetProperty("uri").GetString()!.ShouldStartWith("otpauth://totp/");
        begun.Body.GetProperty("qr").GetString()!.ShouldStartWith("data:image/png;base64,iVBOR");
        await SignInAsync(); // it does not count yet
        (await app.SendAsync("POST", Base + "totp/confirm", new { code = "000000" }, token)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var first = CodeNow(secret);
        (await app.SendAsync("POST", Base + "totp/confirm", new { code = first }, token)).Status.ShouldBe(HttpStatusCode.NoContent);

        var asked = await PasswordAsync();
        asked.Status.ShouldBe(HttpStatusCode.Unauthorized, asked.Text);
        asked.Body.GetProperty("factors").GetRawText().ShouldBe("""["totp"]""");
        var mfaId = asked.Body.GetProperty("mfaId").GetString();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = first })).Status.ShouldBe(HttpStatusCode.BadRequest, "it was used to confirm");
        clock.Ahead = TimeSpan.FromSeconds(31);
        var done = await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secret) });
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        (await app.SendAsync("POST", Base + "auth-refresh", token: done.Body.GetProperty("token").GetString())).Status.ShouldBe(HttpStatusCode.OK);
        clock.Ahead = TimeSpan.FromSeconds(62);
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secret) })).Message.ShouldBe("Invalid or expired MFA session.");
    }

    [Fact]
    public async Task Nothing_of_a_secret_can_be_read_again_by_its_owner()
    {
        await EnrolAsync();
        var token = await FullSignInAsync();
        await app.SendAsync("POST", Base + "recovery-codes", null, token);
        var row = (await app.GetAsync("/api/collections/_totps/records", token)).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("confirmed").GetBoolean().ShouldBeTrue();
        row.TryGetProperty("secret", out _).ShouldBeFalse();
        var codes = await app.GetAsync("/api/collections/_recoveryCodes/records", token);
        codes.Body.GetProperty("totalItems").GetInt32().ShouldBe(10);
        codes.Text.ShouldNotContain("hash");
        (await app.GetAsync("/api/collections/_totps/records?filter=" + Uri.EscapeDataString("secret ~ 'A'"), token)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.GetAsync("/api/collections/_totps/records")).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        (await app.GetAsync("/api/collections/_attempts/records", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await app.SendAsync("DELETE", $"/api/collections/_totps/records/{row.GetProperty("id").GetString()}", token: token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Changing_factors_needs_a_fresh_proof()
    {
        var old = app.TokenOf(ann);
        foreach (var path in new[] { "totp/begin", "totp/remove", "recovery-codes" })
        {
            (await app.SendAsync("POST", Base + path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
            var refused = await app.SendAsync("POST", Base + path, null, old);
            refused.Status.ShouldBe(HttpStatusCode.Forbidden);
            refused.Message.ShouldBe("Please sign in again, or send your password.");
        }
        (await app.SendAsync("POST", Base + "totp/begin", new { password = "wrong" }, old)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "totp/begin", new { password = Password }, old)).Status.ShouldBe(HttpStatusCode.OK);
        var session = await SignInAsync();
        (await app.SendAsync("POST", Base + "totp/begin", null, session)).Status.ShouldBe(HttpStatusCode.OK);
        clock.Ahead = TimeSpan.FromMinutes(11);
        session = (await app.SendAsync("POST", Base + "auth-refresh", token: session)).Body.GetProperty("token").GetString();
        (await app.SendAsync("POST", Base + "totp/begin", null, session)).Status.ShouldBe(HttpStatusCode.Forbidden, "a refreshed token is no new proof");
        for (var i = 0; i < 4; i++) await app.SendAsync("POST", Base + "totp/begin", new { password = "wrong" }, old);
        (await app.SendAsync("POST", Base + "totp/begin", new { password = "wrong" }, old)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "totp/begin", new { password = Password }, old)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Of_requests_with_one_code_at_once_one_wins()
    {
        var secret = await EnrolAsync();
        for (var round = 0; round < 5; round++)
        {
            clock.Ahead += TimeSpan.FromMinutes(1);
            var code = CodeNow(secret);
            var ids = new List<string?>();
            for (var i = 0; i < 4; i++) ids.Add((await PasswordAsync()).Body.GetProperty("mfaId").GetString());
            var answers = await Task.WhenAll(ids.Select(mfaId => app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code })));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Guessing_codes_is_bounded()
    {
        var secret = await EnrolAsync();
        clock.Ahead = TimeSpan.FromMinutes(1);
        var mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        var wrong = Enumerable.Range(0, 1000000).Select(n => n.ToString("D6", System.Globalization.CultureInfo.InvariantCulture))
            .Where(code => Enumerable.Range(-2, 6).All(away => Totp.CodeOf(secret, Totp.StepOf(clock.GetUtcNow()) + away) != code)).Take(20).ToList();
        // All at once, as a thief would.
        var answers = await Task.WhenAll(wrong.Select(code => app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code })));
        answers.Count(answer => answer.Status == HttpStatusCode.BadRequest).ShouldBe(5);
        var last = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(290, 310);
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secret) })).Status.ShouldBe(HttpStatusCode.TooManyRequests, "not even the right one");
        clock.Ahead += TimeSpan.FromMinutes(6);
        foreach (var code in wrong.Take(5)) (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code })).Status.ShouldBe(HttpStatusCode.BadRequest);
        clock.Ahead += TimeSpan.FromMinutes(6);
        mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secret) })).Status.ShouldBe(HttpStatusCode.TooManyRequests, "the second pause is longer");
        clock.Ahead += TimeSpan.FromMinutes(5);
        mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secret) })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Recovery_codes_are_good_once_each_until_there_are_new_ones()
    {
        await EnrolAsync();
        var token = await FullSignInAsync();
        var first = await CodesAsync(token);
        first.Distinct().Count().ShouldBe(10);
        var asked = await PasswordAsync();
        asked.Body.GetProperty("factors").GetRawText().ShouldBe("""["totp","recovery-code"]""");
        (await RecoverAsync(asked, first[0].ToUpperInvariant())).Status.ShouldBe(HttpStatusCode.OK);
        (await RecoverAsync(await PasswordAsync(), first[0])).Status.ShouldBe(HttpStatusCode.BadRequest);

        var (one, two) = (await PasswordAsync(), await PasswordAsync());
        var both = await Task.WhenAll(RecoverAsync(one, first[1]), RecoverAsync(two, first[1]));
        both.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);

        var second = await CodesAsync(token);
        (await RecoverAsync(await PasswordAsync(), first[2])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await RecoverAsync(await PasswordAsync(), second[2])).Status.ShouldBe(HttpStatusCode.OK);
        var sets = await Task.WhenAll(CodesAsync(token), CodesAsync(token));
        sets.Length.ShouldBe(2);
        (await app.GetAsync("/api/collections/_recoveryCodes/records", await app.SuperuserTokenAsync())).Body.GetProperty("totalItems").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task A_second_factor_alone_signs_nobody_in()
    {
        var secret = await EnrolAsync();
        clock.Ahead = TimeSpan.FromMinutes(1);
        foreach (var mfaId in new[] { "", "nope", new string('a', 15) })
        {
            foreach (var path in new[] { "auth-with-totp", "auth-with-recovery-code" })
            {
                var answer = await app.SendAsync("POST", Base + path, new { mfaId, code = CodeNow(secret) });
                answer.Status.ShouldBe(HttpStatusCode.BadRequest);
                answer.Message.ShouldBe("Invalid or expired MFA session.");
            }
        }
        var expired = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        clock.Ahead += TimeSpan.FromMinutes(11);
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId = expired, code = CodeNow(secret) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId = expired, code = "" })).Body.GetProperty("data").TryGetProperty("code", out _).ShouldBeTrue();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId = expired, code = new string('1', 5000) })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task It_is_asked_for_no_more_when_it_is_removed_or_the_collection_turns_it_off()
    {
        await EnrolAsync();
        var root = await app.SuperuserTokenAsync();
        await app.SendAsync("PATCH", "/api/collections/users", new { totp = new { enabled = false } }, root);
        await SignInAsync();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId = "x", code = "123456" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        await app.SendAsync("PATCH", "/api/collections/users", new { totp = new { enabled = true } }, root);
        var token = await FullSignInAsync();
        (await app.SendAsync("POST", Base + "totp/remove", null, token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await app.SendAsync("POST", Base + "totp/remove", null, token)).Status.ShouldBe(HttpStatusCode.NotFound);
        await SignInAsync();
    }

    [Fact]
    public async Task A_new_app_takes_the_place_of_the_old_one_only_when_it_is_confirmed()
    {
        secretOfAnn = await EnrolAsync();
        var token = await FullSignInAsync();
        var next = (await app.SendAsync("POST", Base + "totp/begin", null, token)).Body.GetProperty("secret").GetString()!;
        await FullSignInAsync(); // the old one still
        clock.Ahead += TimeSpan.FromSeconds(31);
        (await app.SendAsync("POST", Base + "totp/confirm", new { code = CodeNow(next) }, token)).Status.ShouldBe(HttpStatusCode.NoContent);
        clock.Ahead += TimeSpan.FromSeconds(31);
        var mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secretOfAnn) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(next) })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_picture_holds_the_longest_names()
    {
        (await app.SendAsync("PATCH", "/api/settings", new { meta = new { appName = string.Concat(Enumerable.Repeat("ж", 120)) } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        var begun = await app.SendAsync("POST", Base + "totp/begin", null, await SignInAsync());
        begun.Status.ShouldBe(HttpStatusCode.OK, begun.Text);
        // So much of it that a camera can still read the picture.
        var name = Uri.UnescapeDataString(begun.Body.GetProperty("uri").GetString()!);
        name.ShouldContain("issuer=" + new string('ж', 40) + "&");
    }

    [Fact]
    public async Task A_secret_is_sealed_where_the_app_has_a_key_and_shown_to_nobody()
    {
        await using var keyed = await TestApp.StartAsync(options => options.Encrypt(new string('k', 32)));
        var root = await keyed.SuperuserTokenAsync();
        await keyed.SendAsync("PATCH", "/api/collections/users", new { totp = new { enabled = true } }, root);
        var bob = await keyed.CreateAsync("users", new { email = "bob@example.com", password = Password });
        var begun = await keyed.SendAsync("POST", Base + "totp/begin", new { password = Password }, keyed.TokenOf(bob));
        var secret = begun.Body.GetProperty("secret").GetString()!;
        var confirmed = await keyed.SendAsync("POST", Base + "totp/confirm", new { code = Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.UtcNow)) }, keyed.TokenOf(bob));
        confirmed.Status.ShouldBe(HttpStatusCode.NoContent, confirmed.Text);
        var rows = await keyed.GetAsync("/api/collections/_totps/records", root);
        rows.Body.GetProperty("totalItems").GetInt32().ShouldBe(1);
        rows.Text.ShouldNotContain(secret);
        rows.Text.ShouldNotContain("sealed:", Case.Insensitive, "not even superusers");
        var table = keyed.App.Schema.Find("_totps")!;
        var stored = await keyed.App.Records.FindAsync(table, rows.Body.GetProperty("items")[0].GetProperty("id").GetString()!);
        stored!.GetText("secret").ShouldStartWith("sealed:1:");
    }

    [Fact]
    public async Task What_somebody_prepared_before_the_address_was_proven_keeps_nobody_out()
    {
        await EnrolAsync();
        await app.SendAsync("POST", Base + "recovery-codes", new { password = Password }, app.TokenOf(ann));
        var root = await app.SuperuserTokenAsync();
        (await app.SendAsync("PATCH", $"{Base}records/{ann.Id}", new { name = "Ann" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await PasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("PATCH", $"{Base}records/{ann.Id}", new { verified = true }, root)).Status.ShouldBe(HttpStatusCode.OK);
        await SignInAsync();
        (await app.GetAsync("/api/collections/_recoveryCodes/records", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        await EnrolAsync();
        (await app.SendAsync("PATCH", $"{Base}records/{ann.Id}", new { name = "Anna", verified = true }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await PasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "later it stays");
    }

    private string secretOfAnn = "";

    private string CodeNow(string secret) => Totp.CodeOf(secret, Totp.StepOf(clock.GetUtcNow()));

    private async Task<string> EnrolAsync()
    {
        var token = await SignInAsync();
        secretOfAnn = (await app.SendAsync("POST", Base + "totp/begin", null, token)).Body.GetProperty("secret").GetString()!;
        (await app.SendAsync("POST", Base + "totp/confirm", new { code = CodeNow(secretOfAnn) }, token)).Status.ShouldBe(HttpStatusCode.NoContent);
        return secretOfAnn;
    }

    private async Task<string> FullSignInAsync()
    {
        clock.Ahead += TimeSpan.FromSeconds(31);
        var mfaId = (await PasswordAsync()).Body.GetProperty("mfaId").GetString();
        var done = await app.SendAsync("POST", Base + "auth-with-totp", new { mfaId, code = CodeNow(secretOfAnn) });
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        return done.Body.GetProperty("token").GetString()!;
    }

    private async Task<List<string>> CodesAsync(string token) =>
        [.. (await app.SendAsync("POST", Base + "recovery-codes", null, token)).Body.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)];

    private Task<Answer> RecoverAsync(Answer asked, string code) =>
        app.SendAsync("POST", Base + "auth-with-recovery-code", new { mfaId = asked.Body.GetProperty("mfaId").GetString(), code });

    private Task<Answer> PasswordAsync() => app.SendAsync("POST", Base + "auth-with-password", new { identity = "ann@example.com", password = Password });

    private async Task<string> SignInAsync()
    {
        var answer = await PasswordAsync();
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Body.GetProperty("token").GetString()!;
    }
}
