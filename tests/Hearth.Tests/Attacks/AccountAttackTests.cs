using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Resources.Passwords;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Finding out who has an account, guessing passwords, and giving oneself what only the server gives.</summary>
[Collection("Alone")]
public sealed class AccountAttackTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string SignIn = "/api/collections/users/auth-with-password";
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!;

    public async Task InitializeAsync()
    {
        // Hashes cost what they cost in production: their time is what is looked at.
        app = await shared.BeginAsync(start: () => TestApp.StartAsync(options => (options.PasswordCost, options.Development) = (PasswordCost.Default, true)));
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "ann's long word" });
        for (var i = 0; i < 4; i++) await app.CreateAsync("users", new { email = $"other{i}@example.com", password = "another long word" });
        // The limits would end the measuring; they have tests of their own.
        var off = await app.SendAsync("PATCH", "/api/settings", new { rateLimits = new { enabled = false } }, await app.SuperuserTokenAsync());
        off.Status.ShouldBe(HttpStatusCode.OK);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Known_and_unknown_accounts_get_the_same_answer_in_the_same_time()
    {
        var known = await app.SendAsync("POST", SignIn, new { identity = "ann@example.com", password = "a wrong word" });
        var unknown = await app.SendAsync("POST", SignIn, new { identity = "nobody@example.com", password = "a wrong word" });
        (known.Status, known.Text).ShouldBe((unknown.Status, unknown.Text));
        // Without the comparison for nobody this is about a tenth.
        await ShouldTakeTheSameAsync(0.6, 1.6, async n => await TimeAsync($"nobody{n}@example.com") / await TimeAsync("ann@example.com"));
    }

    [Fact]
    public async Task Imported_accounts_take_no_other_time_than_nobody()
    {
        // bcrypt of cost 11 takes several times as long as a new hash.
        const string bcrypt = "$2b$11$O6ctwcEsiII.b0/g1NGER./TIYtJLHbFsP0xlvqkqX85t6ozv96xi";
        var users = ann.Collection;
        foreach (var user in (await app.GetAsync("/api/collections/users/records", await app.SuperuserTokenAsync())).Body.GetProperty("items").EnumerateArray())
        {
            var fault = await app.App.Engine.WriteAsync(
                session => session.ExecuteAsync(new UpdateRow(users, user.GetProperty("id").GetString()!, [new Assignment(users.FindField("password")!, FieldValue.Text(bcrypt))]), default), done => done is null, default);
            fault.ShouldBeNull();
        }
        await ShouldTakeTheSameAsync(0.6, 1.6, async n => await TimeAsync($"nobody{n}@example.com") / await TimeAsync("ann@example.com"));
    }

    [Theory]
    [InlineData("request-verification")]
    [InlineData("request-password-reset")]
    [InlineData("request-otp")]
    public async Task Asking_for_a_mail_tells_nobody_who_has_an_account(string route)
    {
        (await app.SendAsync("PATCH", "/api/collections/users", new { otp = new { enabled = true } }, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        await ShouldTakeTheSameAsync(0.4, 2.5, async n =>
        {
            await app.CreateAsync("users", new { email = $"known{n}@example.com", password = "another long word" });
            var unknown = await AskAsync(route, $"nobody{n}@example.com");
            return unknown / await AskAsync(route, $"known{n}@example.com");
        });
    }

    private async Task<double> AskAsync(string route, string email)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await app.SendAsync("POST", $"/api/collections/users/{route}", new { email });
        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (route == "request-otp") answer.Body.GetProperty("otpId").GetString()!.Length.ShouldBe(15);
        else answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        return time;
    }

    [Theory]
    [InlineData("verified", "true")]
    [InlineData("tokenKey", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    [InlineData("tokenKey:autogenerate", "\"\"")]
    [InlineData("collectionId", "\"pbc_3142635823\"")]
    [InlineData("collectionName", "\"_superusers\"")]
    [InlineData("created", "\"2001-01-01 00:00:00.000Z\"")]
    [InlineData("updated", "\"2001-01-01 00:00:00.000Z\"")]
    [InlineData("id", "\"aaaaaaaaaaaaaaa\"")]
    [InlineData("email", "\"root@example.com\"")]
    [InlineData("expand", "{\"x\":1}")]
    [InlineData("password:hash", "\"x\"")]
    [InlineData("isSuperuser", "true")]
    public async Task Nobody_gives_oneself_what_the_server_gives(string key, string value)
    {
        var before = (await app.App.Records.FindAsync(ann.Collection, ann.Id))!;
        var answer = await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", JsonElement.Parse($$"""{"{{key}}":{{value}},"name":"Ann"}"""), app.TokenOf(ann));
        ((int)answer.Status).ShouldBeOneOf(200, 400);
        var after = (await app.App.Records.FindAsync(ann.Collection, ann.Id))!;
        foreach (var field in (string[])["id", "verified", "tokenKey", "email", "password", "created"]) after[field].ShouldBe(before[field], field);
        after.GetText("updated").ShouldNotStartWith("2001");
        (await app.SendAsync("POST", "/api/collections/users/auth-refresh", token: app.TokenOf(after))).Body.GetProperty("record").GetProperty("collectionName").GetString().ShouldBe("users");
    }

    [Fact]
    public async Task Signing_up_makes_no_verified_account_and_no_superuser()
    {
        var made = await app.SendAsync("POST", "/api/collections/users/records", new { email = "new@example.com", password = "a quite long word", passwordConfirm = "a quite long word", verified = true });
        made.Status.ShouldBe(HttpStatusCode.BadRequest);
        made = await app.SendAsync("POST", "/api/collections/users/records", new { email = "new@example.com", password = "a quite long word", passwordConfirm = "a quite long word", tokenKey = new string('k', 50) });
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var stored = (await app.App.Records.FindAsync(ann.Collection, made.Body.GetProperty("id").GetString()!))!;
        stored.GetText("tokenKey").ShouldNotBe(new string('k', 50));
        (await app.SendAsync("POST", "/api/collections/_superusers/records", new { email = "evil@example.com", password = "a quite long word", passwordConfirm = "a quite long word" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var table in (string[])["_externalAuths", "_mfas", "_otps", "_authOrigins", "_sessions"])
        {
            var row = new { collectionRef = ann.Collection.Id, recordRef = ann.Id, provider = "google", providerId = "1", method = "password", fingerprint = "x" };
            (await app.SendAsync("POST", $"/api/collections/{table}/records", row, app.TokenOf(ann))).Status.ShouldBe(HttpStatusCode.Forbidden, table);
        }
    }

    // Turns about, and the median of what each two of them tell: whatever else the machine and the compiler do falls on both. The noise of a busy machine is averaged away
    // by more of them; a difference that somebody could use is not.
    private static async Task ShouldTakeTheSameAsync(double least, double most, Func<int, Task<double>> ratio)
    {
        var ratios = new List<double>();
        while (ratios.Count < 120)
        {
            for (var i = 0; i < 15; i++) ratios.Add(await ratio(ratios.Count));
            if (Median(ratios) is var median && median >= least && median <= most) return;
        }
        Median(ratios).ShouldBeInRange(least, most);
    }

    private async Task<double> TimeAsync(string identity)
    {
        var began = Stopwatch.GetTimestamp();
        (await app.SendAsync("POST", SignIn, new { identity, password = "a wrong word" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
