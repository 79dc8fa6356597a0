using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Hearth.Tests.Postgres;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>Behind a pooler that gives each transaction whatever connection is free, everything but the listening connection still works.</summary>
public sealed class PoolerTests
{
    [PostgresFact]
    public async Task Nodes_behind_a_pooler_do_all_that_others_do()
    {
        await using var nodes = await NodeGroup.StartAsync(0);
        using var pooler = Pooler.Start(nodes.Address);
        var through = pooler.To(nodes.Address);
        await nodes.AddAsync(address: through);
        await nodes.AddAsync(address: through);
        var root = await nodes[0].SuperuserTokenAsync();
        var fields = new object[] { new { name = "title", type = "text" }, new { name = "n", type = "number" } };
        (await nodes[0].SendAsync("POST", "/api/collections", new { name = "things", type = "base", listRule = "", viewRule = "", createRule = "", updateRule = "", fields }, root)).Status.ShouldBe(HttpStatusCode.OK);
        await NodeGroup.UntilAsync(() => nodes[1].App.Schema.Find("things") is not null, TimeSpan.FromSeconds(1));

        var statuses = new ConcurrentBag<HttpStatusCode>();
        var kept = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                var made = await nodes[client % 2].SendAsync("POST", "/api/collections/things/records", new { title = $"{client} {i}", n = i });
                statuses.Add(made.Status);
                kept.Add(made.Body.Id());
                statuses.Add((await nodes[(client + 1) % 2].SendAsync("PATCH", $"/api/collections/things/records/{made.Body.Id()}", JsonElement.Parse("""{"n+":5}"""))).Status);
                statuses.Add((await nodes[client % 2].GetAsync($"/api/collections/things/records?filter=(n>={i})&sort=-title&perPage=5")).Status);
            }
        })));
        statuses.ShouldAllBe(status => status == HttpStatusCode.OK);
        (await nodes.AskAsync("SELECT count(*) || ' ' || sum(n) FROM things")).ShouldBe($"{kept.Count} {12 * (66 + 12 * 5)}");

        // Prepared statements of before would fail after a change of the tables, on whichever connection they were prepared.
        var more = fields.Append(new { name = "extra", type = "bool" });
        (await nodes[1].SendAsync("PATCH", "/api/collections/things", new { fields = more }, root)).Status.ShouldBe(HttpStatusCode.OK);
        await NodeGroup.UntilAsync(() => nodes[0].App.Schema.Find("things")?.FindField("extra") is not null, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 20; i++)
        {
            var read = await nodes[i % 2].GetAsync($"/api/collections/things/records/{kept.First()}");
            read.Body.GetProperty("extra").ValueKind.ShouldBe(JsonValueKind.False);
        }
    }

    [PostgresFact]
    public async Task With_a_way_past_the_pooler_news_come_by_notification()
    {
        await using var nodes = await NodeGroup.StartAsync(0);
        using var pooler = Pooler.Start(nodes.Address);
        for (var i = 0; i < 2; i++)
        {
            var app = await TestApp.StartAsync(options => options.UsePostgres(pooler.To(nodes.Address), nodes.Address));
            nodes.Take(app);
        }
        var heard = new ConcurrentQueue<string>();
        nodes[1].App.Signals.On("test", (signal, _) =>
        {
            heard.Enqueue(signal.Text);
            return ValueTask.CompletedTask;
        });
        for (var i = 0; i < 10; i++)
        {
            await nodes[0].App.Signals.SendAsync("test", $"{i}", default);
            await NodeGroup.UntilAsync(() => heard.Count == i + 1, TimeSpan.FromSeconds(1));
        }

        // The pooler is gone, and with it every other connection of the nodes: only who listens past it still hears.
        pooler.Dispose();
        await nodes.AskAsync("INSERT INTO _signals (topic, text, node) VALUES ('test', 'past', '')");
        await NodeGroup.UntilAsync(() => heard.Contains("past"), TimeSpan.FromSeconds(5));
    }
}
