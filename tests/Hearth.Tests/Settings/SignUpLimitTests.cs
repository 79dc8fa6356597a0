using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Settings;

/// <summary>Sign-ups are limited in a new app; records of other collections are not.</summary>
public sealed class SignUpLimitTests
{
    [Fact]
    public async Task Twenty_a_minute_from_one_address()
    {
        await using var app = await TestApp.StartAsync(limits: true);
        var root = await app.SuperuserTokenAsync();
        await app.SendAsync("POST", "/api/collections", new { name = "notes", type = "base", createRule = "", fields = new[] { new { name = "text", type = "text" } } }, root);
        await app.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true } }, root);
        for (var i = 0; i < 25; i++) (await app.SendAsync("POST", "/api/collections/notes/records", new { text = "x" })).Status.ShouldBe(HttpStatusCode.OK);
        // What is refused counts as well; saving settings began the count anew.
        for (var i = 0; i < 19; i++) (await SignUpAsync(i)).ShouldBe(HttpStatusCode.BadRequest);
        object item = new { method = "POST", url = "/api/collections/users/records", body = new { email = "no address" } };
        (await app.SendAsync("POST", "/api/batch", new { requests = new[] { item } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SignUpAsync(20)).ShouldBe(HttpStatusCode.TooManyRequests, "the item of the batch was one");
        (await app.SendAsync("POST", "/api/collections/users/records", new { email = "s@example.com", password = "a quite long word", passwordConfirm = "a quite long word" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/collections/notes/records", new { text = "x" })).Status.ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> SignUpAsync(int i) => (await app.SendAsync("POST", "/api/collections/users/records", new { email = "nobody " + i })).Status;
    }
}
