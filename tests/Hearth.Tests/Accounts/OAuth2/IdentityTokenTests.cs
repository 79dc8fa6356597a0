using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Identity tokens: what a good one gives, and every way in which one can be wrong.</summary>
public sealed class IdentityTokenTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Issuer = "https://id.example.com";
    private readonly long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private SignInWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await SignInWorld.BeginAsync(shared);
        // No address for the user information: the token tells the person.
        var provider = world.Service.Provider("oidc", new { jwksURL = world.Service.Url + "/jwks", issuers = new[] { Issuer } });
        provider["userInfoURL"] = "";
        var apple = world.Service.Provider("apple", new { jwksURL = world.Service.Url + "/jwks" });
        apple["userInfoURL"] = "";
        await world.UseAsync(provider, apple, world.Service.Provider("microsoft", new { jwksURL = world.Service.Url + "/jwks", emailClaim = "email" }));
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_good_token_tells_the_person()
    {
        world.Service.GiveToken(world.Service.Token(new { iss = Issuer, aud = "client", sub = "o1", exp = now + 3600, name = "Ann A", email = "ann@example.com", email_verified = true }));
        var body = await world.SignedInAsync("oidc");
        body.GetProperty("meta").GetProperty("id").GetString().ShouldBe("o1");
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe("ann@example.com");
        world.Service.Asked.Count(a => a.Path == "/jwks").ShouldBe(1);
        await world.SignedInAsync("oidc");
        world.Service.Asked.Count(a => a.Path == "/jwks").ShouldBe(1); // the keys are kept
    }

    public static TheoryData<string> Wrong => new(
        "alg none", "alg None", "HS256 with the client secret", "HS256 with the public key", "another key", "an unknown key", "a changed claim", "no token", "not a token",
        "another audience", "no audience", "several audiences", "another party", "another issuer", "no issuer", "ended", "no end", "not begun", "no subject");

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_token_tells_nobody(string how)
    {
        world.Service.GiveToken(Make(how));
        var answer = await world.SignInAsync("oidc");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe("Failed to fetch OAuth2 user.");
        answer.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        (await world.UsersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_keys_and_without_a_safe_connection_no_token_counts()
    {
        var good = world.Service.Token(new { iss = Issuer, aud = "client", sub = "o1", exp = now + 3600 });
        var provider = world.Service.Provider("oidc");
        provider["userInfoURL"] = "";
        await world.UseAsync(provider);
        world.Service.GiveToken(FakeService.Part(new { alg = "none" }) + "." + good.Split('.')[1] + ".");
        (await world.SignInAsync("oidc")).Status.ShouldBe(HttpStatusCode.BadRequest);
        // On loopback nobody stands in between, and audience and end are checked all the same.
        world.Service.GiveToken(world.Service.Token(new { iss = Issuer, aud = "other", sub = "o1", exp = now + 3600 }));
        (await world.SignInAsync("oidc")).Status.ShouldBe(HttpStatusCode.BadRequest);
        world.Service.GiveToken(good);
        (await world.SignInAsync("oidc")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Apple_tells_by_token_only()
    {
        world.Service.GiveToken(world.Service.Token(new { iss = "https://appleid.apple.com", aud = "client", sub = "a1", exp = now + 3600, email = "x@privaterelay.appleid.com", email_verified = "true" }));
        var meta = (await world.SignedInAsync("apple")).GetProperty("meta");
        (meta.GetProperty("id").GetString(), meta.GetProperty("email").GetString(), meta.GetProperty("name").GetString()).ShouldBe(("a1", "x@privaterelay.appleid.com", ""));
        world.Service.GiveToken(world.Service.Token(new { iss = "https://evil.example.com", aud = "client", sub = "a1", exp = now + 3600 }));
        (await world.SignInAsync("apple")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true, "m1", "https://login.microsoftonline.com/t1/v2.0", "ann@example.com")]
    [InlineData(false, "m1", "https://login.microsoftonline.com/t1/v2.0", "")]
    [InlineData(true, "other", "https://login.microsoftonline.com/t1/v2.0", null)]
    [InlineData(true, "m1", "https://login.microsoftonline.com/t2/v2.0", null)]
    public async Task Microsoft_is_believed_only_where_it_has_proven_the_domain(bool proven, string oid, string issuer, string? email)
    {
        world.Comes(new { id = "m1", displayName = "Ann A", mail = "boss@example.com" });
        world.Service.GiveToken(world.Service.Token(new { iss = issuer, aud = "client", tid = "t1", oid, exp = now + 3600, email = "ann@example.com", xms_edov = proven }));
        var answer = await world.SignInAsync("microsoft");
        if (email is null) answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        else answer.Body.GetProperty("meta").GetProperty("email").GetString().ShouldBe(email);
    }

    private string Make(string how)
    {
        var good = new Dictionary<string, object> { ["iss"] = Issuer, ["aud"] = "client", ["sub"] = "o1", ["exp"] = now + 3600, ["email"] = "ann@example.com", ["email_verified"] = true };
        string Signed(Action<Dictionary<string, object>> change)
        {
            change(good);
            return world.Service.Token(good);
        }
        string Hashed(byte[] key)
        {
            var signed = FakeService.Part(new { alg = "HS256", kid = "one" }) + "." + FakeService.Part(good);
            return signed + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));
        }
        switch (how)
        {
            case "alg none": return FakeService.Part(new { alg = "none" }) + "." + FakeService.Part(good) + ".";
            case "alg None": return FakeService.Part(new { alg = "None", kid = "one" }) + "." + FakeService.Part(good) + ".";
            case "HS256 with the client secret": return Hashed("s&cret"u8.ToArray());
            case "HS256 with the public key": return Hashed(Encoding.ASCII.GetBytes(FakeService.Key.ExportSubjectPublicKeyInfoPem()));
            case "another key":
                using (var other = RSA.Create(2048)) return world.Service.Token(good, key: other);
            case "an unknown key": return world.Service.Token(good, keyId: "two");
            case "a changed claim":
                var parts = world.Service.Token(good).Split('.');
                good["sub"] = "somebody else";
                return $"{parts[0]}.{FakeService.Part(good)}.{parts[2]}";
            case "no token": return "";
            case "not a token": return "a.b";
            case "another audience": return Signed(c => c["aud"] = "another client");
            case "no audience": return Signed(c => c.Remove("aud"));
            case "several audiences": return Signed(c => c["aud"] = new[] { "client", "another client" });
            case "another party": return Signed(c => c["azp"] = "another client");
            case "another issuer": return Signed(c => c["iss"] = Issuer + "/");
            case "no issuer": return Signed(c => c.Remove("iss"));
            case "ended": return Signed(c => c["exp"] = now - 120);
            case "no end": return Signed(c => c.Remove("exp"));
            case "not begun": return Signed(c => c["nbf"] = now + 600);
            case "no subject": return Signed(c => c.Remove("sub"));
            default: throw new ArgumentException(how);
        }
    }
}
