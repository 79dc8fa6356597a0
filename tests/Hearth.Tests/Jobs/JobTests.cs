using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Hearth.App;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Jobs;

public sealed class JobTests
{
    private readonly ConcurrentQueue<string> done = new();

    [Fact]
    public async Task Crons_are_listed_run_and_refused()
    {
        await using var app = await TestApp.StartAsync(options => options.Clock = new StandingClock(), hearth => hearth
            .AddJob("zebra", "5 4 * * *", (_, _) => Note("zebra"))
            .AddJob("apple", "@daily", (_, _) => Note("apple")));
        var root = await app.SuperuserTokenAsync();

        var listed = await app.GetAsync("/api/crons", root);
        listed.Status.ShouldBe(HttpStatusCode.OK);
        var jobs = listed.Body.EnumerateArray().Select(job => (Id: job.GetProperty("id").GetString()!, Expression: job.GetProperty("expression").GetString()!)).ToList();
        jobs[..2].ShouldBe([("apple", "@daily"), ("zebra", "5 4 * * *")]);
        jobs.ShouldContain(("__pbDBOptimize__", "0 0 * * *"));
        jobs.ShouldContain(("__pbMFACleanup__", "0 * * * *"));
        jobs.ShouldContain(("__pbOTPCleanup__", "0 * * * *"));
        jobs.ShouldContain(("__pbLogsCleanup__", "0 */6 * * *"));

        (await app.SendAsync("POST", "/api/crons/zebra", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await Until(() => done.SequenceEqual(["zebra"]) && app.App.Jobs.Running == 0);
        foreach (var (id, _) in jobs) (await app.SendAsync("POST", "/api/crons/" + id, token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await Until(() => done.Count == 3);

        var missing = await app.SendAsync("POST", "/api/crons/nothing", token: root);
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        missing.Message.ShouldBe("Missing or invalid cron job.");
        foreach (var (method, path) in new[] { ("GET", "/api/crons"), ("POST", "/api/crons/zebra") })
        {
            (await app.SendAsync(method, path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await app.GetAsync("/api/audit?filter=" + Uri.EscapeDataString("action='cron.run' && data.job='zebra'"), root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_minute_is_done_once_by_all_nodes_together_and_again_in_the_next()
    {
        var clock = new StandingClock();
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        await using var first = await StartAsync(folder, clock);
        // On SQLite a second node is the same process after a restart in the same minute.
        clock.Advance(TimeSpan.FromMinutes(1));
        if (TestEngine.IsPostgres)
        {
            await using var second = await StartAsync(folder, clock, "-2");
            clock.Advance(TimeSpan.FromMinutes(1));
            var both = await Task.WhenAll(first.App.Jobs.BeginDueAsync(default), second.App.Jobs.BeginDueAsync(default));
            both.Sum(begun => begun.Count(id => id == "each")).ShouldBe(1);
            await Until(() => done.Count == 1 && first.App.Jobs.Running + second.App.Jobs.Running == 0);
            clock.Advance(TimeSpan.FromMinutes(1));
            both = await Task.WhenAll(first.App.Jobs.BeginDueAsync(default), second.App.Jobs.BeginDueAsync(default));
            both.Sum(begun => begun.Count(id => id == "each")).ShouldBe(1);
            await Until(() => done.Count == 2);
        }
        else
        {
            (await first.App.Jobs.BeginDueAsync(default)).ShouldContain("each");
            (await first.App.Jobs.BeginDueAsync(default)).ShouldNotContain("each");
            await Until(() => done.Count == 1 && first.App.Jobs.Running == 0);
            clock.Advance(TimeSpan.FromMinutes(30));
            // Late: what was missed is done once.
            (await first.App.Jobs.BeginDueAsync(default)).Count(id => id == "each").ShouldBe(1);
            await Until(() => done.Count == 2);
        }
    }

    [Fact]
    public async Task What_a_job_throws_stops_neither_it_nor_the_others()
    {
        var clock = new StandingClock();
        await using var app = await TestApp.StartAsync(
            options => options.Clock = clock,
            hearth => hearth.AddJob("bad", "* * * * *", (_, _) => throw new InvalidOperationException("no")).AddJob("good", "* * * * *", (_, _) => Note("good")));
        for (var minute = 1; minute <= 3; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var begun = await app.App.Jobs.BeginDueAsync(default);
            begun.ShouldContain("bad");
            begun.ShouldContain("good");
            await Until(() => done.Count == minute && app.App.Jobs.Running == 0);
        }
    }

    [Fact]
    public async Task Everybody_sees_how_a_job_went_last_on_any_node_and_after_a_restart()
    {
        var clock = new ShiftedClock();
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        var fails = true;
        async Task<TestApp> NodeAsync(string suffix, bool keep = true) => await TestApp.StartAsync(
            options =>
            {
                options.Clock = clock;
                if (suffix.Length > 0) options.DataDirectory += suffix;
            },
            hearth => hearth.AddJob("never", "0 0 1 1 *", (_, _) => Note("never")).AddJob("shaky", "0 0 1 1 *", async (_, stop) =>
            {
                await Task.Delay(20, stop);
                if (fails) throw new InvalidOperationException("secret");
            }),
            folder,
            keep: keep);
        var app = await NodeAsync("");
        var root = await app.SuperuserTokenAsync();
        (await LastAsync("shaky")).ShouldBeNull();

        var before = clock.GetUtcNow();
        (await app.SendAsync("POST", "/api/crons/shaky", token: root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var failed = await UntilAsync(last => last is not null);
        failed.GetProperty("failed").GetBoolean().ShouldBeTrue();
        failed.GetProperty("took").GetDouble().ShouldBeGreaterThan(10);
        failed.ToString().ShouldNotContain("secret");
        // Dates are kept to the millisecond.
        DateTimeOffset.Parse(failed.GetProperty("at").GetString()!, CultureInfo.InvariantCulture).ShouldBeInRange(before.AddMilliseconds(-1), clock.GetUtcNow());

        fails = false;
        await Until(() => app.App.Jobs.Running == 0);
        clock.Ahead += TimeSpan.FromMinutes(2);
        if (TestEngine.IsPostgres)
        {
            // What another node does is seen here too.
            await using var second = await NodeAsync("-2");
            (await second.App.Jobs.RunAsync("shaky", default)).ShouldBeTrue();
            await UntilAsync(last => last?.GetProperty("failed").GetBoolean() == false);
        }
        else
        {
            (await app.App.Jobs.RunAsync("shaky", default)).ShouldBeTrue();
            await UntilAsync(last => last?.GetProperty("failed").GetBoolean() == false);
        }
        var well = (await LastAsync("shaky"))!.Value.ToString();
        await app.DisposeAsync();
        app = await NodeAsync("", keep: false);
        (await LastAsync("shaky")).ToString().ShouldBe(well);
        (await LastAsync("never")).ShouldBeNull();
        await app.DisposeAsync();

        async Task<JsonElement?> LastAsync(string id)
        {
            var job = (await app.GetAsync("/api/crons?runs=true", root)).Body.EnumerateArray().Single(job => job.GetProperty("id").GetString() == id);
            return job.TryGetProperty("lastRun", out var last) ? last : null;
        }
        async Task<JsonElement> UntilAsync(Func<JsonElement?, bool> reached)
        {
            for (var i = 0; i < 2400; i++, await Task.Delay(25))
            {
                if (await LastAsync("shaky") is { } last && reached(last)) return last;
            }
            throw new TimeoutException();
        }
    }

    private Task<TestApp> StartAsync(string folder, StandingClock clock, string suffix = "") => TestApp.StartAsync(
        options =>
        {
            options.Clock = clock;
            if (suffix.Length > 0) options.DataDirectory += suffix;
        },
        hearth => hearth.AddJob("each", "* * * * *", (_, _) => Note("each")),
        folder);

    private ValueTask Note(string what)
    {
        done.Enqueue(what);
        return ValueTask.CompletedTask;
    }

    // A job runs until its last run is kept, which is behind the end of its work; while it runs it is not begun again.
    private static async Task Until(Func<bool> reached)
    {
        for (var i = 0; i < 2400 && !reached(); i++) await Task.Delay(25);
        reached().ShouldBeTrue();
    }
}
