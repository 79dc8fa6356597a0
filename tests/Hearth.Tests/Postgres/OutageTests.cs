using System.Diagnostics;
using System.Net;
using Shouldly;
using Xunit;
using static Hearth.Tests.Postgres.TroubledApp;

namespace Hearth.Tests.Postgres;

/// <summary>The database goes away, or does not answer, while Hearth runs: requests get a clear 503 and nobody has to restart anything.</summary>
public sealed class OutageTests
{
    [PostgresFact]
    public async Task Nobody_notices_connections_that_were_cut_between_requests()
    {
        await using var trouble = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => trouble.ListAsync()));
            if (i == 1) await trouble.TerminateAsync();
            else trouble.Wire.Cut();
            (await trouble.ListAsync()).Status.ShouldBe(HttpStatusCode.OK);
            trouble.Wire.Cut();
            (await trouble.AddAsync(NewId())).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [PostgresFact]
    public async Task A_server_that_is_away_is_told_at_once_and_found_when_it_is_back()
    {
        await using var trouble = await OpenAsync();
        var token = await trouble.App.SuperuserTokenAsync();
        trouble.Wire.Refuse();
        var watch = Stopwatch.StartNew();
        ShouldBeOutage(await trouble.ListAsync());
        ShouldBeOutage(await trouble.AddAsync(NewId()));
        ShouldBeOutage(await trouble.App.GetAsync("/api/collections", token));
        ShouldBeOutage(await trouble.App.SendAsync("POST", "/api/collections", new { name = "more", type = "base" }, token));
        ShouldBeOutage(await trouble.App.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = "POST", url = "/api/collections/things/records", body = new { n = 1 } } } }, token));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(14));
        trouble.Wire.Restore();
        await trouble.ShouldHealAsync();
        (await trouble.App.SendAsync("POST", "/api/collections", new { name = "more", type = "base" }, token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [PostgresFact]
    public async Task A_server_that_hangs_costs_a_request_its_time_limit_and_no_more()
    {
        await using var trouble = await OpenAsync("Timeout=1;Command Timeout=1;Cancellation Timeout=500");
        await trouble.ListAsync();
        trouble.Wire.Hang();
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? trouble.ListAsync() : trouble.AddAsync(NewId())));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(14)); // less than what it is without these limits
        foreach (var answer in answers) ShouldBeOutage(answer);
        trouble.Wire.Restore();
        await trouble.ShouldHealAsync();
    }

    [PostgresFact]
    public async Task A_commit_whose_answer_is_lost_is_not_repeated()
    {
        await using var trouble = await OpenAsync();
        Answer answer;
        var tries = 0;
        do
        {
            // Work in the background commits too, and may be the one whose answer is lost.
            trouble.Wire.CutAfter = "COMMIT\0";
            answer = await trouble.App.SendAsync("POST", "/api/collections/things/records", new { name = "once" });
            if (answer.Status == HttpStatusCode.OK) await trouble.AdministerAsync("DELETE FROM things WHERE name = 'once'");
        }
        while (answer.Status == HttpStatusCode.OK && ++tries < 50);
        ShouldBeOutage(answer);
        answer.Message.ShouldContain("Look whether it was");
        // This one was stored before its answer was lost.
        (await trouble.AdministerAsync("SELECT count(*) FROM things WHERE name = 'once'")).ShouldBe(1L);
        await trouble.ShouldHealAsync();
        (await trouble.AdministerAsync("SELECT count(*) FROM things WHERE name = 'once'")).ShouldBe(1L);
    }

    [PostgresFact]
    public async Task A_connection_that_is_cut_in_a_write_makes_it_run_anew()
    {
        await using var trouble = await OpenAsync();
        await using var other = await trouble.ConnectAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using var locking = new Npgsql.NpgsqlCommand("LOCK TABLE things IN EXCLUSIVE MODE", other);
            await locking.ExecuteNonQueryAsync();
            var writes = Enumerable.Range(0, 4).Select(i => trouble.AddAsync(NewId(), i)).ToList();
            await trouble.UntilWaitingAsync(4);
            await trouble.TerminateAsync();
            await trouble.UntilWaitingAsync(4);
            await transaction.RollbackAsync();
            foreach (var answer in await Task.WhenAll(writes)) answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        }
        (await trouble.AdministerAsync("SELECT count(*) FROM things")).ShouldBe(4L);
    }

    [PostgresFact]
    public async Task Writes_lose_nothing_when_connections_are_cut_under_load()
    {
        await using var trouble = await OpenAsync();
        await trouble.ShouldLoseNothingAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                if (i % 2 == 0) trouble.Wire.Cut();
                else await trouble.TerminateAsync();
                await Task.Delay(200);
            }
        });
    }

    [PostgresFact]
    public async Task Writes_lose_nothing_when_the_server_crashes_under_load()
    {
        await using var cluster = await OwnCluster.StartAsync();
        await using var trouble = await OpenAsync(cluster, cluster.Address);
        await trouble.ShouldLoseNothingAsync(async () =>
        {
            await cluster.DoAsync("crash");
            ShouldBeOutage(await trouble.ListAsync());
            await cluster.DoAsync("start");
            await trouble.ShouldHealAsync();
            await cluster.DoAsync("stop");
            await cluster.DoAsync("start");
        });
    }

    [PostgresFact]
    public async Task Writes_lose_nothing_when_a_replica_takes_over()
    {
        await using var cluster = await OwnCluster.StartAsync();
        await cluster.DoAsync("follow");
        await using var trouble = await OpenAsync(cluster, cluster.AddressOfBoth);
        await trouble.ShouldLoseNothingAsync(async () =>
        {
            await cluster.DoAsync("crash");
            await cluster.DoAsync("promote");
            await trouble.ShouldHealAsync();
        });
    }

    [PostgresFact]
    public async Task A_server_that_became_a_replica_is_left_when_it_takes_no_writes()
    {
        await using var trouble = await OpenAsync();
        var name = (string)(await trouble.AdministerAsync("SELECT current_database()::text"))!;
        await trouble.AdministerAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await trouble.TerminateAsync();
        ShouldBeOutage(await trouble.AddAsync(NewId()));
        (await trouble.ListAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await PostgresCluster.OfThisRun.ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = off");
        await trouble.ShouldHealAsync();
    }
}
