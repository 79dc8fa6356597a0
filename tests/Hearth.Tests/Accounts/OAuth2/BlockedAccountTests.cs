using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Who is blocked at the service, or has not finished there, does not come in; a service that says nothing of it is believed.</summary>
public sealed class BlockedAccountTests(BlockedAccountTests.Place place) : IClassFixture<BlockedAccountTests.Place>
{
    [Theory]
    [InlineData("gitea", """{"id":7,"login":"ann","active":false}""")]
    [InlineData("gitea", """{"id":7,"login":"ann"}""")]
    [InlineData("gitea", """{"id":7,"login":"ann","active":true,"prohibit_login":true}""")]
    [InlineData("gitlab", """{"id":5,"username":"ann","state":"blocked"}""")]
    [InlineData("gitlab", """{"id":5,"username":"ann","state":"deactivated"}""")]
    [InlineData("gitlab", """{"id":5,"username":"ann","state":null}""")]
    [InlineData("gitlab", """{"id":5,"username":"ann","state":"active","locked":true}""")]
    [InlineData("github", """{"id":5,"login":"ann","suspended_at":"2020-01-01T00:00:00Z"}""")]
    [InlineData("vk", """{"response":[{"id":21,"first_name":"A","last_name":"B","deactivated":"banned"}]}""")]
    [InlineData("trakt", """{"user":{"username":"ann","deleted":true,"ids":{"uuid":"u1"}}}""")]
    [InlineData("mailcow", """{"id":"m","email":"m@example.com","active":0}""")]
    [InlineData("mailcow", """{"id":"m","email":"m@example.com","active":2}""")]
    [InlineData("mailcow", """{"id":"m","email":"m@example.com"}""")]
    [InlineData("bitbucket", """{"uuid":"b"}""")]
    [InlineData("box", """{"id":"b","status":"cannot_delete_edit"}""")]
    [InlineData("linear", """{"data":{"viewer":{"id":"l"}}}""")]
    [InlineData("monday", """{"data":{"me":{"id":"3"}}}""")]
    [InlineData("planningcenter", """{"data":{"id":"p","attributes":{"status":"inactive"}}}""")]
    public async Task Is_refused(string name, string told)
    {
        place.World.Service.On("/user", told);
        await place.World.UseAsync(place.World.Service.Provider(name));
        var answer = await place.World.SignInAsync(name);
        ((int)answer.Status).ShouldBe(400, answer.Text);
        answer.Message.ShouldBe("Failed to fetch OAuth2 user.");
        (await place.World.LinksAsync()).ShouldNotContain(link => link.GetProperty("provider").GetString() == name && link.GetProperty("providerId").GetString() != "fine");
    }

    [Theory]
    [InlineData("gitea", """{"id":"fine","login":"g1","active":true,"prohibit_login":false}""")]
    [InlineData("gitlab", """{"id":"fine","username":"g2"}""")]
    [InlineData("gitlab", """{"id":"fine","username":"g2","state":"active","locked":false}""")]
    [InlineData("github", """{"id":"fine","login":"g3","suspended_at":null}""")]
    [InlineData("vk", """{"response":[{"id":"fine"}]}""")]
    [InlineData("trakt", """{"user":{"deleted":false,"ids":{"uuid":"fine"}}}""")]
    [InlineData("mailcow", """{"id":"fine","active":1}""")]
    public async Task Who_is_not_comes_in(string name, string told)
    {
        place.World.Service.On("/user", told);
        await place.World.UseAsync(place.World.Service.Provider(name));
        await place.World.SignedInAsync(name);
    }

    [Theory]
    [InlineData("true", "false", "")]
    [InlineData("false", "true", "")]
    [InlineData("true", "true", "kay@example.com")]
    public async Task An_address_that_was_given_to_somebody_else_since_does_not_count(string valid, string verified, string expected)
    {
        place.World.Service.On("/user", $$"""{"id":"k{{valid}}{{verified}}","kakao_account":{"email":"kay@example.com","is_email_valid":{{valid}},"is_email_verified":{{verified}} } }""");
        await place.World.UseAsync(place.World.Service.Provider("kakao"));
        (await place.World.SignedInAsync("kakao")).GetProperty("meta").GetProperty("email").GetString().ShouldBe(expected);
    }

    public sealed class Place : IAsyncLifetime
    {
        public SignInWorld World { get; private set; } = null!;

        public async Task InitializeAsync() => World = await SignInWorld.StartAsync();

        public async Task DisposeAsync() => await World.DisposeAsync();
    }
}
