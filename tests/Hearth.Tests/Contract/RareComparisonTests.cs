using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Comparisons that random requests showed to mean something else than in the reference.</summary>
public sealed class RareComparisonTests(RareComparisonTests.Notes shared) : IClassFixture<RareComparisonTests.Notes>
{
    // Three notes: n is 0, 10 and 3, the author of the first is missing.
    [Theory]
    [InlineData("1 ~ n", "a")]
    [InlineData("10 ~ \"0.0\"", "a b c")]
    [InlineData("10 ~ \"10.0\"", "a b c")]
    [InlineData("1 !~ n", "b c")]
    [InlineData("n ~ 1", "b")]
    [InlineData("n ~ 1.0", "b")]
    [InlineData("@year ~ \".0\"", "")]
    [InlineData("ok ~ true", "b")]
    [InlineData("\"1\" ~ true", "a b c")]
    // The place of somebody who is not there.
    [InlineData("author.place = \"\"", "a")]
    [InlineData("author.place = null", "a")]
    [InlineData("author.place != \"\"", "b c")]
    [InlineData("author.place.lat = null", "a")]
    [InlineData("author.place.lat = \"\"", "")]
    public async Task A_filter(string filter, string expected)
    {
        var list = await shared.App.GetAsync($"/api/collections/notes/records?sort=t&filter={Uri.EscapeDataString(filter)}", shared.Root);
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        string.Join(' ', list.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("t").GetString())).ShouldBe(expected);
    }

    [Theory]
    [InlineData("@request.query.q = \"x\"", true)]
    [InlineData("@request.query.Q = \"x\"", false)]
    [InlineData("@request.query.Q:isset = true", false)]
    public async Task A_parameter_has_the_letters_of_its_name(string rule, bool found) => (await GuestsFindAsync(rule, "q=x", "")).ShouldBe(found);

    [Theory]
    [InlineData("\"true\" ~ @request.auth.verified", true)]
    [InlineData("\"1\" ~ @request.auth.verified", false)]
    [InlineData("@request.auth.verified ~ \"1\"", true)]
    [InlineData("@request.auth.verified = true", true)]
    public async Task A_truth_value_of_the_request_is_looked_for_by_its_name(string rule, bool found)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await shared.App.CreateAsync("users", new { email, password = "quince-7Harbor", verified = true });
        var token = (await shared.App.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = email, password = "quince-7Harbor" })).Body.GetProperty("token").GetString()!;
        (await GuestsFindAsync(rule, "", token)).ShouldBe(found);
    }

    private async Task<bool> GuestsFindAsync(string rule, string query, string token)
    {
        var changed = await shared.App.SendAsync("PATCH", "/api/collections/notes", new { listRule = rule }, shared.Root);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        return (await shared.App.GetAsync($"/api/collections/notes/records?{query}", token)).Body.GetProperty("totalItems").GetInt32() > 0;
    }

    public sealed class Notes : SharedApp
    {
        protected override async Task FillAsync(TestApp app)
        {
            foreach (var body in new[]
            {
                """{"name":"writers","fields":[{"name":"place","type":"geoPoint"}]}""",
                """{"name":"notes","fields":[{"name":"t","type":"text"},{"name":"n","type":"number"},{"name":"ok","type":"bool"},{"name":"author","type":"relation","collectionId":"WRITERS"}]}""",
            })
            {
                var writers = app.App.Schema.Find("writers")?.Id ?? "";
                var made = await app.SendAsync("POST", "/api/collections", JsonElement.Parse(body.Replace("WRITERS", writers, StringComparison.Ordinal)), Root);
                made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            }
            var author = (await app.CreateAsync("writers", new { place = new { lon = 1, lat = 2 } })).Id;
            await app.CreateAsync("notes", new { t = "a", n = 0 });
            await app.CreateAsync("notes", new { t = "b", n = 10, ok = true, author });
            await app.CreateAsync("notes", new { t = "c", n = 3, author });
        }
    }
}
