using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using static Hearth.Tests.Postgres.PostgresDatabase;

namespace Hearth.Tests.Postgres;

/// <summary>Writes that run at the same time, that fail, and that lose their server.</summary>
public sealed class PostgresWriteTests
{
    [PostgresFact]
    public async Task Changes_of_one_record_at_the_same_time_all_count()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await database.InsertAsync("a");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => database.Engine.WriteAsync(session => AddAsync(session, "a", 1), null, default)));
        (await database.TellAsync()).ShouldBe("a  60");
    }

    [PostgresFact]
    public async Task Writes_that_lock_each_other_out_are_run_anew()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await database.InsertAsync("a");
        await database.InsertAsync("b");
        using var met = new Barrier(2);
        var runs = 0;
        var writes = new[] { ("a", "b"), ("b", "a") }.Select(ids => Task.Run(() => database.Engine.WriteAsync(async session =>
        {
            var run = Interlocked.Increment(ref runs);
            await AddAsync(session, ids.Item1, 1);
            if (run <= 2) met.SignalAndWait(TimeSpan.FromSeconds(10));
            return await AddAsync(session, ids.Item2, 10);
        }, null, default)));
        (await Task.WhenAll(writes)).ShouldAllBe(done => done);
        runs.ShouldBe(3);
        (await database.TellAsync()).ShouldBe("a  11, b  11");
    }

    [PostgresFact]
    public async Task A_refusal_leaves_the_session_usable_and_names_the_field()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await database.InsertAsync("a", "Ada");
        var faults = await database.Engine.WriteAsync(async session => new[]
        {
            await session.ExecuteAsync(Row("b", "ADA"), default),
            await session.ExecuteAsync(Row("c", "Bob"), default),
            await session.ExecuteAsync(Row("a", "Cy"), default),
            await session.ExecuteAsync(Row("d", ""), default),
            await session.ExecuteAsync(Row("e", ""), default),
        }, null, default);
        faults.Select(f => f is null ? "" : $"{f.Kind} {string.Join(',', f.Columns)}").ShouldBe(["NotUnique name", "", "NotUnique id", "", ""]);
        (await database.TellAsync()).ShouldBe("a Ada 0, c Bob 0, d  0, e  0");
    }

    [PostgresFact]
    public async Task Nothing_of_work_that_throws_or_is_not_wanted_is_kept()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await Should.ThrowAsync<InvalidDataException>(() => database.Engine.WriteAsync<int>(async session =>
        {
            await session.ExecuteAsync(Row("a"), default);
            throw new InvalidDataException();
        }, null, default));
        await database.Engine.WriteAsync(async session => await session.ExecuteAsync(Row("b"), default) is null, _ => false, default);
        (await database.TellAsync()).ShouldBe("");
    }

    [PostgresFact]
    public async Task A_record_that_is_referred_to_does_not_go_at_the_same_moment()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await database.InsertAsync("a");
        var asked = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var referring = database.Engine.WriteAsync(async session =>
        {
            var plan = One("a");
            (await session.CountAsync(plan, default)).ShouldBe(1);
            asked.SetResult();
            await goOn.Task;
            return await session.ExecuteAsync(Row("b", "refers to a"), default);
        }, null, default);
        await asked.Task;
        var removing = database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(new DeleteRow(Things, "a"), default);
            return await session.CountAsync(All(), default);
        }, null, default);
        await Task.Delay(100);
        removing.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await referring).ShouldBeNull();
        // It sees what was referring.
        (await removing).ShouldBe(1);
    }

    [PostgresFact]
    public async Task A_write_inside_the_work_of_another_is_refused()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => database.Engine.WriteAsync(async _ => await database.InsertAsync("a"), null, default));
        await database.InsertAsync("b");
        (await database.TellAsync()).ShouldBe("b  0");
    }

    [PostgresFact]
    public async Task Connections_that_are_cut_are_opened_anew_without_anybody_noticing()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        await database.InsertAsync("a");
        for (var i = 0; i < 3; i++)
        {
            await database.AdministerAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            (await database.TellAsync()).ShouldStartWith("a  0");
            await database.AdministerAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            (await database.InsertAsync($"b{i}")).ShouldBeNull();
        }
        (await database.TellAsync()).ShouldBe("a  0, b0  0, b1  0, b2  0");
    }

    [PostgresFact]
    public async Task A_connection_that_is_cut_in_the_work_makes_it_run_anew()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        var runs = 0;
        await database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(Row($"run{++runs}"), default);
            if (runs == 1) await database.AdministerAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            return await session.ExecuteAsync(Row("second"), default);
        }, null, default);
        (await database.TellAsync()).ShouldBe("run2  0, second  0");
    }

    [PostgresFact]
    public async Task A_pool_that_is_used_up_is_told_as_busy()
    {
        await using var database = await PostgresDatabase.OpenAsync(o => o with { ConnectionString = o.ConnectionString + ";Maximum Pool Size=2;Timeout=1" });
        using var first = await database.Engine.ReadAsync(default);
        using var second = await database.Engine.ReadAsync(default);
        using var third = await database.Engine.ReadAsync(default);
        using var one = await first.QueryNativeSqlAsync("SELECT 1", [], default);
        using var two = await second.QueryNativeSqlAsync("SELECT 1", [], default);
        (await Should.ThrowAsync<DataException>(async () => await third.QueryNativeSqlAsync("SELECT 1", [], default))).Fault.Kind.ShouldBe(DataFaultKind.Busy);
    }

    [PostgresFact]
    public async Task Statements_end_when_their_time_is_over()
    {
        await using var database = await PostgresDatabase.OpenAsync(o => o with { StatementTimeout = TimeSpan.FromSeconds(1) });
        using var session = await database.Engine.ReadAsync(default);
        var slow = await Should.ThrowAsync<DataException>(async () => await session.QueryNativeSqlAsync("SELECT pg_sleep(20)", [], default));
        slow.Fault.Kind.ShouldBe(DataFaultKind.Timeout);
    }

    [PostgresFact]
    public async Task A_change_of_the_schema_waits_for_writes_and_keeps_new_ones_waiting()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var write = database.Engine.WriteAsync(async session =>
        {
            begun.SetResult();
            await goOn.Task;
            return await session.ExecuteAsync(Row("a"), default);
        }, null, default);
        await begun.Task;
        var more = new TextField { Name = "more", Id = "more" };
        var change = database.Engine.WriteAsync(async session =>
        {
            await session.ApplyAsync(new AddColumn(Things, more), default);
            return true;
        }, null, default);
        await Task.Delay(100);
        var later = database.InsertAsync("b");
        await Task.Delay(100);
        (change.IsCompleted, later.IsCompleted).ShouldBe((false, false));
        goOn.SetResult();
        (await write).ShouldBeNull();
        (await change).ShouldBeTrue();
        (await later).ShouldBeNull();
        (await database.TellAsync()).ShouldBe("a  0, b  0");
    }

    [PostgresFact]
    public async Task Text_of_users_cannot_end_the_transaction_or_write_while_reading()
    {
        await using var database = await PostgresDatabase.OpenAsync();
        foreach (var sql in new[] { "COMMIT", "SET ROLE none", "SELECT 1; SELECT 2", "", "DELETE FROM things", "WITH gone AS (DELETE FROM things RETURNING id) SELECT * FROM gone", "COPY things TO STDOUT" })
        {
            using var session = await database.Engine.ReadAsync(default);
            (await Should.ThrowAsync<DataException>(async () => await session.QueryNativeSqlAsync(sql, [], default))).Fault.Kind.ShouldBe(DataFaultKind.Statement, sql);
        }
    }
}
