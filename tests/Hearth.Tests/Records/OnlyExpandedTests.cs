using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>Pages of which <c>fields</c> leaves nothing but expanded records.</summary>
public sealed class OnlyExpandedTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("expand.boss.name")]
    [InlineData("expand")]
    [InlineData("expand.*")]
    [InlineData("expand.helpers.name,nothing")]
    public async Task A_row_of_nothing_but_expanded_records_is_whole(string fields)
    {
        var name = $"desks_{fields.Length}";
        await MakeAsync(name + "_people", new { name = "name", type = "text" });
        var people = shared.App.App.Schema.Find(name + "_people")!.Id;
        await MakeAsync(name, new { name = "boss", type = "relation", collectionId = people, maxSelect = 1 }, new { name = "helpers", type = "relation", collectionId = people, maxSelect = 5 });
        var ann = (await shared.App.CreateAsync(name + "_people", new { name = "Ann" })).Id;
        var desk = (await shared.App.CreateAsync(name, new { boss = ann, helpers = new[] { ann } })).Id;
        await shared.App.CreateAsync(name, new { });

        var list = await shared.App.GetAsync($"/api/collections/{name}/records?sort=@rowid&expand=boss,helpers&fields={fields}");
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        var rows = list.Body.GetProperty("items");
        rows[0].EnumerateObject().Select(member => member.Name).ShouldBe(["expand"]);
        rows[1].GetRawText().ShouldBe("""{"expand":{}}""");
        var one = await shared.App.GetAsync($"/api/collections/{name}/records/{desk}?expand=boss,helpers&fields={fields}");
        rows[0].GetRawText().ShouldBe(one.Body.GetRawText());
    }

    private async Task MakeAsync(string name, params object[] fields)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", JsonSerializer.SerializeToElement(new { name, type = "base", listRule = "", viewRule = "", fields }), shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
