using System.Text.Json;
using Hearth.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Many rows at once, as imports write them.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private Blog blog = null!;

    public async Task InitializeAsync() => blog = await Blog.StartAsync();

    public async Task DisposeAsync() => await blog.DisposeAsync();

    [Fact]
    public async Task Each_row_is_added_changed_by_its_key_or_refused_by_itself()
    {
        var results = await WriteAsync("slug", """{"title":"a","slug":"1"}""", """{"title":"","slug":"2"}""", """{"title":"b","slug":"1"}""", """{"title":"c","slug":"3"}""", """{"title":"d"}""");
        results.Select(r => r.Added ? "added" : r.Changed ? "changed" : "refused").ShouldBe(["added", "refused", "changed", "added", "added"]);
        results[1].Fault!.Data["title"].ShouldNotBeNull();
        (await WriteAsync("slug", """{"title":"e","slug":"3"}"""))[0].Changed.ShouldBeTrue();
        var items = (await blog.SendAsync("GET", "posts/records?sort=title&fields=title")).Body.GetProperty("items");
        items.GetRawText().ShouldBe("""[{"title":"b"},{"title":"d"},{"title":"e"}]""");
    }

    private async Task<IReadOnlyList<BulkResult>> WriteAsync(string? key, params string[] rows)
    {
        var schema = blog.Server.App.Schema;
        var submissions = rows.Select(row => new Submission(row.AsJson().EnumerateObject().ToDictionary(p => p.Name, p => p.Value))).ToList();
        return await blog.Server.App.Records.WriteManyAsync(schema, schema.Find("posts")!, submissions, key);
    }
}
