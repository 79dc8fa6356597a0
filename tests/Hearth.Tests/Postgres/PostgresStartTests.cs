using Hearth.Data;
using Hearth.Data.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Postgres;

/// <summary>What will not do as a database is refused at the start, in words that say what to do.</summary>
[RunsOnce]
public sealed class PostgresStartTests
{
    [PostgresFact]
    public async Task A_database_of_somebody_else_is_refused_and_left_alone()
    {
        await using var database = await MadeAsync("CREATE TABLE invoices (id int)");
        (await RefusalAsync(database.Address)).ShouldContain("invoices");
        (await database.AskAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")).ShouldBe(1L);
        // A schema of its own in the same database is fine.
        await database.AskAsync("CREATE SCHEMA shop");
        var own = new NpgsqlConnectionStringBuilder(database.Address) { SearchPath = "shop" }.ConnectionString;
        await using var engine = Engine(own);
        await engine.StartAsync(default);
        (await database.AskAsync("SELECT to_regclass('shop._collections') IS NOT NULL AND to_regclass('public._collections') IS NULL")).ShouldBe(true);
    }

    [PostgresFact]
    public async Task A_table_of_migrations_of_another_program_does_not_make_the_database_ours()
    {
        await using var database = await MadeAsync("CREATE TABLE _migrations (version int)");
        (await RefusalAsync(database.Address)).ShouldContain("_migrations");
    }

    [PostgresFact]
    public async Task A_database_that_is_started_again_is_ours()
    {
        await using var database = await MadeAsync("SELECT 1");
        for (var i = 0; i < 2; i++)
        {
            await using var engine = Engine(database.Address);
            await engine.StartAsync(default);
        }
    }

    [PostgresFact]
    public async Task Nodes_that_start_at_the_same_moment_do_not_disturb_each_other()
    {
        await using var database = await MadeAsync("SELECT 1");
        var engines = Enumerable.Range(0, 4).Select(_ => Engine(database.Address)).ToArray();
        await Task.WhenAll(engines.Select(engine => engine.StartAsync(default).AsTask()));
        foreach (var engine in engines) await engine.DisposeAsync();
        (await database.AskAsync("SELECT count(*) FROM _migrations WHERE file LIKE 'hearth_0001%'")).ShouldBe(1L);
    }

    [PostgresFact]
    public async Task Without_rights_it_says_which_are_missing()
    {
        var role = $"poor_{Guid.NewGuid():N}";
        await using var database = await MadeAsync($"REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {role} LOGIN PASSWORD 'x'");
        var poor = new NpgsqlConnectionStringBuilder(database.Address) { Username = role, Password = "x" }.ConnectionString;
        var refusal = await RefusalAsync(poor);
        refusal.ShouldContain("GRANT");
        refusal.ShouldContain(role);
    }

    [PostgresFact]
    public async Task A_search_path_that_leads_nowhere_is_told()
    {
        await using var database = await MadeAsync("SELECT 1");
        (await RefusalAsync(new NpgsqlConnectionStringBuilder(database.Address) { SearchPath = "nowhere" }.ConnectionString)).ShouldContain("CREATE SCHEMA");
    }

    [PostgresFact]
    public async Task Texts_that_are_not_unicode_are_refused()
    {
        var name = $"latin_{Guid.NewGuid():N}";
        await using var database = await MadeAsync("SELECT 1");
        await database.AskAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0");
        (await RefusalAsync(PostgresCluster.OfThisRun.AddressOf(name))).ShouldContain("UTF8");
        await PostgresCluster.OfThisRun.DropAsync(name);
    }

    [PostgresTheory]
    [InlineData("Database", "no_such_database", "createdb no_such_database")]
    [InlineData("Password", "wrong", "did not let")]
    [InlineData("Port", "1", "No PostgreSQL answers")]
    public async Task What_cannot_be_reached_is_named(string key, string value, string told)
    {
        var address = new NpgsqlConnectionStringBuilder(PostgresCluster.OfThisRun.AddressOf("postgres")) { [key] = value };
        var refusal = await RefusalAsync(address.ConnectionString);
        refusal.ShouldContain(told);
        refusal.ShouldNotContain(address.Password!);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_told_without_its_password() =>
        (await RefusalAsync("Hots=here;Password=secret")).ShouldSatisfyAllConditions(refusal => refusal.ShouldContain("connection string"), refusal => refusal.ShouldNotContain("secret"));

    [PostgresFact]
    public async Task A_replica_is_refused()
    {
        await using var cluster = await OwnCluster.StartAsync();
        await cluster.DoAsync("follow");
        var copy = new NpgsqlConnectionStringBuilder(cluster.Address) { Port = new NpgsqlConnectionStringBuilder(cluster.Address).Port + 1 }.ConnectionString;
        (await RefusalAsync(copy)).ShouldContain("read-only replica");
    }

    [PostgresFact]
    public async Task A_server_that_is_starting_is_waited_for()
    {
        await using var cluster = await OwnCluster.StartAsync();
        await cluster.DoAsync("lag");
        var copy = new NpgsqlConnectionStringBuilder(cluster.Address) { Port = new NpgsqlConnectionStringBuilder(cluster.Address).Port + 1 }.ConnectionString;
        await using var engine = Engine(copy);
        var starting = engine.StartAsync(default).AsTask();
        await Task.Delay(500);
        starting.IsCompleted.ShouldBeFalse();
        await cluster.DoAsync("promote");
        await starting;
    }

    [Theory]
    [InlineData("13.14", "PostgreSQL 13.14; Hearth needs 14 or later")]
    [InlineData("9.6.24", "PostgreSQL 9.6.24; Hearth needs 14 or later")]
    public async Task An_old_server_is_refused(string version, string told)
    {
        await using var old = ServerOfVersion.Start(version);
        (await RefusalAsync($"Host=127.0.0.1;Port={old.Port};Username=x;Password=x;SSL Mode=Disable;Server Compatibility Mode=NoTypeLoading")).ShouldContain(told);
    }

    private static PostgresEngine Engine(string address) => new(new PostgresEngineOptions { ConnectionString = address }, TimeProvider.System);

    private static async Task<string> RefusalAsync(string address)
    {
        await using var engine = Engine(address);
        var refused = await Should.ThrowAsync<DataException>(() => engine.StartAsync(default).AsTask());
        refused.Fault.Kind.ShouldBe(DataFaultKind.Unavailable);
        return refused.Message;
    }

    private static async Task<Made> MadeAsync(string sql)
    {
        var name = $"hearth_{Guid.NewGuid():N}";
        var made = new Made(name, await PostgresCluster.OfThisRun.DatabaseAsync(name));
        await made.AskAsync(sql);
        return made;
    }

    private sealed record Made(string Name, string Address) : IAsyncDisposable
    {
        public async Task<object?> AskAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync();
        }

        public async ValueTask DisposeAsync() => await PostgresCluster.OfThisRun.DropAsync(Name);
    }
}
