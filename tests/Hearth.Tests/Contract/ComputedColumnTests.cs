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

    [Theory]
    [InlineData("n = 1", true)]
    [InlineData("n = \"1\"", false)]
    [InlineData("n != \"1\"", true)]
    [InlineData("n > \"0\"", false)]
    [InlineData("\"0\" < n", false)]
    [InlineData("n < \"0\"", true)]
    [InlineData("n ~ \"1\"", true)]
    [InlineData("n < text", true)]
    [InlineData("text > n", true)]
    [InlineData("sum = 3", true)]
    [InlineData("sum > \"0\"", false)]
    [InlineData("sum ~ \".0\"", true)]
    [InlineData("whole > \"0\"", true)]
    [InlineData("number = \"3\"", true)]
    [InlineData("n = number", false)]
    public async Task A_counted_number_makes_no_number_of_a_text(string filter, bool found)
    {
        foreach (var view in new[] { "counted", "counted2" })
        {
            var list = await shared.App.GetAsync($"/api/collections/{view}/records?filter={Uri.EscapeDataString(filter)}", shared.Root);
            list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
            list.Body.GetProperty("totalItems").GetInt32().ShouldBe(found ? 1 : 0, view);
        }
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
            await app.CreateAsync("computed", new { id = "counted00000001", text = "zebra", number = 3 });
            foreach (var (name, query) in new[]
            {
                ("counted", "SELECT id, text, number, count(id) AS n, total(number) AS sum, CAST(number AS int) AS whole FROM computed WHERE id = 'counted00000001' GROUP BY id"),
                ("counted2", "SELECT id, text, number, n, sum, whole FROM counted"),
            })
            {
                var view = await app.SendAsync("POST", "/api/collections", new { name, type = "view", viewQuery = query }, Root);
                view.Status.ShouldBe(HttpStatusCode.OK, view.Text);
            }
        }
    }
}
