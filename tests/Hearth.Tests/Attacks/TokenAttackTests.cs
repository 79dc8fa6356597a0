using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Resources.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>Tokens that somebody made or changed. None of them may speak for anybody.</summary>
public sealed class TokenAttackTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";
    private Hearth.Records.Record ann = null!;
    private Hearth.Records.Record eve = null!;

    public async Task InitializeAsync()
    {
        app = await shared.BeginAsync();
        root = await app.SuperuserTokenAsync();
        (await app.SendAsync("POST", "/api/collections", new { name = "members", type = "auth", listRule = "" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "ann's long word" });
        eve = await app.CreateAsync("members", new { email = "eve@example.com", password = "eve's long word" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Without_a_signature_or_with_a_weaker_one()
    {
        var payload = app.TokenOf(ann).Split('.')[1];
        foreach (var algorithm in (string[])["none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "PS256"])
        {
            var head = Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" });
            await IsNobodyAsync($"{head}.{payload}.");
            await IsNobodyAsync($"{head}.{payload}.{Sign(head + "." + payload, ann.GetText("tokenKey") + ann.Collection.Auth!.AuthToken.Secret)}");
        }
        await IsNobodyAsync(payload);
        await IsNobodyAsync($".{payload}.");
    }

    [Fact]
    public async Task Signed_with_half_of_the_key_or_somebody_elses()
    {
        var (head, payload) = (Encode(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" }), app.TokenOf(ann).Split('.')[1]);
        var (key, secret) = (ann.GetText("tokenKey"), ann.Collection.Auth!.AuthToken.Secret);
        foreach (var wrong in (string[])["", key, secret, secret + key, key + " " + secret, eve.GetText("tokenKey") + secret, key + eve.Collection.Auth!.AuthToken.Secret, key + ann.Collection.Auth.FileToken.Secret])
        {
            await IsNobodyAsync($"{head}.{payload}.{Sign(head + "." + payload, wrong)}");
        }
        // The same with both halves is her own token: the test signs as the server does.
        (await WhoAsync($"{head}.{payload}.{Sign(head + "." + payload, key + secret)}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task With_another_person_or_collection_written_into_it()
    {
        var parts = app.TokenOf(eve).Split('.');
        foreach (var (member, value) in ((string, JsonNode)[])[("id", ann.Id), ("collectionId", ann.Collection.Id), ("exp", 4102444800), ("collectionId", "_superusers"), ("type", "file")])
        {
            var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!.AsObject();
            claims[member] = value;
            await IsNobodyAsync($"{parts[0]}.{Encode(claims)}.{parts[2]}");
        }
        // Eve's own key and collection, and Ann's id in it: nobody of that collection.
        await IsNobodyAsync(app.App.Tokens.Issue(eve.Collection, TokenKind.Auth, ann.Id, eve.GetText("tokenKey")));
        // A good token of one collection is not one of another.
        (await app.SendAsync("POST", "/api/collections/users/auth-refresh", token: app.TokenOf(eve))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Of_another_kind()
    {
        foreach (var kind in Enum.GetValues<TokenKind>().Where(kind => kind != TokenKind.Auth))
        {
            await IsNobodyAsync(app.App.Tokens.Issue(ann.Collection, kind, ann.Id, ann.GetText("tokenKey"), email: "ann@example.com", newEmail: "eve@example.com"));
        }
    }

    [Fact]
    public async Task That_have_ended_were_revoked_or_whose_owner_is_gone()
    {
        await IsNobodyAsync(app.TokenOf(ann, TimeSpan.FromSeconds(-1)));
        var (old, lasting) = (app.TokenOf(ann), app.App.Tokens.Issue(eve.Collection, TokenKind.Auth, eve.Id, eve.GetText("tokenKey")));
        (await app.SendAsync("PATCH", $"/api/collections/users/records/{ann.Id}", JsonElement.Parse("""{"tokenKey:autogenerate":""}"""), root)).Status.ShouldBe(HttpStatusCode.OK);
        await IsNobodyAsync(old);
        (await WhoAsync(lasting, "members")).ShouldBe(HttpStatusCode.OK);
        // A new secret of the collection ends all of its tokens.
        (await app.SendAsync("PATCH", "/api/collections/members", new { authToken = new { secret = new string('n', 50) } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        await IsNobodyAsync(lasting, "members");
        var fresh = app.App.Tokens.Issue(app.App.Schema.Find("members")!, TokenKind.Auth, eve.Id, eve.GetText("tokenKey"));
        (await WhoAsync(fresh, "members")).ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("DELETE", $"/api/collections/members/records/{eve.Id}", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await IsNobodyAsync(fresh, "members");
    }

    [Fact]
    public async Task Cookies_and_queries_carry_no_identity()
    {
        var token = app.TokenOf(ann);
        const string refresh = "/api/collections/users/auth-refresh";
        // A page of somebody else can make a browser send cookies and forms, but no Authorization header: there is nothing it could ride on.
        (await app.SendAsync("POST", refresh, headers: [("Cookie", $"pb_auth={token}; Authorization={token}; token={token}")])).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SendAsync("POST", $"{refresh}?token={token}&Authorization={token}&access_token={token}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var plain = new StringContent("""{"identity":"ann@example.com","password":"ann's long word"}""", Encoding.UTF8, "text/plain");
        (await app.SendAsync("POST", "/api/collections/users/auth-with-password", plain)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var signedIn = await app.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.com", password = "ann's long word" }, headers: ("Origin", "https://evil.example"));
        signedIn.Status.ShouldBe(HttpStatusCode.OK);
        signedIn.Headers.Contains("Set-Cookie").ShouldBeFalse();
        signedIn.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    private async Task IsNobodyAsync(string token, string collection = "users") => (await WhoAsync(token, collection)).ShouldBe(HttpStatusCode.Unauthorized, token);

    private async Task<HttpStatusCode> WhoAsync(string token, string collection = "users") =>
        (await app.SendAsync("POST", $"/api/collections/{collection}/auth-refresh", token: token)).Status;

    private static string Encode(JsonObject json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Sign(string text, string key) => System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
