using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Contract 7.8 and 7.9: the first factor leaves an id for the second, and places are known again.</summary>
public sealed class SecondFactorTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Url = "/api/collections/users/auth-with-password";
    private TestApp app = null!;
    private string root = "";
    private Hearth.Records.Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        root = await app.SuperuserTokenAsync();
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "ann's long word", name = "Ann" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_factor_of_two_gives_an_id_and_no_token()
    {
        await SetAsync(new { mfa = new { enabled = true, duration = 60 }, otp = new { enabled = true } });
        var first = await SignInAsync("?fields=token");
        first.Status.ShouldBe(HttpStatusCode.Unauthorized);
        first.Body.EnumerateObject().Select(member => member.Name).ShouldBe(["mfaId"]);
        var id = first.Body.GetProperty("mfaId").GetString()!;
        id.Length.ShouldBe(15);
        var row = (await app.GetAsync($"/api/collections/_mfas/records/{id}", root)).Body;
        row.GetProperty("method").GetString().ShouldBe("password");
        row.GetProperty("recordRef").GetString().ShouldBe(ann.Id);

        // The same proof twice is one factor; an id of nobody, or of somebody else, is none.
        (await SignInAsync(body: new { identity = "ann@example.com", password = "ann's long word", mfaId = id })).Message.ShouldBe("A different authentication method is required.");
        (await SignInAsync("?mfaId=" + id)).Message.ShouldBe("A different authentication method is required.");
        (await SignInAsync("?mfaId=nobodysession00")).Message.ShouldBe("Invalid or expired MFA session.");
        await app.CreateAsync("users", new { email = "bob@example.com", password = "bob's long word" });
        (await SignInAsync("?mfaId=" + id, new { identity = "bob@example.com", password = "bob's long word" })).Message.ShouldBe("Invalid MFA session.");
        // None of that used it up.
        (await app.GetAsync($"/api/collections/_mfas/records/{id}", root)).Status.ShouldBe(HttpStatusCode.OK);
        var methods = (await app.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("mfa");
        methods.GetRawText().ShouldBe("""{"duration":60,"enabled":true}""");
    }

    [Fact]
    public async Task The_rule_tells_who_needs_two()
    {
        await SetAsync(new { mfa = new { enabled = true, duration = 60, rule = "verified = true" }, otp = new { enabled = true } });
        (await SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new { verified = true }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await SignInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // A superuser's token in the request does not make the factor go away: the rule asks about the record.
        (await SignInAsync(token: root)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Five_places_are_kept_and_the_oldest_goes()
    {
        foreach (var agent in (string[])["a", "b", "c", "d", "e", "b", "f"])
        {
            (await app.SendAsync("POST", Url, new { identity = "ann@example.com", password = "ann's long word" }, headers: ("User-Agent", agent))).Status.ShouldBe(HttpStatusCode.OK);
        }
        var places = (await app.GetAsync("/api/collections/_authOrigins/records?sort=created", root)).Body.GetProperty("items").EnumerateArray()
            .Select(place => place.GetProperty("fingerprint").GetString()!).ToList();
        places.Count.ShouldBe(5);
        places.ShouldNotContain(FingerprintOf("a"));
        foreach (var agent in (string[])["b", "c", "d", "e", "f"]) places.ShouldContain(FingerprintOf(agent));

        // Another password is a new beginning.
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", new { password = "another long one", passwordConfirm = "another long one" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/collections/_authOrigins/records", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
    }

    private static string FingerprintOf(string agent) =>
        Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes("127.0.0.1" + agent)));

    private Task<Answer> SignInAsync(string query = "", object? body = null, string? token = null) =>
        app.SendAsync("POST", Url + query, body ?? new { identity = "ann@example.com", password = "ann's long word" }, token);

    private async Task SetAsync(object options)
    {
        var answer = await app.SendAsync("PATCH", "/api/collections/users", JsonSerializer.SerializeToElement(options), root);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }
}
