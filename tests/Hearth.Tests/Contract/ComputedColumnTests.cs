using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Computed columns of views mean the same on each engine, and what they mean in the reference.</summary>
public sealed class ComputedColumnTests(ComputedColumnTests.Rows shared) : IClassFixture<ComputedColumnTests.Rows>
{
    [Theory]
    [InlineData("max(text)", "true", "true")]
    [InlineData("max(text)", "null", "null")]
    [InlineData("max(text)", "10.0", "10.0")]
    [InlineData("max(text)", "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData("max(text)", "plain", "\"plain\"")]
    [InlineData("max(text)", "1x", "\"1x\"")]
    [InlineData("max(number)", "plain", "3")]
    [InlineData("max(number) > 2", "plain", "1")]
    [InlineData("avg(number)", "plain", "3")]
    [InlineData("'lit'", "plain", "\"lit\"")]
    [InlineData("\"lit\"", "plain", "\"lit\"")]
    [InlineData("coalesce(max(text), '')", "false", "false")]
    [InlineData("CASE WHEN max(number) > 2 THEN 'big' ELSE 'small' END", "plain", "\"big\"")]
    [InlineData("max(text) || '!'", "plain", "\"plain!\"")]
    public async Task Columns(string expression, string text, string shown)
    {
        var name = $"v{Guid.NewGuid():N}"[..20];
        var row = await shared.App.CreateAsync("computed", new { text, number = 3 });
        var view = await shared.App.SendAsync("POST", "/api/collections", new { name, type = "view", viewQuery = $"SELECT id, {expression} AS col FROM computed WHERE id = '{row.Id}' GROUP BY id" }, shared.Root);
        view.Status.ShouldBe(HttpStatusCode.OK, view.Text);
        var list = await shared.App.GetAsync($"/api/collections/{name}/records", shared.Root);
        list.Body.GetProperty("items")[0].GetProperty("col").GetRawText().ShouldBe(shown);
    }

    [Fact]
    public async Task Fields_that_are_called_as_columns_of_every_table()
    {
        var view = await shared.App.SendAsync("POST", "/api/collections", new { name = "boxes", type = "view", viewQuery = "SELECT b.id, xmin, b.`xmax` AS high, CAST(xmin AS text) AS label FROM computed b WHERE xmin > 1" }, shared.Root);
        view.Status.ShouldBe(HttpStatusCode.OK, view.Text);
        await shared.App.CreateAsync("computed", new { xmin = 1.5, xmax = 2 });
        var item = (await shared.App.GetAsync("/api/collections/boxes/records", shared.Root)).Body.GetProperty("items")[0];
        (item.GetProperty("xmin").GetDouble(), item.GetProperty("high").GetDouble(), item.GetProperty("label").GetString()).ShouldBe((1.5, 2, "1.5"));
        var index = await shared.App.SendAsync("PATCH", "/api/collections/computed", JsonElement.Parse("""{"indexes":["CREATE INDEX idx_xmin ON computed (text) WHERE xmin > 1"]}"""), shared.Root);
        index.Status.ShouldBe(HttpStatusCode.OK, index.Text);
    }

    public sealed class Rows : SharedApp
    {
        protected override async Task FillAsync(TestApp app)
        {
            var made = await app.SendAsync("POST", "/api/collections", JsonElement.Parse(
                """{"name":"computed","fields":[{"name":"text","type":"text"},{"name":"number","type":"number"},{"name":"xmin","type":"number"},{"name":"xmax","type":"number"}]}"""), Root);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        }
    }
}
