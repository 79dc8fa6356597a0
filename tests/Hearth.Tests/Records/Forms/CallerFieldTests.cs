using System.Net;
using Hearth.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records.Forms;

/// <summary>Wherever a rule asks for a field of the caller, it compares as that field does. How is said letter by letter in the planner's tests.</summary>
public sealed class CallerFieldTests(NotesApp notes) : IClassFixture<NotesApp>
{
    [Theory]
    [InlineData("@request.auth.lvl = '3'", true)]
    [InlineData("@request.auth.lvl >= '1'", true)]
    [InlineData("'10' > @request.auth.lvl", true)]
    [InlineData("@request.auth.lvl < t", true)]
    [InlineData("n > @request.auth.lvl", true)]
    [InlineData("@request.auth.lvl != '3'", false)]
    [InlineData("@request.auth.lvl < '1'", false)]
    [InlineData("@request.auth.lvl = '3' && @collection.orgs.num < @request.auth.lvl", true)]
    [InlineData("@collection.orgs.num >= @request.auth.lvl", false)]
    public async Task Every_action_and_live_updates_ask_the_same(string rule, bool holds)
    {
        foreach (var action in (string[])["list", "view", "create", "update", "delete"]) await notes.RuleAsync(action, rule);
        var path = $"/api/collections/notes/records/{NotesApp.Note}";
        (await notes.App.GetAsync($"/api/collections/notes/records?filter=id='{NotesApp.Note}'", notes.Ann)).Body.GetProperty("items").GetArrayLength().ShouldBe(holds ? 1 : 0);
        (await notes.App.GetAsync(path, notes.Ann)).Status.ShouldBe(holds ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        (await notes.UpdatesAsync("{\"e\":\"y\"}")).ShouldBe(holds);
        (await notes.CreatesAsync("{\"n\":7,\"t\":\"Abc\"}")).ShouldBe(holds);

        await using var client = await Listener.OpenAsync(notes.App);
        (await client.SubscribeAsync(new[] { "notes/*", "orgs/*" }, notes.Ann)).Status.ShouldBe(HttpStatusCode.NoContent);
        await notes.MustAsync("PATCH", path, new { e = "z" });
        await notes.MustAsync("PATCH", "/api/collections/orgs/records/orga00000000000", new { name = "Ann" });
        if (holds) (await client.NextAsync()).Name.ShouldBe("notes/*");
        (await client.NextAsync()).Name.ShouldBe("orgs/*");
        await notes.MustAsync("PATCH", path, NotesApp.Stored);
    }
}
