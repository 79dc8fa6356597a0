using System.Net;
using System.Text.Json;
using Hearth.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>Whoever loses the account still hears of it, and of what goes with it.</summary>
public sealed class LeavingTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_removed_account_hears_of_its_end(bool byItself)
    {
        var (people, notes) = ($"people{byItself}", $"notes{byItself}");
        const string own = "@request.auth.id = id";
        await MakeAsync(new { name = people, type = "auth", listRule = own, viewRule = own, deleteRule = own });
        var target = shared.App.App.Schema.Find(people)!.Id;
        await MakeAsync(new { name = notes, listRule = "owner = @request.auth.id", viewRule = "", fields = new object[] { new { name = "owner", type = "relation", collectionId = target, maxSelect = 1, cascadeDelete = true } } });
        var ann = await shared.App.CreateAsync(people, new { email = "ann@example.org", password = "quince-7Harbor" });
        var signedIn = await shared.App.SendAsync("POST", $"/api/collections/{people}/auth-with-password", new { identity = "ann@example.org", password = "quince-7Harbor" });
        var token = signedIn.Body.GetProperty("token").GetString()!;
        await shared.App.CreateAsync(notes, new { owner = ann.Id });
        await using var client = await Listener.OpenAsync(shared.App);
        var filtered = $"{notes}/*?options={Uri.EscapeDataString(JsonSerializer.Serialize(new { query = new { filter = "id != ''" } }))}";
        (await client.SubscribeAsync(new[] { $"{people}/*", $"{people}/{ann.Id}", $"{notes}/*", filtered }, token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await shared.App.SendAsync("DELETE", $"/api/collections/{people}/records/{ann.Id}", token: byItself ? token : shared.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var heard = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var (name, data) = await client.NextAsync();
            data.GetProperty("action").GetString().ShouldBe("delete");
            heard.Add(name);
        }
        heard.ShouldBe([$"{people}/*", $"{people}/{ann.Id}", $"{notes}/*", filtered], ignoreOrder: true);
        // From then on it is a guest's.
        shared.App.App.Setup.Streams.Find(client.Id)!.Owner.Caller.IsGuest.ShouldBeTrue();
    }

    private async Task MakeAsync(object collection)
    {
        var made = await shared.App.SendAsync("POST", "/api/collections", collection, shared.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
    }
}
