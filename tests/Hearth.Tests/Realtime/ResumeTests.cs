using System.Collections.Concurrent;
using Hearth.Planning;
using Hearth.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Realtime;

/// <summary>Clients that come back hear what they missed: nothing is missing, nothing comes twice, and everybody hears the same order.</summary>
public sealed class ResumeTests : IAsyncLifetime
{
    private const int LeastLosses = 2;
    private const int Most = 4000;
    private const int Writers = 3;
    private const int Clients = 6;

    private readonly List<TestApp> apps = [];
    private readonly ConcurrentQueue<(string Action, string Id, int N)> written = new();
    private NodeGroup? group;
    private string token = "";
    private string owner = "";

    public async Task InitializeAsync()
    {
        if (TestEngine.IsPostgres)
        {
            group = await NodeGroup.StartAsync(2);
            apps.AddRange([group[0], group[1]]);
        }
        else
        {
            apps.Add(await TestApp.StartAsync());
        }
        var root = await apps[0].SuperuserTokenAsync();
        var made = await apps[0].SendAsync("POST", "/api/collections", new
        {
            name = "items",
            type = "base",
            listRule = "owner = @request.auth.id",
            viewRule = "",
            fields = new object[] { new { name = "n", type = "number" }, new { name = "owner", type = "text" } },
        }, root);
        ((int)made.Status).ShouldBe(200, made.Text);
        var user = await apps[0].CreateAsync("users", new { email = "ann@example.com", password = "12345678" });
        (owner, token) = (user.Id, apps[0].TokenOf(user));
        foreach (var app in apps) await NodeGroup.UntilAsync(() => app.App.Schema.Find("items") is not null, TimeSpan.FromSeconds(10));
    }

    public async Task DisposeAsync()
    {
        if (group is not null) await group.DisposeAsync();
        else foreach (var app in apps) await app.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_missed_and_nothing_comes_twice()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var over = false;
        var clients = Enumerable.Range(0, Clients).Select(i =>
        {
            var own = new Random(seed + i + 1);
            return new Comer(() => apps[own.Next(apps.Count)], token, own);
        }).ToList();
        var listening = clients.Select(client => client.RunAsync(one => Volatile.Read(ref over) && one.Heard.Count >= written.Count)).ToList();
        await Task.WhenAll(clients.Select(client => client.Begun.Task)).WaitAsync(TimeSpan.FromSeconds(30));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => WriteAsync(new Random(seed - i - 1), i, 120, () => clients.Any(client => client.Losses <= LeastLosses))));
        Volatile.Write(ref over, true);
        await Task.WhenAll(listening).WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        var expected = written.OrderBy(w => (w.Id, w.N, w.Action)).ToList();
        foreach (var client in clients)
        {
            var words = $"seed {seed}, {client.Losses} losses";
            client.TooOld.ShouldBe(0, words);
            client.Losses.ShouldBeGreaterThan(LeastLosses, words);
            client.Heard.Select(e => e.Position).Distinct().Count().ShouldBe(client.Heard.Count, words);
            client.Heard.Select(e => (e.Action, e.Id, e.N)).OrderBy(w => (w.Id, w.N, w.Action)).ToList().ShouldBe(expected, words);
            client.Heard.Select(e => e.Position).ShouldBe(clients[0].Heard.Select(e => e.Position), words);
            // What was done to one record comes in the order in which it was done.
            foreach (var record in client.Heard.GroupBy(e => e.Id)) record.Select(e => e.N).ShouldBe(record.Select(e => e.N).Order(), words);
        }
    }

    [Fact]
    public async Task A_position_that_is_not_known_is_answered_with_reload()
    {
        await using var client = await Listener.OpenAsync(apps[0]);
        (await client.SendAsync(new { clientId = client.Id, subscriptions = new[] { "items/*" }, position = "elsewhere.17" }, token)).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        var (name, data) = await client.NextAsync();
        name.ShouldBe("@resume");
        data.GetProperty("resumed").GetBoolean().ShouldBeFalse();
        // From here it goes on.
        var at = data.GetProperty("position").GetString();
        await apps[0].CreateAsync("items", new { n = 5, owner });
        (await client.NextAsync()).Data.GetProperty("record").GetProperty("n").GetInt32().ShouldBe(5);
        await using var second = await Listener.OpenAsync(apps[^1]);
        await second.SendAsync(new { clientId = second.Id, subscriptions = new[] { "items/*" }, position = at }, token);
        (await second.NextAsync()).Data.GetProperty("record").GetProperty("n").GetInt32().ShouldBe(5);
        (await second.NextAsync()).Data.GetProperty("resumed").GetBoolean().ShouldBeTrue();
    }

    // Each writer changes records of its own and one that all share; n tells the order for one record.
    private async Task WriteAsync(Random random, int writer, int least, Func<bool> isToGoOn)
    {
        var own = new List<(string Id, int N)>();
        for (var i = 0; i < least || (isToGoOn() && i < Most); i++)
        {
            if (i >= least) await Task.Delay(5);
            var app = apps[random.Next(apps.Count)];
            var schema = app.App.Schema;
            var items = schema.Find("items")!;
            var at = own.Count == 0 ? -1 : random.Next(own.Count);
            switch (at < 0 ? 0 : random.Next(4))
            {
                case 0 or 1:
                    var created = await app.CreateAsync("items", new { n = 1, owner });
                    own.Add((created.Id, 1));
                    written.Enqueue(("create", created.Id, 1));
                    break;
                case 2:
                    var (id, n) = own[at];
                    own[at] = (id, n + 1);
                    var answer = await app.SendAsync("PATCH", $"/api/collections/items/records/{id}", new { n = n + 1 }, await apps[0].SuperuserTokenAsync());
                    ((int)answer.Status).ShouldBe(200, answer.Text);
                    written.Enqueue(("update", id, n + 1));
                    break;
                default:
                    var (gone, last) = own[at];
                    own.RemoveAt(at);
                    (await app.App.Records.DeleteAsync(schema, items, gone, RequestFacts.None)).Failed(out var fault).ShouldBeFalse(fault?.Message);
                    written.Enqueue(("delete", gone, last));
                    break;
            }
            if (writer == 0 && i % 40 == 39) await Task.Delay(100);
        }
    }
}
