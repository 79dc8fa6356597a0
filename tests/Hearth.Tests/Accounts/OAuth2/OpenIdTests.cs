using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Any OpenID Connect service by its discovery address, with mapped claims and an allow list.</summary>
public sealed class OpenIdTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    // One for all tests, as the app is; it only goes forward.
    private static readonly MovedClock Clock = new();
    private SignInWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await SignInWorld.BeginAsync(shared, Clock);
        Describe(world.Service.Url);
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task An_issuer_is_enough()
    {
        await world.UseAsync(ByDiscovery());
        var told = (await world.App.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("oauth2").GetProperty("providers")[0];
        told.GetProperty("authURL").GetString()!.ShouldStartWith(world.Service.Url + "/auth?client_id=client&code_challenge=");
        GiveToken(new { sub = "o1", groups = new[] { "staff" } });
        world.Comes(new { sub = "o1", name = "Ann A", email = "ann@example.com", email_verified = true });
        var meta = (await world.SignedInAsync("oidc")).GetProperty("meta");
        meta.GetProperty("email").GetString().ShouldBe("ann@example.com");
        // What the token and the user information tell is laid together.
        meta.GetProperty("rawUser").GetProperty("groups")[0].GetString().ShouldBe("staff");
        world.Service.Asked.Single(a => a.Path == "/token").Headers.ContainsKey("Authorization").ShouldBeFalse(); // client_secret_post, as the document says
        world.Service.Asked.Count(a => a.Path.StartsWith("/.well-known/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task User_information_about_somebody_else_is_not_laid_over()
    {
        await world.UseAsync(ByDiscovery());
        GiveToken(new { sub = "o1" });
        world.Comes(new { sub = "boss", name = "The boss" });
        (await world.SignInAsync("oidc")).Message.ShouldBe("Failed to fetch OAuth2 user.");
    }

    [Fact]
    public async Task New_keys_are_found_and_nobody_can_make_it_ask_for_them_all_the_time()
    {
        await world.UseAsync(ByDiscovery());
        world.Comes(new { sub = "o1" });
        GiveToken(new { sub = "o1" });
        await world.SignedInAsync("oidc");
        GiveToken(new { sub = "o1" }, "two");
        for (var i = 0; i < 3; i++) (await world.SignInAsync("oidc")).Status.ShouldBe(HttpStatusCode.BadRequest);
        Asked("/jwks").ShouldBe(1);
        Clock.Shift(TimeSpan.FromMinutes(2));
        world.Service.On("/jwks", JsonSerializer.Serialize(new { keys = new[] { world.Service.PublicKey("one"), world.Service.PublicKey("two") } }));
        await world.SignedInAsync("oidc");
        Asked("/jwks").ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_is_away_is_left_out_and_comes_back()
    {
        world.Service.On("/.well-known/openid-configuration", _ => (500, "{}"));
        await world.UseAsync(ByDiscovery(), world.Service.Provider("google"));
        for (var i = 0; i < 3; i++) (await OfferedAsync()).ShouldBe(["google"]);
        Asked("/.well-known/openid-configuration").ShouldBe(1); // it is not asked with every request
        (await world.SignInAsync("oidc")).Message.ShouldBe("Failed to fetch OAuth2 token.");
        Describe(world.Service.Url);
        Clock.Shift(TimeSpan.FromSeconds(11));
        (await OfferedAsync()).ShouldBe(["oidc", "google"]);
        // When it goes away again, what is known of it is good for long.
        world.Service.On("/.well-known/openid-configuration", _ => (500, "{}"));
        Clock.Shift(TimeSpan.FromHours(2));
        (await OfferedAsync()).ShouldBe(["oidc", "google"]);
    }

    [Theory]
    [InlineData("https://another.example.com")]
    [InlineData("")]
    public async Task A_document_of_another_issuer_is_not_believed(string issuer)
    {
        Describe(issuer);
        await world.UseAsync(ByDiscovery());
        (await OfferedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Claims_can_be_mapped()
    {
        await world.UseAsync(ByDiscovery(new
        {
            discoveryURL = world.Service.Url,
            claims = new { id = "oid", name = "https://example.com/display.name", username = "upn", email = "mail", emailVerified = "mail_ok", avatarURL = "photo" },
        }));
        GiveToken(new { sub = "o1" });
        world.Comes(new Dictionary<string, object> { ["sub"] = "o1", ["oid"] = 42, ["https://example.com/display.name"] = "Ann A", ["upn"] = "ann", ["mail"] = "ann@example.com", ["mail_ok"] = 1, ["photo"] = "https://p/1" });
        var meta = (await world.SignedInAsync("oidc")).GetProperty("meta");
        string.Join('|', new[] { "id", "name", "username", "email", "avatarURL" }.Select(key => meta.GetProperty(key).GetString())).ShouldBe("42|Ann A|ann|ann@example.com|https://p/1");
    }

    [Fact]
    public async Task Addresses_count_without_the_services_word_only_where_a_superuser_says_so()
    {
        GiveToken(new { sub = "o1" });
        world.Comes(new { sub = "o1", email = "ann@example.com" });
        await world.UseAsync(ByDiscovery());
        (await world.SignedInAsync("oidc")).GetProperty("meta").GetProperty("email").GetString().ShouldBe("");
        await world.UseAsync(ByDiscovery(new { discoveryURL = world.Service.Url, trustEmail = true }));
        (await world.SignedInAsync("oidc")).GetProperty("meta").GetProperty("email").GetString().ShouldBe("ann@example.com");
    }

    [Theory]
    [InlineData("""{"domains":["Example.com"]}""", true)]
    [InlineData("""{"domains":["other.com","example.com"]}""", true)]
    [InlineData("""{"domains":["other.com"]}""", false)]
    [InlineData("""{"domains":["ample.com"]}""", false)]
    [InlineData("""{"claims":{"groups":["admins","staff"]}}""", true)]
    [InlineData("""{"claims":{"groups":"staff"}}""", true)]
    [InlineData("""{"claims":{"groups":["admins"]}}""", false)]
    [InlineData("""{"claims":{"roles":["staff"]}}""", false)]
    [InlineData("""{"domains":["example.com"],"claims":{"groups":["staff"],"active":["true"]}}""", true)]
    [InlineData("""{"domains":["example.com"],"claims":{"groups":["staff"],"active":["false"]}}""", false)]
    public async Task Only_who_is_on_the_list_comes_in(string allow, bool may)
    {
        await world.UseAsync(ByDiscovery(new { discoveryURL = world.Service.Url, allow = JsonElement.Parse(allow) }));
        GiveToken(new { sub = "o1" });
        world.Comes(new { sub = "o1", email = "ann@example.com", email_verified = true, groups = new[] { "people", "staff" }, active = true });
        var answer = await world.SignInAsync("oidc");
        answer.Status.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Text);
        if (!may) answer.Message.ShouldBe("This account is not allowed to sign in here.");
        (await world.UsersAsync()).ShouldBe(may ? 1 : 0);
        (await world.LinksAsync()).Length.ShouldBe(may ? 1 : 0);
    }

    [Fact]
    public async Task An_unproven_address_is_on_no_list()
    {
        await world.UseAsync(ByDiscovery(new { discoveryURL = world.Service.Url, allow = new { domains = new[] { "example.com" } } }));
        GiveToken(new { sub = "o1" });
        world.Comes(new { sub = "o1", email = "ann@example.com", email_verified = false });
        (await world.SignInAsync("oidc")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private int Asked(string path) => world.Service.Asked.Count(a => a.Path == path);

    private async Task<string[]> OfferedAsync() =>
        [.. (await world.App.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("oauth2").GetProperty("providers").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];

    private Dictionary<string, object?> ByDiscovery(object? extra = null) =>
        new() { ["name"] = "oidc", ["clientId"] = "client", ["clientSecret"] = "secret", ["extra"] = extra ?? new { discoveryURL = world.Service.Url } };

    private void Describe(string issuer)
    {
        var url = world.Service.Url;
        world.Service.On("/.well-known/openid-configuration", JsonSerializer.Serialize(new
        {
            issuer, authorization_endpoint = url + "/auth", token_endpoint = url + "/token", userinfo_endpoint = url + "/user", jwks_uri = url + "/jwks",
            token_endpoint_auth_methods_supported = new[] { "client_secret_post" },
        }));
    }

    private void GiveToken(object claims, string keyId = "one")
    {
        var all = JsonSerializer.SerializeToElement(claims).EnumerateObject().ToDictionary(c => c.Name, c => (object)c.Value);
        (all["iss"], all["aud"], all["exp"]) = (world.Service.Url, "client", Clock.GetUtcNow().ToUnixTimeSeconds() + 86_400);
        world.Service.GiveToken(world.Service.Token(all, keyId));
    }

    /// <summary>The system's clock, moved on by a test.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan shift;

        public void Shift(TimeSpan by) => shift += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(shift.TotalSeconds * TimestampFrequency);
    }
}
