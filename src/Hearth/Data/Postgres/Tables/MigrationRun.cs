using Hearth.Schema;

namespace Hearth.Data.Postgres.Tables;

/// <summary>Brings Hearth's own tables and functions up to date while the database starts.</summary>
internal static class MigrationRun
{
    /// <summary>Does the migrations that this database has not seen.</summary>
    public static async ValueTask RunAsync(PostgresLink link, IReadOnlyCollection<Migration> migrations, TimeProvider clock, CancellationToken stop)
    {
        SchemaSteps.Run run = async (sql, token) => await link.ExecuteAsync(sql, TimeSpan.Zero, token);
        if (!await ExistsAsync(link, InternalTables.Migrations.Name, stop)) await SchemaSteps.ApplyAsync(new CreateTable(InternalTables.Migrations), run, stop);
        var done = await link.ScalarAsync(new SqlStatement("SELECT array_agg(\"file\") FROM \"_migrations\"", []), stop) as string[] ?? [];
        Migrations.RefuseNewer(done, [.. migrations.Select(m => m.Name), .. Functions.All.Select(f => f.Name)]);
        foreach (var (name, text) in Functions.All)
        {
            if (done.Contains(name)) continue;
            await run(new SqlStatement(text, []), stop);
            await MarkAsync(link, name, clock, stop);
        }
        foreach (var migration in migrations)
        {
            if (done.Contains(migration.Name)) continue;
            foreach (var step in migration.Steps) await SchemaSteps.ApplyAsync(step, run, stop);
            await MarkAsync(link, migration.Name, clock, stop);
        }
    }

    /// <summary>Whether there is a table of this name.</summary>
    public static async ValueTask<bool> ExistsAsync(PostgresLink link, string name, CancellationToken stop) =>
        await link.ScalarAsync(new SqlStatement($"SELECT 1 FROM pg_class WHERE oid = to_regclass({SqlWriter.QuoteText(PostgresNames.Quote(name))})", []), stop) is not null;

    private static async ValueTask MarkAsync(PostgresLink link, string name, TimeProvider clock, CancellationToken stop)
    {
        var microseconds = FieldValue.Number(clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000.0);
        await link.ExecuteAsync(
            new SqlStatement("INSERT INTO \"_migrations\" (\"file\", \"applied\") VALUES ($1, $2)", [SqlArgument.Of(FieldValue.Text(name)), SqlArgument.Of(microseconds)]), null, stop);
    }
}
