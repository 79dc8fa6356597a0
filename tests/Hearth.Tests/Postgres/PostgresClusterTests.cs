using Npgsql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Postgres;

/// <summary>The PostgreSQL that the tests start is one that they can rely on.</summary>
public sealed class PostgresClusterTests
{
    [PostgresFact]
    public async Task Databases_come_stay_and_go()
    {
        var cluster = PostgresCluster.OfThisRun;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        cluster.IsRunning.ShouldBeTrue("it must not end before the tests do");
        var name = $"Ada's \u00fc\u0131 {Guid.NewGuid():N}";
        var address = await cluster.DatabaseAsync(name);
        (await AskAsync(address, "CREATE TABLE t (a text); SELECT current_setting('server_version_num')::int >= 150000")).ShouldBe(true);
        (await cluster.DatabaseAsync(name)).ShouldBe(address);
        (await AskAsync(address, "SELECT count(*) FROM t")).ShouldBe(0L);
        await cluster.DropAsync(name);
        await cluster.DropAsync(name);
        (await Should.ThrowAsync<PostgresException>(() => AskAsync(address, "SELECT 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }

    [PostgresTheory]
    [InlineData("SELECT lower('I') <> 'i'", "the database's own words for case must not show through")]
    [InlineData("SELECT 'a' < 'B'", "nor its order of texts")]
    [InlineData("SELECT ('2025-02-03 00:00:00Z'::timestamptz)::text NOT LIKE '2025-02-03%'", "nor its form of dates")]
    public async Task Its_defaults_are_not_what_Hearth_means(string question, string why)
    {
        var address = await PostgresCluster.OfThisRun.DatabaseAsync("defaults");
        (await AskAsync(address, question)).ShouldBe(true, why);
    }

    private static async Task<object?> AskAsync(string address, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
