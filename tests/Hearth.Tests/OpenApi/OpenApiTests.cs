using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.OpenApi;

/// <summary>The description of the API tells nobody of collections that they cannot reach.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    private TestApp app = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        root = await app.SuperuserTokenAsync();
        object Field(string name) => new { name, type = "text" };
        foreach (var made in new object[]
        {
            new { name = "wide", type = "base", listRule = "", fields = new[] { Field("wideField") } },
            new { name = "published", type = "base", listRule = "state = 'out' || @request.auth.id != ''", fields = new[] { Field("state") } },
            new { name = "members", type = "base", listRule = "@request.auth.id != '' && state = 'x'", fields = new[] { Field("state"), Field("memberField") } },
            new { name = "admins", type = "base", listRule = "@request.auth.name = 'admin' && @request.auth.verified = true", createRule = "@request.auth.id = 'x'", fields = new[] { Field("adminField") } },
            new { name = "closed", type = "base", fields = new[] { Field("closedField") } },
            new { name = "staff", type = "auth", listRule = "id = @request.auth.id", fields = new[] { Field("salary") } },
            new { name = "robots", type = "auth", passwordAuth = new { enabled = false }, fields = new[] { Field("robotField") } },
        })
        {
            var answer = await app.SendAsync("POST", "/api/collections", made, root);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        }
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Guests_members_and_superusers_see_what_each_may_know()
    {
        var guest = (await app.GetAsync("/api/openapi.json")).Text;
        foreach (var known in new[] { "wideField", "published", "/staff/auth-with-password" }) guest.ShouldContain(known);
        foreach (var hidden in new[] { "members", "memberField", "admins", "adminField", "closed", "salary", "robots", "robotField" }) guest.ShouldNotContain(hidden, Case.Sensitive);

        var user = await app.CreateAsync("users", new { email = "a@example.com", password = "correct horse 1" });
        var member = (await app.GetAsync("/api/openapi.json", app.TokenOf(user))).Text;
        foreach (var known in new[] { "wideField", "memberField", "adminField", "salary" }) member.ShouldContain(known);
        foreach (var hidden in new[] { "closedField", "robotField" }) member.ShouldNotContain(hidden, Case.Sensitive);

        var all = (await app.GetAsync("/api/openapi.json", root)).Text;
        foreach (var known in new[] { "closedField", "robotField", "_superusers" }) all.ShouldContain(known);
    }

    [Fact]
    public async Task It_is_made_once_and_known_by_its_tag()
    {
        var first = await app.GetAsync("/api/openapi.json");
        var tag = first.Headers.ETag!.ToString();
        first.Body.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe(app.Url);
        (await app.SendAsync("GET", "/api/openapi.json", headers: ("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.NotModified);
        // Whatever the address, it is one text in the document.
        var other = await app.SendAsync("GET", "/api/openapi.json", headers: ("Host", "a.example:81"));
        JsonDocument.Parse(other.Text).RootElement.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe("http://a.example:81");
        (await app.SendAsync("POST", "/api/collections", new { name = "newer", type = "base", listRule = "" }, root)).Status.ShouldBe(HttpStatusCode.OK);
        var changed = await app.SendAsync("GET", "/api/openapi.json", headers: ("If-None-Match", tag));
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Text.ShouldContain("newer");
    }

    [Fact]
    public async Task The_page_has_a_policy() =>
        (await app.GetAsync("/api/docs")).Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; ");
}
