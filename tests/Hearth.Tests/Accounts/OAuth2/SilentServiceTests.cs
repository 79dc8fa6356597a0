using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>Services that do not answer at all.</summary>
public sealed class SilentServiceTests : IAsyncLifetime
{
    private readonly HeldTimers clock = new();
    private SignInWorld world = null!;

    public async Task InitializeAsync() => world = await SignInWorld.StartAsync(clock);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("/token", "Failed to fetch OAuth2 token.")]
    [InlineData("/user", "Failed to fetch OAuth2 user.")]
    public async Task A_sign_in_waits_no_longer_than_thirty_seconds(string path, string message)
    {
        world.Service.Hang(path);
        await world.UseAsync(world.Service.Provider("google"));
        var answer = await WaitAsync(world.SignInAsync("google"), path, TimeSpan.FromSeconds(30));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Message.ShouldBe(message);
    }

    [Fact]
    public async Task The_list_of_ways_in_waits_three_seconds_for_a_document_and_then_goes_without()
    {
        const string document = "/.well-known/openid-configuration";
        world.Service.Hang(document);
        await world.UseAsync(new { name = "oidc", clientId = "c", clientSecret = "s", extra = new { discoveryURL = world.Service.Url } }, world.Service.Provider("google"));
        var answer = await WaitAsync(world.App.GetAsync("/api/collections/users/auth-methods"), document, TimeSpan.FromSeconds(3));
        answer.Body.GetProperty("oauth2").GetProperty("providers").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["google"]);
    }

    private async Task<Answer> WaitAsync(Task<Answer> answer, string path, TimeSpan limit)
    {
        while (world.Service.Asked.All(asked => asked.Path != path)) await Task.Delay(10);
        answer.IsCompleted.ShouldBeFalse();
        clock.Fire(limit);
        return await answer;
    }
}
