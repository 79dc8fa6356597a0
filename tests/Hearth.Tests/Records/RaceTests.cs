using System.Net;
using Hearth.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records;

/// <summary>What must hold of many records together holds also when several writes come at the same moment.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task One_superuser_stays_when_all_are_removed_at_once()
    {
        var schema = app.App.Schema;
        var superusers = schema.Find(Caller.SuperusersCollection)!;
        var there = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            // With the one who stayed.
            for (var i = 0; i < 3; i++) there.Add((await app.CreateAsync(superusers.Name, new { email = $"s{round}.{i}@example.com", password = TestApp.SuperuserPassword })).Id);
            var removed = await Task.WhenAll(there.Select(id => Task.Run(() => app.App.Records.DeleteAsync(schema, superusers, id, RequestFacts.None))));
            there = [.. there.Where((_, i) => removed[i].Failed(out var fault) && fault.Code == "records.last_superuser")];
            there.Count.ShouldBe(1);
            removed.Count(result => !result.Failed(out _)).ShouldBe(removed.Length - 1);
        }
    }

    [Fact]
    public async Task An_id_belongs_to_one_account_of_all_collections()
    {
        var token = await app.SuperuserTokenAsync();
        (await app.SendAsync("POST", "/api/collections", new { name = "guests", type = "auth" }, token)).Status.ShouldBe(HttpStatusCode.OK);
        for (var round = 0; round < 8; round++)
        {
            var id = $"account00000{round:d3}";
            var answers = await Task.WhenAll(new[] { "users", "guests", "users", "guests" }.Select((name, i) => app.SendAsync(
                "POST", $"/api/collections/{name}/records", new { id, email = $"{name}{round}.{i}@example.com", password = "moss-lamp-57", passwordConfirm = "moss-lamp-57" }, token)));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text)));
        }
    }
}
