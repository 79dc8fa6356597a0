using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>What each named service answers, in the form of its public documentation, and whom that makes.</summary>
public sealed class NamedServiceTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private SignInWorld world = null!;

    public async Task InitializeAsync() => world = await SignInWorld.BeginAsync(shared);

    public async Task DisposeAsync() => await world.DisposeAsync();

    public static TheoryData<string, string, string> Cases => new()
    {
        { "google", """{"sub":"g1","name":"Ann A","picture":"https://p/1","email":"ann@example.com","email_verified":true}""", "g1|Ann A||ann@example.com|https://p/1" },
        { "google", """{"sub":"g1","name":"Ann A","email":"ann@example.com","email_verified":false}""", "g1|Ann A|||" },
        { "microsoft", """{"id":"m1","displayName":"Ann A","mail":"ann@example.com","userPrincipalName":"ann@example.com"}""", "m1|Ann A|||" },
        { "yandex", """{"id":"y1","login":"ann","real_name":"Ann A","default_email":"ann@example.com","default_avatar_id":"7/8-9"}""", "y1|Ann A|ann|ann@example.com|https://avatars.yandex.net/get-yapic/7%2F8-9/islands-200" },
        { "facebook", """{"id":"f1","name":"Ann A","email":"ann@example.com","picture":{"data":{"url":"https://p/1"}}}""", "f1|Ann A||ann@example.com|https://p/1" },
        { "instagram2", """{"id":"app-scoped","user_id":"i1","username":"ann","name":"Ann A","profile_picture_url":"https://p/1"}""", "i1|Ann A|ann||https://p/1" },
        { "gitlab", """{"id":5,"username":"ann","name":"Ann A","email":"ann@example.com","confirmed_at":"2020-01-01","avatar_url":"https://p/1"}""", "5|Ann A|ann|ann@example.com|https://p/1" },
        { "gitlab", """{"id":5,"username":"ann","name":"Ann A","email":"ann@example.com","confirmed_at":null}""", "5|Ann A|ann||" },
        { "discord", """{"id":"80351110224678912","username":"ann","global_name":"Ann A","avatar":"a1","email":"ann@example.com","verified":true}""", "80351110224678912|Ann A|ann|ann@example.com|https://cdn.discordapp.com/avatars/80351110224678912/a1.png" },
        { "discord", """{"id":"8","username":"ann","global_name":null,"avatar":null,"email":"ann@example.com","verified":false}""", "8|ann|ann||" },
        { "twitter", """{"data":{"id":"t1","name":"Ann A","username":"ann","profile_image_url":"https://p/1","confirmed_email":"ann@example.com"}}""", "t1|Ann A|ann|ann@example.com|https://p/1" },
        { "kakao", """{"id":12345678901234567,"properties":{"nickname":"ann","profile_image":"https://p/1"},"kakao_account":{"email":"ann@example.com","is_email_valid":true,"is_email_verified":true}}""", "12345678901234567||ann|ann@example.com|https://p/1" },
        { "spotify", """{"id":"s1","display_name":"Ann A","email":"ann@example.com","images":[{"url":"https://p/1"},{"url":"https://p/2"}]}""", "s1|Ann A|||https://p/1" },
        { "trakt", """{"user":{"username":"ann","name":"Ann A","ids":{"slug":"ann","uuid":"u1"},"images":{"avatar":{"full":"https://p/1"}}}}""", "u1|Ann A|ann||https://p/1" },
        { "twitch", """{"data":[{"id":"w1","login":"ann","display_name":"Ann A","email":"ann@example.com","profile_image_url":"https://p/1"}]}""", "w1|Ann A|ann|ann@example.com|https://p/1" },
        { "patreon", """{"data":{"id":"p1","attributes":{"full_name":"Ann A","vanity":"ann","email":"ann@example.com","is_email_verified":true,"image_url":"https://p/1"}}}""", "p1|Ann A|ann|ann@example.com|https://p/1" },
        { "strava", """{"id":99,"username":"ann","firstname":"Ann","lastname":"A","profile":"https://p/1"}""", "99|Ann A|ann||https://p/1" },
        { "linear", """{"data":{"viewer":{"id":"l1","displayName":"ann","name":"Ann A","email":"ann@example.com","avatarUrl":"https://p/1","active":true}}}""", "l1|Ann A|ann|ann@example.com|https://p/1" },
        { "notion", """{"object":"user","type":"bot","bot":{"owner":{"type":"user","user":{"id":"n1","name":"Ann A","avatar_url":"https://p/1","person":{"email":"ann@example.com"}}}}}""", "n1|Ann A||ann@example.com|https://p/1" },
        { "monday", """{"data":{"me":{"id":"3","enabled":true,"name":"Ann A","email":"ann@example.com","is_verified":true,"photo_small":"https://p/1"}}}""", "3|Ann A||ann@example.com|https://p/1" },
        { "monday", """{"data":{"me":{"id":"3","enabled":true,"name":"Ann A","email":"ann@example.com","is_verified":false}}}""", "3|Ann A|||" },
        { "lark", """{"code":0,"msg":"success","data":{"union_id":"on_1","name":"Ann A","en_name":"ann","email":"ann@example.com","avatar_url":"https://p/0","avatar_big":"https://p/1"}}""", "on_1|Ann A|ann|ann@example.com|https://p/1" },
        { "box", """{"id":"b1","name":"Ann A","login":"ann@example.com","avatar_url":"https://p/1","status":"active"}""", "b1|Ann A||ann@example.com|https://p/1" },
        { "wakatime", """{"data":{"id":"k1","display_name":"Ann A","username":"ann","email":"ann@example.com","is_email_confirmed":true,"photo":"https://p/1"}}""", "k1|Ann A|ann|ann@example.com|https://p/1" },
        { "livechat", """{"account_id":"c1","name":"Ann A","email":"ann@example.com","email_verified":true,"avatar_url":"https://p/1"}""", "c1|Ann A||ann@example.com|https://p/1" },
        { "mailcow", """{"success":true,"username":"ann@example.com","id":"ann@example.com","email":"ann@example.com","full_name":"Ann A","active":1}""", "ann@example.com|Ann A|ann@example.com|ann@example.com|" },
        { "planningcenter", """{"data":{"type":"Person","id":"pc1","attributes":{"status":"active","name":"Ann A","avatar":"https://p/1"}}}""", "pc1|Ann A|||https://p/1" },
        { "oidc", """{"sub":"o1","name":"Ann A","preferred_username":"ann","email":"ann@example.com","email_verified":true,"picture":"https://p/1"}""", "o1|Ann A|ann|ann@example.com|https://p/1" },
        { "oidc", """{"sub":"o1","name":"Ann A","email":"ann@example.com"}""", "o1|Ann A|||" },
        { "oidc2", """{"sub":"o1","email":"no address","email_verified":"true"}""", "o1||||" },
        { "oidc3", """{"sub":"\ud83d\udc69 \ud800","name":"n\u0000"}""", "\U0001F469 \uFFFD|n\uFFFD|||" },
        { "github", """{"id":583231,"login":"ann","name":"Ann A","email":"public@example.com","avatar_url":"https://p/1"}""", "583231|Ann A|ann|ann@example.com|https://p/1" },
        { "gitea", """{"id":7,"login":"ann","full_name":"Ann A","email":"unproven@example.com","avatar_url":"https://p/1","active":true}""", "7|Ann A|ann|ann@example.com|https://p/1" },
        { "bitbucket", """{"uuid":"{b-1}","username":"ann","display_name":"Ann A","account_status":"active","links":{"avatar":{"href":"https://p/1"}}}""", "{b-1}|Ann A|ann|ann@example.com|https://p/1" },
        { "gitee", """{"id":8,"login":"ann","name":"Ann A","email":"","avatar_url":"https://p/1"}""", "8|Ann A|ann|ann@example.com|https://p/1" },
        { "vk", """{"response":[{"id":210700286,"first_name":"Ann","last_name":"A","screen_name":"ann","photo_max":"https://p/1"}]}""", "210700286|Ann A|ann|vk@example.com|https://p/1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_service_tells_who_comes(string name, string told, string expected)
    {
        world.Service.On("/token", """{"access_token":"at","refresh_token":"rt","expires_in":3600,"email":"vk@example.com"}""");
        world.Service.On("/user", told);
        // GitHub, Gitea, Bitbucket and Gitee each tell addresses in a list of their own form; only the main one that was proven counts.
        const string mails = """[{"email":"x@example.com","primary":false,"verified":true},{"email":"ann@example.com","primary":true,"verified":true}]""";
        world.Service.On("/user/emails", name == "bitbucket"
            ? """{"values":[{"email":"y@example.com","is_primary":true,"is_confirmed":false},{"email":"ann@example.com","is_primary":true,"is_confirmed":true}]}"""
            : mails);
        world.Service.On("/emails", """[{"email":"z@example.com","state":"confirmed","scope":["committed"]},{"email":"ann@example.com","state":"confirmed","scope":["primary","notified"]}]""");
        await world.UseAsync(world.Service.Provider(name));

        var body = await world.SignedInAsync(name);
        var meta = body.GetProperty("meta");
        string.Join('|', new[] { "id", "name", "username", "email", "avatarURL" }.Select(key => meta.GetProperty(key).GetString())).ShouldBe(expected);
        meta.GetProperty("avatarUrl").GetString().ShouldBe(meta.GetProperty("avatarURL").GetString());
        meta.GetProperty("accessToken").GetString().ShouldBe("at");
        meta.GetProperty("refreshToken").GetString().ShouldBe("rt");
        meta.GetProperty("expiry").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$");
        meta.GetProperty("isNew").GetBoolean().ShouldBeTrue();
        meta.GetProperty("rawUser").ValueKind.ShouldBe(JsonValueKind.Object);
        // The record is verified exactly because its address, or the lack of one, is the service's own.
        body.GetProperty("record").GetProperty("verified").GetBoolean().ShouldBeTrue();
        body.GetProperty("record").GetProperty("email").GetString().ShouldBe(meta.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Every_known_service_has_a_definition_and_a_case()
    {
        var names = (await world.App.GetAsync("/api/collections/meta/oauth2-providers", await world.App.SuperuserTokenAsync())).Body.EnumerateArray().Select(p => p.GetProperty("name").GetString()!).ToArray();
        names.Length.ShouldBe(32);
        var covered = Cases.Select(c => (string)((object[])c)[0]).Append("apple").ToHashSet();
        names.ShouldBe(names.Where(covered.Contains));
        // Services that come with their own addresses are offered with nothing but a client.
        await world.UseAsync([.. names.Select(name => (object)new { name, clientId = "c", clientSecret = "s" })]);
        var offered = (await world.App.GetAsync("/api/collections/users/auth-methods")).Body.GetProperty("oauth2").GetProperty("providers").EnumerateArray().Select(p => p.GetProperty("name").GetString());
        offered.ShouldBe(names.Except(["mailcow", "oidc", "oidc2", "oidc3"]));
    }

    [Theory]
    [InlineData("bitbucket", """{"uuid":"b","account_status":"inactive"}""")]
    [InlineData("linear", """{"data":{"viewer":{"id":"l","active":false}}}""")]
    [InlineData("monday", """{"data":{"me":{"id":"3","enabled":false}}}""")]
    [InlineData("box", """{"id":"b","status":"inactive"}""")]
    [InlineData("mailcow", """{"id":"m","active":0}""")]
    [InlineData("lark", """{"code":20005,"msg":"invalid token","data":{"union_id":"x"}}""")]
    [InlineData("notion", """{"bot":{"owner":{"type":"workspace"}}}""")]
    [InlineData("google", """{"name":"nobody"}""")]
    [InlineData("google", """{"sub":{"deep":1}}""")]
    [InlineData("google", "[]")]
    [InlineData("google", "not json")]
    [InlineData("google", "")]
    public async Task Who_is_not_told_or_may_not_work_there_does_not_come_in(string name, string told)
    {
        world.Service.On("/user", told);
        await world.UseAsync(world.Service.Provider(name));
        var answer = await world.SignInAsync(name);
        ((int)answer.Status).ShouldBe(400);
        answer.Message.ShouldBe("Failed to fetch OAuth2 user.");
        answer.Body.GetProperty("data").GetRawText().ShouldBe("{}");
        (await world.UsersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Services_are_asked_as_they_want_to_be()
    {
        foreach (var (name, told) in new[] { ("github", """{"id":1}"""), ("twitter", """{"data":{"id":"1"}}"""), ("trakt", """{"user":{"ids":{"uuid":"1"}}}"""), ("linear", """{"data":{"viewer":{"id":"1","active":true}}}"""), ("lark", """{"code":0,"data":{"union_id":"1"}}"""), ("bitbucket", """{"uuid":"1","account_status":"active"}""") })
        {
            world.Service.Asked.Clear();
            world.Service.On("/user", told);
            await world.UseAsync(world.Service.Provider(name));
            await world.SignedInAsync(name);
            var (token, user) = (world.Service.Asked.First(a => a.Path == "/token"), world.Service.Asked.First(a => a.Path == "/user"));
            user.Headers["Authorization"].ShouldBe("Bearer at");
            user.Headers.ContainsKey("traceparent").ShouldBeFalse();
            if (name == "lark") token.Body.ShouldBe("""{"grant_type":"authorization_code","code":"good","client_id":"client","redirect_uri":"http://127.0.0.1/back","code_verifier":"verifier-of-this-client","client_secret":"s\u0026cret"}""");
            else token.Form["redirect_uri"].ShouldBe("http://127.0.0.1/back");
            if (name == "twitter") token.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("client:s%26cret"u8));
            if (name is "github" or "trakt") token.Form["client_secret"].ShouldBe("s&cret");
            if (name == "trakt") user.Headers["trakt-api-key"].ShouldBe("client");
            if (name == "linear") (user.Method, JsonElement.Parse(user.Body).GetProperty("query").GetString()!.Contains("viewer")).ShouldBe(("POST", true));
            if (name == "bitbucket") token.Form.ContainsKey("code_verifier").ShouldBeFalse();
            if (name == "github") token.Form["code_verifier"].ShouldBe("verifier-of-this-client");
        }
    }
}
