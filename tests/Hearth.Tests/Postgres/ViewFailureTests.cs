using System.Net;
using Shouldly;

namespace Hearth.Tests.Postgres;

/// <summary>The query of a view is its user's own and may fail on a row.</summary>
public sealed class ViewFailureTests
{
    [PostgresFact]
    public async Task A_view_that_fails_on_a_row_is_a_plain_refusal()
    {
        await using var trouble = await TroubledApp.OpenAsync();
        var token = await trouble.App.SuperuserTokenAsync();
        var made = await trouble.App.SendAsync("POST", "/api/collections", new { name = "parts", type = "view", listRule = "", viewRule = "", viewQuery = "SELECT id, 10 / n::int AS part FROM things" }, token);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        (await trouble.AddAsync("aaaaaaaaaaaaaaa", 2)).Status.ShouldBe(HttpStatusCode.OK);
        (await trouble.App.GetAsync("/api/collections/parts/records")).Body.GetProperty("items")[0].GetProperty("part").GetDouble().ShouldBe(5);
        (await trouble.AddAsync("bbbbbbbbbbbbbbb", 0)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "parts/records", "parts/records?filter=part%3D1", "parts/records/bbbbbbbbbbbbbbb" })
        {
            var answer = await trouble.App.GetAsync("/api/collections/" + path);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
            answer.Text.ShouldNotContain("zero");
        }
        (await trouble.App.GetAsync("/api/collections/things/records")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
