using Hearth.Data;
using Hearth.Data.Sqlite;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>What keeps a statement from being done comes back as a fault of the right kind.</summary>
[RunsOnce]
public sealed class FaultTests
{
    private const string Endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c";

    private static readonly Collection Names = new()
    {
        Id = "names",
        Name = "names",
        Fields = [new TextField { Name = "id", PrimaryKey = true }, new TextField { Name = "first" }, new TextField { Name = "last" }, new NumberField { Name = "n" }],
        Indexes =
        [
            new IndexDefinition("uq_two", true, [new IndexColumn("first"), new IndexColumn("last", Collation: "NOCASE")], "first != ''"),
            new IndexDefinition("uq_expression", true, [new IndexColumn("abs(n)", true)], null),
        ],
    };

    [Theory]
    [InlineData("id", "a", "x", "y", 2, "id")]
    [InlineData("first,last", "b", "F", "l", 2, "first,last")]
    [InlineData("expression", "b", "x", "y", -1, "n")]
    public async Task Equal_values_where_none_may_be_name_their_fields(string what, string id, string first, string last, int n, string columns)
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        (await database.InsertAsync(Names, ("id", "a"), ("first", "F"), ("last", "L"), ("n", 1))).ShouldBeNull(what);
        var fault = await database.InsertAsync(Names, ("id", id), ("first", first), ("last", last), ("n", n));
        fault.ShouldNotBeNull().Kind.ShouldBe(DataFaultKind.NotUnique);
        string.Join(',', fault.Columns).ShouldBe(columns);
        (await database.SqlAsync("SELECT count(*) FROM names")).ShouldBe("1");
    }

    [Fact]
    public async Task A_session_goes_on_after_a_constraint_refused()
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        var fault = await database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Names, ("id", "a"), ("n", 1)), default);
            var refused = await session.ExecuteAsync(TestDatabase.Insert(Names, ("id", "a"), ("n", 2)), default);
            await session.ExecuteAsync(TestDatabase.Insert(Names, ("id", "b"), ("n", 3)), default);
            return refused;
        }, null, default);
        fault.ShouldNotBeNull().Kind.ShouldBe(DataFaultKind.NotUnique);
        (await database.SqlAsync("SELECT group_concat(id) FROM names")).ShouldBe("a,b");
    }

    [Theory]
    [InlineData("SELEKT 1", "SQL logic error: near \"SELEKT\": syntax error (1)")]
    [InlineData("SELECT 1; SELECT 2", "Only one statement can be run at a time.")]
    [InlineData("-- nothing", "The statement is empty.")]
    [InlineData("SELECT ?1", "The statement has 1 parameters, but 0 were given.")]
    [InlineData("DELETE FROM names", "attempt to write a readonly database")]
    [InlineData("ATTACH 'other.db' AS o", "not authorized")]
    [InlineData("COMMIT", "not authorized")]
    [InlineData("PRAGMA cache_size = 1", "not authorized")]
    public async Task Wrong_SQL_of_a_user_on_a_read_session_is_told_in_SQLite_own_words(string sql, string message)
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        var refusal = await Should.ThrowAsync<DataException>(() => database.SqlAsync(sql));
        refusal.Fault.Kind.ShouldBe(DataFaultKind.Statement);
        refusal.Fault.Detail.ShouldBe(message);
        (await database.SqlAsync("SELECT 1 -- ;")).ShouldBe("1", "the connection is as good as before");
    }

    [Theory]
    [InlineData("ROLLBACK")]
    [InlineData("COMMIT; DELETE FROM names")]
    [InlineData("SAVEPOINT work")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    [InlineData("VACUUM")]
    public async Task SQL_of_a_user_cannot_break_out_of_its_write(string sql)
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        await database.InsertAsync(Names, ("id", "a"));
        (await Should.ThrowAsync<DataException>(() => database.ExecuteAsync(sql))).Fault.Kind.ShouldBe(DataFaultKind.Statement);
        (await database.InsertAsync(Names, ("id", "b"), ("n", 1))).ShouldBeNull();
        (await database.SqlAsync("SELECT group_concat(id) FROM names")).ShouldBe("a,b");
    }

    [Fact]
    public async Task SQL_of_a_user_may_be_several_statements_and_tells_how_many_rows_it_changed()
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        (await database.ExecuteAsync("INSERT INTO names (id, n) VALUES ('a', 1), ('b', 2); -- and\nUPDATE names SET first = 'x' WHERE n = 2;")).ShouldBe(3);
        (await database.SqlAsync("SELECT id FROM names WHERE first = ?1 AND n = ?2", FieldValue.Text("x"), FieldValue.Number(2))).ShouldBe("b");
    }

    [Fact]
    public async Task A_query_beyond_its_time_limit_ends_as_a_timeout()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { StatementTimeout = TimeSpan.FromSeconds(1) }, TestDatabase.NewFolder(), Names);
        (await Should.ThrowAsync<DataException>(() => database.SqlAsync(Endless))).Fault.Kind.ShouldBe(DataFaultKind.Timeout);
        (await Should.ThrowAsync<DataException>(() => database.ExecuteAsync(Endless))).Fault.Kind.ShouldBe(DataFaultKind.Timeout);
        (await database.InsertAsync(Names, ("id", "a"))).ShouldBeNull();
        (await database.SqlAsync("SELECT count(*) FROM names")).ShouldBe("1");
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_any_more_ends()
    {
        await using var database = await SqliteDatabase.OpenAsync(Names);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var session = await database.Engine.ReadAsync(default);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            using var rows = await session.QueryNativeSqlAsync(Endless, [], giveUp.Token);
            await rows.NextAsync(giveUp.Token);
        });
        // Again and again, because the writer must not be quicker even once.
        for (var i = 0; i < 500; i++)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => database.Engine.WriteAsync(_ => ValueTask.FromResult(1), null, giveUp.Token));
        }
    }

    [Fact]
    public async Task A_file_that_another_program_writes_to_is_busy_and_free_again_afterwards()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { BusyTimeout = TimeSpan.FromMilliseconds(100) }, TestDatabase.NewFolder(), Names);
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(database.Folder, "data.db")};Pooling=false");
        await other.OpenAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            (await Should.ThrowAsync<DataException>(() => database.InsertAsync(Names, ("id", "a")))).Fault.Kind.ShouldBe(DataFaultKind.Busy);
            (await database.SqlAsync("SELECT count(*) FROM names")).ShouldBe("0", "readers wait for nobody");
            await transaction.RollbackAsync();
        }
        (await database.InsertAsync(Names, ("id", "a"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_is_no_database_and_a_folder_that_cannot_be_are_told_at_the_start()
    {
        var folder = TestDatabase.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "data.db"), new string('x', 5000));
        var broken = new SqliteEngine(new SqliteEngineOptions { Path = folder }, TimeProvider.System);
        (await Should.ThrowAsync<DataException>(async () => await broken.StartAsync(default))).Fault.Kind.ShouldBe(DataFaultKind.Unavailable);
        var below = new SqliteEngine(new SqliteEngineOptions { Path = Path.Combine(folder, "data.db", "folder") }, TimeProvider.System);
        var refusal = await Should.ThrowAsync<DataException>(async () => await below.StartAsync(default));
        refusal.Fault.Kind.ShouldBe(DataFaultKind.Unavailable);
        refusal.Message.ShouldContain("cannot be made");
        File.Delete(Path.Combine(folder, "data.db"));
        var again = new SqliteEngine(new SqliteEngineOptions { Path = folder }, TimeProvider.System);
        await again.StartAsync(default); // the failed start has let go of the folder
        await again.DisposeAsync();
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_full_disk_harms_nothing_that_was_acknowledged_and_the_engine_goes_on()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { PageLimit = 60 }, TestDatabase.NewFolder(), Names);
        var acknowledged = 0;
        var full = await Should.ThrowAsync<DataException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                (await database.InsertAsync(Names, ("id", $"id{i}"), ("first", new string('x', 2000) + i), ("n", i))).ShouldBeNull();
                acknowledged++;
            }
        });
        full.Fault.Kind.ShouldBe(DataFaultKind.Full);
        acknowledged.ShouldBeGreaterThan(5);
        (await database.SqlAsync("SELECT count(*) FROM names")).ShouldBe($"{acknowledged}");
        await database.ExecuteAsync("DELETE FROM names WHERE n < 5");
        (await database.InsertAsync(Names, ("id", "again"), ("n", 5000))).ShouldBeNull();
    }
}
