using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Hearth.Data;
using Hearth.Data.Postgres.Nodes;
using Hearth.Planning;
using Hearth.Tests.Records;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>Several nodes on one PostgreSQL are one back end.</summary>
public sealed class NodesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // One that is busy with other things takes longer now and then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [PostgresFact]
    public async Task A_change_of_the_schema_is_in_force_on_every_node_within_a_second()
    {
        await using var nodes = await NodeGroup.StartAsync(3);
        var root = await nodes[0].SuperuserTokenAsync();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var name = $"things{i}";
            (await nodes[i % 3].SendAsync("POST", "/api/collections", Open(name), root)).Status.ShouldBe(HttpStatusCode.OK);
            for (var n = 0; n < 3; n++)
            {
                var node = nodes[n];
                times.Add(await NodeGroup.UntilAsync(() => node.App.Schema.Find(name) is not null, Patience));
                (await node.SendAsync("POST", $"/api/collections/{name}/records", new { title = "x" })).Status.ShouldBe(HttpStatusCode.OK);
            }
        }
        Median(times).ShouldBeLessThan(Second);
    }

    [PostgresFact]
    public async Task Settings_reach_every_node_and_changes_at_the_same_time_are_all_kept()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var root = await nodes[0].SuperuserTokenAsync();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            var answers = await Task.WhenAll(
                nodes[0].SendAsync("PATCH", "/api/settings", new { meta = new { appName = $"name {i}" } }, root),
                nodes[1].SendAsync("PATCH", "/api/settings", new { logs = new { maxDays = i + 1 } }, root));
            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
            for (var n = 0; n < 2; n++)
            {
                var settings = nodes[n].App.Settings;
                times.Add(await NodeGroup.UntilAsync(() => settings.Current.Meta.AppName == $"name {i}" && settings.Current.Logs.MaxDays == i + 1, Patience));
            }
        }
        Median(times).ShouldBeLessThan(Second);
    }

    [PostgresFact]
    public async Task Collections_made_on_two_nodes_at_once_are_all_there()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var root = await nodes[0].SuperuserTokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => nodes[i % 2].SendAsync("POST", "/api/collections", Open($"c{i}"), root)));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        foreach (var n in Enumerable.Range(0, 2))
        {
            await NodeGroup.UntilAsync(() => Enumerable.Range(0, 12).All(i => nodes[n].App.Schema.Find($"c{i}") is not null), Patience);
        }
        nodes[0].App.Schema.Version.ShouldBe(nodes[1].App.Schema.Version);
    }

    [PostgresFact]
    public async Task Requests_to_one_node_while_the_other_changes_the_schema_meet_no_server_error()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var root = await nodes[0].SuperuserTokenAsync();
        var made = await nodes[0].SendAsync("POST", "/api/collections", Open("things"), root);
        await NodeGroup.UntilAsync(() => nodes[1].App.Schema.Find("things") is not null, Patience);
        var fields = made.Body.GetProperty("fields").GetRawText();
        var more = fields[..^1] + """,{"name":"extra","type":"number"}]""";
        var answers = new ConcurrentBag<Answer>();
        var kept = new ConcurrentBag<string>();
        using var ended = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                var created = await nodes[1].SendAsync("POST", "/api/collections/things/records", new { title = "x", extra = 7 });
                answers.Add(created);
                if (created.Status == HttpStatusCode.OK) kept.Add(created.Body.Id());
                answers.Add(await nodes[1].GetAsync("/api/collections/things/records?sort=-title&perPage=3"));
            }
        })).ToList();
        for (var i = 0; i < 20 || kept.Count < 10; i++)
        {
            (await nodes[0].SendAsync("PATCH", "/api/collections/things", new { fields = JsonElement.Parse(i % 2 == 0 ? more : fields) }, root)).Status.ShouldBe(HttpStatusCode.OK);
        }
        await ended.CancelAsync();
        await Task.WhenAll(clients);
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        ((long?)await nodes.AskAsync("SELECT count(*) FROM things")).ShouldBe(kept.Count);
    }

    [PostgresFact]
    public async Task A_write_that_was_planned_with_the_schema_of_before_is_refused_whichever_node_changed_it()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var root = await nodes[0].SuperuserTokenAsync();
        var before = nodes[1].App.Schema;
        (await nodes[0].SendAsync("POST", "/api/collections", Open("things"), root)).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await Should.ThrowAsync<DataException>(() => nodes[1].App.Engine.WriteAsync(
            before, async session => await session.CountAsync(new ReadPlan { From = new BaseSource(before.Find("users")!) }, default), null, default));
        refused.Fault.Kind.ShouldBe(DataFaultKind.Stale);
    }

    [PostgresFact]
    public async Task News_come_also_when_the_listening_connection_is_cut()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var root = await nodes[0].SuperuserTokenAsync();
        for (var i = 0; i < 3; i++)
        {
            await nodes.AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%pg_terminate%'");
            var made = await nodes[0].SendAsync("POST", "/api/collections", Open($"after{i}"), root);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            await NodeGroup.UntilAsync(() => nodes[1].App.Schema.Find($"after{i}") is not null, Patience);
        }
    }

    [PostgresFact]
    public async Task A_signal_whose_transaction_began_later_and_commits_last_is_heard()
    {
        const int Rounds = 10;
        await using var nodes = await NodeGroup.StartAsync(1);
        await using var first = await nodes.ConnectAsync();
        await using var second = await nodes.ConnectAsync();
        await using var reader = await nodes.ConnectAsync();
        var (position, heard) = (new SignalPosition(), new List<(long Id, Signal Signal)>());
        await SignalTable.BeginAsync(reader, position, default);
        for (var i = 0; i < Rounds; i++)
        {
            await NodeGroup.AskAsync(first, "BEGIN; SELECT pg_current_xact_id()");
            // Its number is the higher one, its id the lower.
            await NodeGroup.AskAsync(second, $"BEGIN; INSERT INTO _signals (topic, text, node) VALUES ('test', 'late {i}', '')");
            await NodeGroup.AskAsync(first, $"INSERT INTO _signals (topic, text, node) VALUES ('test', 'early {i}', ''); COMMIT");
            await SignalTable.ReadAsync(reader, position, heard, default);
            await SignalTable.ReadAsync(reader, position, heard, default);
            await NodeGroup.AskAsync(second, "COMMIT");
            await SignalTable.ReadAsync(reader, position, heard, default);
        }
        heard.Where(static one => one.Signal.Topic == "test").Select(static one => one.Signal.Text).ShouldBe(Enumerable.Range(0, Rounds).SelectMany(static i => new[] { $"early {i}", $"late {i}" }));
    }

    [PostgresFact]
    public async Task Many_signals_of_many_writers_reach_every_node_once()
    {
        const int Writers = 8, Each = 60;
        var heard = new ConcurrentBag<string>[] { [], [] };
        await using var nodes = await NodeGroup.StartAsync(2);
        for (var n = 0; n < 2; n++)
        {
            var bag = heard[n];
            nodes[n].App.Signals.On("test", (signal, _) =>
            {
                bag.Add(signal.Text);
                return ValueTask.CompletedTask;
            });
        }
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var text = $"{writer}:{i}";
                // Some are undone, so that ids are missing; some take their time between the id and the commit.
                await nodes[writer % 2].App.Engine.WriteAsync(
                    session =>
                    {
                        session.Tell("test", text);
                        return new ValueTask<bool>(true);
                    },
                    static _ => true,
                    default);
                if (i % 7 == 0) await nodes.AskAsync("BEGIN; INSERT INTO _signals (topic, text, node) VALUES ('test', 'undone', ''); SELECT pg_sleep(0.01); ROLLBACK");
                if (i % 20 == 0) await nodes.AskAsync($"BEGIN; INSERT INTO _signals (topic, text, node) VALUES ('test', 'slow {writer}:{i}', ''); SELECT pg_sleep(0.3); COMMIT");
            }
        })));
        var all = Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, Each).SelectMany(i => i % 20 == 0 ? new[] { $"{w}:{i}", $"slow {w}:{i}" } : [$"{w}:{i}"])).Order().ToList();
        foreach (var bag in heard)
        {
            await NodeGroup.UntilAsync(() => bag.Count >= all.Count, TimeSpan.FromSeconds(30));
            bag.Order().ShouldBe(all);
        }
    }

    [PostgresFact]
    public async Task Work_for_all_is_done_by_one_node_and_taken_over_when_it_ends()
    {
        var done = new ConcurrentQueue<int>();
        await using var nodes = await NodeGroup.StartAsync(0);
        var first = await nodes.AddAsync(hearth => hearth.AddFeature(new Worker(TimeSpan.FromMilliseconds(50), () => done.Enqueue(1))));
        await NodeGroup.UntilAsync(() => done.Count >= 3, TimeSpan.FromSeconds(15));
        await nodes.AddAsync(hearth => hearth.AddFeature(new Worker(TimeSpan.FromMilliseconds(50), () => done.Enqueue(2))));
        await Task.Delay(500);
        done.ShouldAllBe(node => node == 1);
        await first.StopAsync();
        await NodeGroup.UntilAsync(() => done.Contains(2), TimeSpan.FromSeconds(15));
    }

    [PostgresFact]
    public async Task A_lease_is_one_nodes_until_it_gives_it_back_or_its_time_is_over()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        var (one, other) = (nodes[0].App.Engine, nodes[1].App.Engine);
        var time = TimeSpan.FromMinutes(10);
        (await one.TakeLeaseAsync("x", time, default)).ShouldBeTrue();
        (await one.TakeLeaseAsync("x", time, default)).ShouldBeTrue("it keeps what it has");
        (await other.TakeLeaseAsync("x", time, default)).ShouldBeFalse();
        (await other.TakeLeaseAsync("y", time, default)).ShouldBeTrue();
        await nodes.AskAsync("UPDATE _leases SET until = until - interval '11 minutes' WHERE name = 'x'");
        (await other.TakeLeaseAsync("x", time, default)).ShouldBeTrue("the first one is taken for dead");
        (await one.TakeLeaseAsync("x", time, default)).ShouldBeFalse();
        await other.ReturnLeasesAsync(default);
        (await one.TakeLeaseAsync("x", time, default)).ShouldBeTrue();
    }

    [PostgresFact]
    public async Task A_node_of_another_version_is_not_let_in_while_others_run()
    {
        await using var nodes = await NodeGroup.StartAsync(1);
        await nodes.AskAsync("INSERT INTO _nodes (id, machine, version) VALUES ('old', 'machine7', '0.0')");
        (await Should.ThrowAsync<DataException>(() => nodes.AddAsync())).Message.ShouldContain("machine7, Hearth 0.0");
        await nodes.AskAsync("UPDATE _nodes SET seen = seen - interval '1 minute' WHERE id = 'old'");
        await nodes.AddAsync();
    }

    [PostgresFact]
    public async Task Nodes_sign_in_and_out()
    {
        await using var nodes = await NodeGroup.StartAsync(2);
        (await nodes.AskAsync("SELECT count(*) FROM _nodes")).ShouldBe(2L);
        await nodes[1].StopAsync();
        (await nodes.AskAsync("SELECT count(*) FROM _nodes")).ShouldBe(1L);
    }

    [PostgresFact]
    public async Task Nodes_that_start_together_on_an_empty_database_agree()
    {
        await using var nodes = await NodeGroup.StartAsync(0, fresh: true);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => nodes.AddAsync()));
        var users = Enumerable.Range(0, 3).Select(n => nodes[n].App.Schema.Find("users")?.Id).Distinct().ToList();
        users.ShouldHaveSingleItem().ShouldNotBeNull();
        (await nodes.AskAsync("SELECT count(*) FROM _collections WHERE name = 'users'")).ShouldBe(1L);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static object Open(string name) => new
    {
        name,
        type = "base",
        listRule = "",
        viewRule = "",
        createRule = "",
        fields = new[] { new { name = "title", type = "text" } },
    };
}
