using System.Net;
using System.Text;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

public sealed class SignInTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Url = "/api/collections/users/auth-with-password";
    private TestApp app = null!;
    private Hearth.Records.Record ann = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678", name = "Ann" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_password_gives_a_token_and_the_record_with_its_address()
    {
        var answer = await app.SendAsync("POST", Url, new { identity = "ann@example.com", password = "12345678" });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var record = answer.Body.GetProperty("record");
        record.GetProperty("email").GetString().ShouldBe("ann@example.com");
        record.GetProperty("collectionName").GetString().ShouldBe("users");
        record.TryGetProperty("password", out _).ShouldBeFalse();
        record.TryGetProperty("tokenKey", out _).ShouldBeFalse();
        var claims = ClaimsOf(answer.Body.GetProperty("token").GetString()!);
        claims.EnumerateObject().Select(c => c.Name).Order().ShouldBe(["collectionId", "exp", "id", "refreshable", "sid", "type"]);
        claims.GetProperty("type").GetString().ShouldBe("auth");
        claims.GetProperty("id").GetString().ShouldBe(ann.Id);
        claims.GetProperty("collectionId").GetString().ShouldBe("_pb_users_auth_");
        claims.GetProperty("refreshable").GetBoolean().ShouldBeTrue();

        var picked = await app.SendAsync("POST", Url + "?fields=record.name", new { identity = "ann@example.com", password = "12345678" });
        picked.Text.ShouldBe("{\"record\":{\"name\":\"Ann\"}}\n");
    }

    [Theory]
    [InlineData("""{"identity":"ann@example.com","password":"wrong pass"}""", "Failed to authenticate.", null)]
    [InlineData("""{"identity":"nobody@example.com","password":"12345678"}""", "Failed to authenticate.", null)]
    [InlineData("""{"identity":"' OR 1=1 --","password":"12345678"}""", "Failed to authenticate.", null)]
    [InlineData("""{"identity":"","password":"12345678"}""", "An error occurred while validating the submitted data.", "identity")]
    [InlineData("""{}""", "An error occurred while validating the submitted data.", "password")]
    [InlineData("""{"identity":"ann@example.com","password":"12345678","identityField":"name"}""", "An error occurred while validating the submitted data.", "identityField")]
    [InlineData("""{"identity":1,"password":"12345678"}""", "An error occurred while loading the submitted data.", null)]
    public async Task What_does_not_fit_is_a_400(string body, string message, string? field)
    {
        var answer = await app.SendAsync("POST", Url, JsonElement.Parse(body));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe(message);
        if (field is null) answer.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        else answer.Body.GetProperty("data").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("POST", "/api/collections/nope/auth-with-password", "Missing or invalid collection context.")]
    [InlineData("POST", "/api/collections/_mfas/auth-with-password", "Missing or invalid auth collection context.")]
    [InlineData("GET", "/api/collections/_mfas/auth-methods", "Missing or invalid auth collection context.")]
    public async Task Only_auth_collections_can_be_signed_in_to(string method, string path, string message)
    {
        var answer = await app.SendAsync(method, path, method == "POST" ? new { identity = "a", password = "b" } : null);
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Forms_work_too_and_digits_stay_text()
    {
        await app.CreateAsync("users", new { email = "bob@example.com", password = "0123456789" });
        using var form = new FormUrlEncodedContent([new("identity", "bob@example.com"), new("password", "0123456789")]);
        (await app.SendAsync("POST", Url, form)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Methods_tell_what_this_version_can()
    {
        var body = (await app.GetAsync("/api/collections/users/auth-methods")).Body;
        body.GetRawText().ShouldBe("""{"password":{"enabled":true,"identityFields":["email"]},"oauth2":{"enabled":false,"providers":[]},"mfa":{"duration":0,"enabled":false},"otp":{"duration":0,"enabled":false},"authProviders":[],"usernamePassword":false,"emailPassword":true}""");
    }

    [Fact]
    public async Task A_refreshed_token_is_new_and_an_impersonation_stays()
    {
        const string refresh = "/api/collections/users/auth-refresh";
        (await app.SendAsync("POST", refresh)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var root = await app.SuperuserTokenAsync();
        var wrong = await app.SendAsync("POST", refresh, token: root);
        wrong.Status.ShouldBe(HttpStatusCode.Forbidden);
        wrong.Message.ShouldBe("The request requires auth record from _superusers collection.");
        var fresh = await app.SendAsync("POST", refresh, token: "Bearer " + app.TokenOf(ann, TimeSpan.FromMinutes(1)));
        fresh.Status.ShouldBe(HttpStatusCode.OK);
        ClaimsOf(fresh.Body.GetProperty("token").GetString()!).GetProperty("exp").GetInt64().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(4).ToUnixTimeSeconds());

        var lent = await app.SendAsync("POST", $"/api/collections/users/impersonate/{ann.Id}", new { duration = 60 }, root);
        lent.Status.ShouldBe(HttpStatusCode.OK, lent.Text);
        lent.Body.GetProperty("record").GetProperty("email").GetString().ShouldBe("ann@example.com");
        var token = lent.Body.GetProperty("token").GetString()!;
        ClaimsOf(token).GetProperty("refreshable").GetBoolean().ShouldBeFalse();
        (await app.SendAsync("POST", refresh, token: token)).Body.GetProperty("token").GetString().ShouldBe(token);
        (await app.SendAsync("POST", $"/api/collections/users/impersonate/{ann.Id}", new { duration = -1 }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("POST", "/api/collections/users/impersonate/nope", token: root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await app.SendAsync("POST", $"/api/collections/users/impersonate/{ann.Id}", token: token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Tokens_that_are_not_good_make_a_guest()
    {
        const string refresh = "/api/collections/users/auth-refresh";
        var good = app.TokenOf(ann);
        var parts = good.Split('.');
        string[] bad =
        [
            "", "x", "a.b.c", good + "x", good[..^2], parts[0] + "." + parts[1] + ".", app.TokenOf(ann, TimeSpan.FromSeconds(-1)),
            // Signed as somebody else, of another kind, without a signature (RFC 8725, 3.1).
            app.App.Tokens.Issue(ann.Collection, TokenKind.Auth, ann.Id, new string('x', 50)),
            app.App.Tokens.Issue(ann.Collection, TokenKind.File, ann.Id, ann.GetText("tokenKey")),
            Encode("""{"alg":"none","typ":"JWT"}""") + "." + parts[1] + ".",
            Encode("""{"alg":"HS512","typ":"JWT"}""") + "." + parts[1] + "." + parts[2],
            parts[0] + "." + Encode("{\"id\":\"" + ann.Id + "\",\"type\":\"auth\",\"collectionId\":\"_pb_users_auth_\",\"exp\":1e300}") + "." + parts[2],
            parts[0] + "." + Encode("""{"id":null,"type":"auth","collectionId":"_pb_users_auth_","exp":4102444800}""") + "." + parts[2],
            parts[0] + "." + Encode("""{"id":"x","type":null,"collectionId":null,"exp":4102444800}""") + "." + parts[2],
            new string('a', 9000) + "." + parts[1] + "." + parts[2],
        ];
        foreach (var token in bad) (await app.SendAsync("POST", refresh, token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized, token);
        (await app.SendAsync("POST", refresh, token: good)).Status.ShouldBe(HttpStatusCode.OK);

        // A new token key ends every token at once.
        var root = await app.SuperuserTokenAsync();
        var renewed = await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", JsonElement.Parse("""{"tokenKey:autogenerate":""}"""), root);
        renewed.Status.ShouldBe(HttpStatusCode.OK, renewed.Text);
        (await app.SendAsync("POST", refresh, token: good)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_imported_hash_works_and_is_replaced_without_ending_any_token()
    {
        const string bcrypt = "$2a$10$A0bIYRXCiYkeZ.NKVPzkGuV0G.uElBE1fmKIRNwdwht8V63WcbFgq"; // of 12345678
        var token = app.TokenOf(ann);
        var users = ann.Collection;
        await app.App.Engine.WriteAsync(
            session => session.ExecuteAsync(new UpdateRow(users, ann.Id, [new Assignment(users.FindField("password")!, FieldValue.Text(bcrypt))]), default), fault => fault is null, default);

        (await app.SendAsync("POST", Url, new { identity = "ann@example.com", password = "wrong pass" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.App.Records.FindAsync(users, ann.Id))!.GetText("password").ShouldBe(bcrypt);
        (await app.SendAsync("POST", Url, new { identity = "ann@example.com", password = "12345678" })).Status.ShouldBe(HttpStatusCode.OK);
        (await app.App.Records.FindAsync(users, ann.Id))!.GetText("password").ShouldStartWith("$argon2id$");
        (await app.SendAsync("POST", Url, new { identity = "ann@example.com", password = "12345678" })).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/users/auth-refresh", token: token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_setup_link_makes_the_first_superuser_once()
    {
        await using var app = await TestApp.StartAsync();
        await app.StopAsync();
        await using var first = await TestApp.StartAsync(options => options.OfferSetup = true, folder: app.Folder);
        var link = first.App.SetupToken.ShouldNotBeNull();
        await first.StopAsync();
        await using var next = await TestApp.StartAsync(options => options.OfferSetup = true, folder: app.Folder);
        var newer = next.App.SetupToken.ShouldNotBeNull();
        var body = new { email = "boss@example.com", password = "moss-lamp-57", passwordConfirm = "moss-lamp-57" };
        (await next.SendAsync("POST", "/api/collections/_superusers/records", body, link)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var made = await next.SendAsync("POST", "/api/collections/_superusers/records", body, newer);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        (await next.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = "boss@example.com", password = "moss-lamp-57" })).Status.ShouldBe(HttpStatusCode.OK);
        (await next.SendAsync("POST", "/api/collections/_superusers/records", body, newer)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await next.StopAsync();
        await using var last = await TestApp.StartAsync(options => options.OfferSetup = true, folder: app.Folder);
        last.App.SetupToken.ShouldBeNull();
    }

    private static JsonElement ClaimsOf(string token) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
