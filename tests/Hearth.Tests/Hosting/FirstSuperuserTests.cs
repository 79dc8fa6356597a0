using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Hosting;

/// <summary>The first superuser by the options; the program takes it from its environment (tests/sdk/methods/superusers.test.mjs).</summary>
public sealed class FirstSuperuserTests
{
    private const string Email = "first@example.com";
    private const string Password = "grey-badger-77";

    [Fact]
    public async Task It_is_made_once_and_later_options_change_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await using (var app = await TestApp.StartAsync(options => options.MakeFirstSuperuser(Email, Password), folder: folder, keep: true, fresh: true))
        {
            (await SignInAsync(app, Email)).ShouldBe(HttpStatusCode.OK);
        }
        // Also one that could not be made is no matter once there is somebody.
        await using var again = await TestApp.StartAsync(options => options.MakeFirstSuperuser("other@example.com", "short"), folder: folder);
        (await SignInAsync(again, Email)).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync(again, "other@example.com")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(null, Password, "only one of them")]
    [InlineData(Email, "", "only one of them")]
    [InlineData("nobody", Password, "email: ")]
    [InlineData(Email, "short", "password: ")]
    public async Task An_app_whose_first_superuser_cannot_be_made_does_not_start_and_says_why(string? email, string? password, string words)
    {
        var refused = await Should.ThrowAsync<InvalidDataException>(() => TestApp.StartAsync(options => options.MakeFirstSuperuser(email, password, "these options"), fresh: true));
        refused.Message.ShouldContain(words);
        refused.Message.ShouldContain("these options");
        if (!string.IsNullOrEmpty(password)) refused.Message.ShouldNotContain(password);
    }

    private static async Task<HttpStatusCode> SignInAsync(TestApp app, string identity) =>
        (await app.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity, password = Password })).Status;
}
