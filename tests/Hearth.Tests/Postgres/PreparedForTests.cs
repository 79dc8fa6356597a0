using Shouldly;
using Xunit;

namespace Hearth.Tests.Postgres;

/// <summary>What becomes of the connections of the pool, and of the statements that they have prepared, when the tables change.</summary>
[RunsOnce]
public sealed class PreparedForTests
{
    private const string Ours = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hearth'";

    // Its three fields, and the number of the row.
    private const int Cells = 4;

    [PostgresFact]
    public async Task Connections_stay_and_forget_what_they_have_prepared()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        // Often enough that the driver prepares it.
        for (var i = 0; i < 5; i++) (await CellsAsync(database)).ShouldBe(Cells);
        var before = (int[])(await database.AdministerAsync($"SELECT array_agg(pid) {Ours}"))!;
        for (var i = 1; i <= 3; i++)
        {
            await ChangeAsync(database, $"ALTER TABLE things ADD COLUMN more{i} text");
            for (var times = 0; times < 3; times++) (await CellsAsync(database)).ShouldBe(Cells + i);
        }
        // There may be more of them by now: what only read is ended behind the answer.
        before.Except((int[])(await database.AdministerAsync($"SELECT array_agg(pid) {Ours}"))!).ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task One_that_was_lost_before_it_could_forget_is_replaced()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        for (var i = 1; i <= 10; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CellsAsync(database)));
            await ChangeAsync(database, $"ALTER TABLE things ADD COLUMN more{i} text");
            await database.AdministerAsync($"SELECT count(pg_terminate_backend(pid)) {Ours}");
            (await CellsAsync(database)).ShouldBe(Cells + i);
        }
    }

    private static async Task<int> CellsAsync(PostgresDatabase database)
    {
        using var session = await database.Engine.ReadAsync(default);
        using var rows = await session.QueryNativeSqlAsync("SELECT * FROM things", [], default);
        await rows.NextAsync(default);
        return rows.ColumnCount;
    }

    private static async Task ChangeAsync(PostgresDatabase database, string sql)
    {
        long version;
        using (var session = await database.Engine.ReadAsync(default)) version = await database.Engine.SchemaVersionAsync(session, default);
        await database.Engine.ChangeSchemaAsync(version, async session => await session.ExecuteNativeSqlAsync(sql, [], default));
    }
}
