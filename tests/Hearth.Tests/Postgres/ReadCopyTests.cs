using System.Diagnostics;
using System.Net;
using Hearth.Data;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Postgres;

/// <summary>A streaming replica takes reads, and nobody who wrote is shown a state without it.</summary>
public sealed class ReadCopyTests
{
    private const string Writer = "10.0.0.1";
    private const string Things = "/api/collections/things/records";

    [PostgresFact]
    public async Task Others_read_from_the_replica_and_writers_see_what_they_wrote()
    {
        await using var cluster = await OwnCluster.StartAsync();
        await cluster.DoAsync("follow");
        var other = new NpgsqlConnectionStringBuilder(cluster.Address);
        other.Port++;
        await using var app = await TestApp.StartAsync(options => options.UsePostgres(cluster.Address, read: other.ConnectionString));
        var root = await app.SuperuserTokenAsync();
        await SetUpAsync(app, root);

        // Where its replay is stopped, the replica shows what was before for a few seconds.
        var (id, reader) = await StaleAsync(app, other.ConnectionString);
        (await IdsAsync(app, Writer)).ShouldContain(id, "who wrote it must see it");
        (await app.SendAsync("GET", $"{Things}/{id}", null, null, ("X-Real-IP", Writer))).Status.ShouldBe(HttpStatusCode.OK);

        // Then it is too old to be shown to anybody.
        var waiting = Stopwatch.StartNew();
        while (!(await IdsAsync(app, reader)).Contains(id)) waiting.Elapsed.ShouldBeLessThan(Engine.CopyAge + TimeSpan.FromSeconds(10));

        // Tables that the replica does not have yet are asked for at the primary server.
        await AdministerAsync(other.ConnectionString, "SELECT pg_wal_replay_resume()");
        (_, reader) = await StaleAsync(app, other.ConnectionString);
        var changed = await app.SendAsync("PATCH", "/api/collections/things", new { fields = new object[] { new { name = "n", type = "number" }, new { name = "added", type = "text" } } }, root, ("X-Real-IP", Writer));
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        (await app.SendAsync("GET", Things + "?sort=added", null, null, ("X-Real-IP", reader))).Status.ShouldBe(HttpStatusCode.OK);

        // Its connections are cut: nobody notices.
        await AdministerAsync(other.ConnectionString, "SELECT pg_wal_replay_resume()");
        await StaleAsync(app, other.ConnectionString);
        await AdministerAsync(other.ConnectionString, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'hearth'");
        for (var i = 0; i < 20; i++) await IdsAsync(app, $"10.0.2.{i}");
        await AdministerAsync(other.ConnectionString, "SELECT pg_wal_replay_resume()");
    }

    [PostgresFact]
    public async Task Only_a_replica_of_the_same_cluster_is_taken()
    {
        await using var cluster = await OwnCluster.StartAsync();
        var elsewhere = await PostgresCluster.OfThisRun.DatabaseAsync($"hearth_copy_{Guid.NewGuid():N}");
        (await Should.ThrowAsync<DataException>(() => TestApp.StartAsync(options => options.UsePostgres(cluster.Address, read: elsewhere)))).Message.ShouldContain("no replica");
        // One that does not answer may come later.
        await using var app = await TestApp.StartAsync(options => options.UsePostgres(cluster.Address, read: "Host=127.0.0.1;Port=1;Username=hearth;Database=x"));
        (await app.GetAsync("/api/collections/users/records", await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
    }

    // Stops the replay of a replica that is read from, and adds a record that it does not have. Readers have an address of their own, which nobody wrote from.
    private static async Task<(string Id, string Reader)> StaleAsync(TestApp app, string replica)
    {
        for (var attempt = 1; attempt <= 30; attempt++)
        {
            await Task.Delay(300);
            await AdministerAsync(replica, "SELECT pg_wal_replay_pause()");
            var made = await app.SendAsync("POST", Things, new { n = attempt }, null, ("X-Real-IP", Writer));
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
            var (id, reader) = (made.Body.GetProperty("id").GetString()!, $"10.0.1.{attempt}");
            if (!(await IdsAsync(app, reader)).Contains(id)) return (id, reader);
            await AdministerAsync(replica, "SELECT pg_wal_replay_resume()");
        }
        throw new InvalidOperationException("Nobody was ever sent to the replica.");
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(TestApp app, string address)
    {
        var page = await app.SendAsync("GET", Things + "?perPage=500", null, null, ("X-Real-IP", address));
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        return [.. page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private static async Task SetUpAsync(TestApp app, string root)
    {
        var made = await app.SendAsync("POST", "/api/collections", new { name = "things", type = "base", listRule = "", viewRule = "", createRule = "", fields = new[] { new { name = "n", type = "number" } } }, root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        (await app.SendAsync("PATCH", "/api/settings", new { trustedProxy = new { headers = new[] { "X-Real-IP" } } }, root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task AdministerAsync(string address, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteScalarAsync();
    }
}
