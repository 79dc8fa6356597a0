using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts.OAuth2;

/// <summary>The create rule of somebody who comes through a service sees what the record will hold, the password that was drawn included.</summary>
public sealed class SignUpRuleTests : IAsyncLifetime
{
    private SignInWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await SignInWorld.StartAsync();
        await world.UseAsync(world.Service.Provider("google"));
        world.Comes(new { sub = "g1", name = "Ann A", email = "ann@example.com", email_verified = true });
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task It_sees_what_the_record_will_hold()
    {
        foreach (var refused in (string[])["@request.body.password:isset = false", "@request.body.password = ''", "@request.body.emailVisibility != true", "@request.body.name != '5'"])
        {
            await world.PatchAsync(new { createRule = refused });
            (await world.SignInAsync("google", new { emailVisibility = "t", name = 5 })).Status.ShouldBe(HttpStatusCode.BadRequest, refused);
        }
        await world.PatchAsync(new { createRule = "@request.body.password:isset = true && @request.body.passwordConfirm:isset = true && @request.body.emailVisibility = true && @request.body.name = '5'" });
        await world.SignedInAsync("google", new { emailVisibility = "t", name = 5 });
    }
}
