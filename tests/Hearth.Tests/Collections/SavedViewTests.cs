using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>The saved views of the dashboard: rows of a system collection that only superusers see and change, and all of them the same.</summary>
public sealed class SavedViewTests
{
    private const string Rows = "/api/collections/_views/records";

    [Fact]
    public async Task Superusers_keep_views_and_nobody_else_sees_them()
    {
        await using var app = await TestApp.StartAsync();
        var superuser = await app.SuperuserTokenAsync();
        var user = app.TokenOf(await app.CreateAsync("users", new { email = "ann@example.com", password = "12345678" }));
        var users = (await app.GetAsync("/api/collections/users", superuser)).Body.GetProperty("id").GetString();

        var made = await app.SendAsync("POST", Rows, new { name = "unverified", collectionRef = users, query = new { address = "filter=verified%3Dfalse" } }, superuser);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var id = made.Body.GetProperty("id").GetString();
        (await app.SendAsync("PATCH", $"{Rows}/{id}", new { query = new { address = "sort=email" } }, superuser)).Body.GetProperty("query").GetProperty("address").GetString().ShouldBe("sort=email");
        (await app.SendAsync("POST", Rows, new { name = "", collectionRef = users }, superuser)).Status.ShouldBe(HttpStatusCode.BadRequest);

        foreach (var other in new[] { user, null })
        {
            (await app.GetAsync(Rows, other)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await app.SendAsync("POST", Rows, new { name = "mine", collectionRef = users }, other)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await app.SendAsync("DELETE", $"{Rows}/{id}", token: other)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await app.SendAsync("DELETE", "/api/collections/_views", token: superuser)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendAsync("DELETE", $"{Rows}/{id}", token: superuser)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task They_go_with_the_collection_that_they_show_and_stay_when_it_stays()
    {
        await using var app = await TestApp.StartAsync();
        var superuser = await app.SuperuserTokenAsync();
        var ids = new Dictionary<string, string>();
        foreach (var (name, definition) in new (string, object)[]
        {
            ("plain", new { name = "plain", type = "base" }), ("people", new { name = "people", type = "auth" }), ("kept", new { name = "kept", type = "base" }),
            ("seen", new { name = "seen", type = "view", viewQuery = "SELECT id FROM plain" }),
        })
        {
            var made = await app.SendAsync("POST", "/api/collections", definition, superuser);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            ids[name] = made.Body.GetProperty("id").GetString()!;
            foreach (var view in new[] { "one", "two" })
            {
                (await app.SendAsync("POST", Rows, new { name = view, collectionRef = ids[name], query = new { address = "sort=id" } }, superuser)).Status.ShouldBe(HttpStatusCode.OK);
            }
        }
        (await app.SendAsync("PATCH", "/api/collections/kept", new { name = "renamed" }, superuser)).Status.ShouldBe(HttpStatusCode.OK);
        // A change that is refused takes nothing with it: the view reads from this one.
        (await app.SendAsync("DELETE", "/api/collections/plain", token: superuser)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync("plain")).ShouldBe(2);

        foreach (var gone in new[] { "seen", "plain", "people" })
        {
            (await app.SendAsync("DELETE", "/api/collections/" + gone, token: superuser)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await CountAsync(gone)).ShouldBe(0);
        }
        (await CountAsync("kept")).ShouldBe(2);

        async Task<int> CountAsync(string name) =>
            (await app.GetAsync($"{Rows}?filter=" + Uri.EscapeDataString($"collectionRef='{ids[name]}'"), superuser)).Body.GetProperty("totalItems").GetInt32();
    }
}
