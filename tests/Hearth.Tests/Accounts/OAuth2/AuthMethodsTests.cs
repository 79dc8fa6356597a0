using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>What auth-methods tells of sign-in services (contract 7.3), and what may be set up.</summary>
public sealed class AuthMethodsTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private SignInWorld world = null!;

    public async Task InitializeAsync() => world = await SignInWorld.BeginAsync(shared);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_service_is_told_with_everything_that_a_client_needs()
    {
        await world.UseAsync(new { name = "google", clientId = "abc def&x", clientSecret = "top secret" });
        var answer = await world.App.GetAsync("/api/collections/users/auth-methods");
        answer.Text.ShouldNotContain("top secret");
        answer.Body.GetProperty("oauth2").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        var google = answer.Body.GetProperty("oauth2").GetProperty("providers")[0];
        google.EnumerateObject().Select(p => p.Name).ShouldBe(["authURL", "authUrl", "codeChallenge", "codeChallengeMethod", "codeVerifier", "displayName", "logo", "name", "state"]);
        string Get(string name) => google.GetProperty(name).GetString()!;
        Get("displayName").ShouldBe("Google");
        Get("logo").ShouldStartWith("<svg");
        Get("state").ShouldMatch("^[A-Za-z0-9]{30}$");
        Get("codeVerifier").ShouldMatch("^[A-Za-z0-9]{43}$");
        Get("codeChallenge").ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Get("codeVerifier")))));
        Get("codeChallengeMethod").ShouldBe("S256");
        Get("authUrl").ShouldBe(Get("authURL"));
        Get("authURL").ShouldBe(
            "https://accounts.google.com/o/oauth2/v2/auth?client_id=abc+def%26x&code_challenge=" + Get("codeChallenge") + "&code_challenge_method=S256&response_type=code" +
            "&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fuserinfo.profile+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fuserinfo.email&state=" + Get("state") + "&redirect_uri=");
        var legacy = answer.Body.GetProperty("authProviders")[0];
        legacy.GetProperty("logo").GetString().ShouldBe("");
        legacy.GetProperty("state").GetString().ShouldBe(Get("state"));

        var again = await world.App.GetAsync("/api/collections/users/auth-methods");
        again.Body.GetProperty("oauth2").GetProperty("providers")[0].GetProperty("state").GetString().ShouldNotBe(Get("state"));
        again.Body.GetProperty("oauth2").GetProperty("providers")[0].GetProperty("codeVerifier").GetString().ShouldNotBe(Get("codeVerifier"));
    }

    [Fact]
    public async Task Options_change_what_is_told()
    {
        await world.UseAsync(
            new { name = "apple", clientId = "a", clientSecret = "s" },
            new { name = "google", clientId = "c", clientSecret = "s", pkce = false, displayName = "Work", authURL = "https://example.com/auth?tenant=1" },
            new { name = "bitbucket", clientId = "c", clientSecret = "s", pkce = true },
            new { name = "notion", clientId = "n", clientSecret = "s" },
            new { name = "microsoft", clientId = "m", clientSecret = "s", extra = new { emailClaim = "email" } },
            new { name = "oidc", clientId = "o", clientSecret = "s", authURL = "https://id.example.com/auth", tokenURL = "https://id.example.com/token", extra = new { scopes = new[] { "openid", "groups" } } });
        var told = (await world.App.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("oauth2").GetProperty("providers").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        string Url(string name) => told[name].GetProperty("authURL").GetString()!;
        Url("apple").ShouldContain("&response_mode=form_post&response_type=code&scope=name+email&");
        told["google"].GetProperty("displayName").GetString().ShouldBe("Work");
        Url("google").ShouldStartWith("https://example.com/auth?tenant=1&client_id=c&response_type=code&");
        told["google"].GetProperty("codeVerifier").GetString().ShouldBe("");
        told["google"].GetProperty("codeChallenge").GetString().ShouldBe("");
        told["google"].GetProperty("codeChallengeMethod").GetString().ShouldBe("");
        Url("bitbucket").ShouldContain("code_challenge=");
        Url("notion").ShouldContain("&owner=user&response_type=code&state=");
        Url("microsoft").ShouldContain("&scope=User.Read+openid+email+profile&");
        Url("oidc").ShouldContain("&scope=openid+groups&");
    }

    [Fact]
    public async Task Nothing_is_told_while_it_is_off()
    {
        await world.PatchAsync(new { oauth2 = new { enabled = false, providers = new[] { world.Service.Provider("google") } } });
        var off = await world.App.GetAsync("/api/collections/users/auth-methods");
        off.Body.GetProperty("oauth2").GetRawText().ShouldBe("""{"enabled":false,"providers":[]}""");
        off.Body.GetProperty("authProviders").GetArrayLength().ShouldBe(0);
        var refused = await world.SignInAsync("google");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Message.ShouldBe("The collection is not configured to allow OAuth2 authentication.");
    }

    [Theory]
    [InlineData("""{"discoveryURL":"no url"}""")]
    [InlineData("""{"discoveryURL":5}""")]
    [InlineData("""{"jwksURL":["https://a.example.com"]}""")]
    [InlineData("""{"claims":"sub"}""")]
    [InlineData("""{"claims":{"mail":"sub"}}""")]
    [InlineData("""{"claims":{"id":1}}""")]
    [InlineData("""{"allow":[]}""")]
    [InlineData("""{"allow":{"domain":["example.com"]}}""")]
    [InlineData("""{"allow":{"domains":[]}}""")]
    [InlineData("""{"allow":{"domains":[1]}}""")]
    [InlineData("""{"allow":{"claims":{"groups":{}}}}""")]
    [InlineData("""{"trustEmail":"yes"}""")]
    public async Task Options_that_are_not_understood_are_refused(string extra)
    {
        var answer = await world.TryUseAsync(world.Service.Provider("oidc", JsonElement.Parse(extra)));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.GetProperty("data").GetProperty("oauth2").GetProperty("providers").GetProperty("0").TryGetProperty("extra", out _).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Options_of_other_servers_are_left_alone()
    {
        await world.UseAsync(world.Service.Provider("google", new { of = "another", list = new[] { 1, 2 } }));
        var answer = await world.App.GetAsync("/api/collections/users", await world.App.SuperuserTokenAsync());
        answer.Body.GetProperty("oauth2").GetProperty("providers")[0].GetProperty("extra").GetRawText().ShouldBe("""{"of":"another","list":[1,2]}""");
    }
}
