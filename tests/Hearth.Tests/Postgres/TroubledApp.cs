using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Hearth.Hosting;
using Npgsql;
using Shouldly;

namespace Hearth.Tests.Postgres;

/// <summary>An app whose database is troubled, with a collection <c>things</c> that everybody may use, and what must hold in any trouble.</summary>
internal sealed class TroubledApp(TestApp app, Wire? wire, string address, string? database) : IAsyncDisposable
{
    public TestApp App => app;

    /// <summary>The network to the database; only with a database in the cluster of all tests.</summary>
    public Wire Wire => wire!;

    /// <summary>An app on a database of its own in the cluster of all tests, behind a wire.</summary>
    /// <param name="words">More words of the connection string.</param>
    /// <param name="tablespace">Where the database stands.</param>
    public static async Task<TroubledApp> OpenAsync(string words = "", string? tablespace = null)
    {
        var cluster = PostgresCluster.OfThisRun;
        var name = $"hearth_trouble_{Guid.NewGuid():N}";
        var address = await cluster.DatabaseAsync(name);
        if (tablespace is not null) await cluster.ExecuteAsync($"ALTER DATABASE {name} SET TABLESPACE {tablespace}");
        var wire = Wire.To(address);
        return new TroubledApp(await StartAsync($"{wire.Address};{words}"), wire, address, name);
    }

    /// <summary>An app on a cluster of its own.</summary>
    public static async Task<TroubledApp> OpenAsync(OwnCluster cluster, string address) => new(await StartAsync(address), null, cluster.Address, null);

    public Task<Answer> AddAsync(string id, double n = 0) => app.SendAsync("POST", "/api/collections/things/records", new { id, n });

    public Task<Answer> ListAsync() => app.GetAsync("/api/collections/things/records?perPage=1000&sort=@rowid");

    /// <summary>Ids as the app tells them.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync()
    {
        var ids = new List<string>();
        for (var page = 1; ; page++)
        {
            var answer = await app.GetAsync($"/api/collections/things/records?perPage=1000&fields=id&sort=@rowid&page={page}");
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            var items = answer.Body.GetProperty("items");
            ids.AddRange(items.EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            if (items.GetArrayLength() < 1000) return ids;
        }
    }

    /// <summary>Runs SQL past Hearth.</summary>
    public async Task<object?> AdministerAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection past Hearth.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Cuts all connections that Hearth has.</summary>
    public Task TerminateAsync() =>
        AdministerAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hearth'");

    /// <summary>The answer is a refusal that a client understands: it says when to come back and nothing of the inside.</summary>
    public static void ShouldBeOutage(Answer answer, HttpStatusCode status = HttpStatusCode.ServiceUnavailable)
    {
        answer.Status.ShouldBe(status, answer.Text);
        answer.Headers.RetryAfter.ShouldNotBeNull(answer.Text);
        answer.Body.GetProperty("status").GetInt32().ShouldBe((int)status);
        answer.Body.GetProperty("data").ValueKind.ShouldBe(JsonValueKind.Object);
        answer.Message.ShouldNotBeEmpty();
        foreach (var inner in new[] { "127.0.0.1", "Npgsql", "SQLSTATE", "hearth_", "xception", "socket" }) answer.Text.ShouldNotContain(inner);
    }

    /// <summary>Waits until so many statements of Hearth wait for a lock.</summary>
    public async Task UntilWaitingAsync(int count)
    {
        const string waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hearth' AND wait_event_type = 'Lock'";
        for (var tries = 0; (long)(await AdministerAsync(waiting))! < count; tries++)
        {
            tries.ShouldBeLessThan(600, "nothing waits");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until the app works again, by itself, within some seconds.</summary>
    public async Task ShouldHealAsync(int seconds = 20)
    {
        for (var until = DateTime.UtcNow.AddSeconds(seconds); ;)
        {
            var (read, written) = (await ListAsync(), await AddAsync(NewId()));
            if (read.Status == HttpStatusCode.OK && written.Status == HttpStatusCode.OK) return;
            foreach (var answer in new[] { read, written }.Where(a => a.Status != HttpStatusCode.OK)) ShouldBeOutage(answer);
            DateTime.UtcNow.ShouldBeLessThan(until, "it heals by itself");
            await Task.Delay(50);
        }
    }

    /// <summary>Writes as several clients do while something happens, and checks that nothing acknowledged was lost, or stored twice, and every error was clear.</summary>
    public async Task ShouldLoseNothingAsync(Func<Task> trouble)
    {
        using var over = new CancellationTokenSource();
        var (stored, unknown) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var clients = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var id = NewId();
                var answer = await AddAsync(id);
                if (answer.Status != HttpStatusCode.OK) ShouldBeOutage(answer);
                (answer.Status == HttpStatusCode.OK ? stored : unknown).Add(id);
            }
        })).ToList();
        try
        {
            await Task.Delay(300);
            await trouble();
            await ShouldHealAsync();
            await Task.Delay(300);
        }
        finally
        {
            await over.CancelAsync();
        }
        await Task.WhenAll(clients);
        stored.Count.ShouldBeGreaterThan(20);
        var ids = await IdsAsync();
        stored.Except(ids).ShouldBeEmpty("what was acknowledged is there");
        ids.Distinct().Count().ShouldBe(ids.Count);
        unknown.Count(ids.Contains).ShouldBeLessThan(13, "only what was being committed when it happened");
    }

    public static string NewId() => Guid.NewGuid().ToString("N")[..15];

    public async ValueTask DisposeAsync()
    {
        wire?.Restore();
        await app.DisposeAsync();
        if (wire is not null) await wire.DisposeAsync();
        if (database is not null) await PostgresCluster.OfThisRun.DropAsync(database);
    }

    private static async Task<TestApp> StartAsync(string address)
    {
        var app = await TestApp.StartAsync(options => options.UsePostgres(address));
        var made = await app.SendAsync("POST", "/api/collections", new
        {
            name = "things", type = "base", listRule = "", viewRule = "", createRule = "", updateRule = "", deleteRule = "",
            fields = new object[] { new { name = "name", type = "text" }, new { name = "n", type = "number" } },
        }, await app.SuperuserTokenAsync());
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        return app;
    }
}
