using System.Diagnostics;
using Hearth.Data;
using Hearth.Data.Sqlite;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>The writer: sessions that commit together stay strangers to each other, and nothing is told before it is durable.</summary>
[RunsOnce]
public sealed class WriterTests
{
    private static readonly Collection Rows = new()
    {
        Id = "rows",
        Name = "rows",
        Fields = [new TextField { Name = "id", PrimaryKey = true }, new NumberField { Name = "n" }],
    };

    [Fact]
    public async Task One_failing_session_of_a_group_takes_only_its_own_changes_with_it()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        using var gate = new ManualResetEventSlim();
        // Holds the writer, so that the others queue up and are committed as one group.
        var holder = database.Engine.WriteAsync(session =>
        {
            gate.Wait();
            return session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "holder")), default);
        }, null, default);
        var good = Enumerable.Range(0, 20).Select(i => database.InsertAsync(Rows, ("id", $"good{i:00}"))).ToList();
        var thrown = database.Engine.WriteAsync<int>(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "thrown")), default);
            throw new InvalidOperationException("my own");
        }, null, default);
        var declined = database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "declined")), default);
            return 42;
        }, result => result != 42, default);
        var wrong = database.ExecuteAsync("SELEKT");
        var refused = database.InsertAsync(Rows, ("id", "good07"));
        var left = database.Engine.WriteAsync(async session =>
        {
            var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(Rows), Columns = [new OutputColumn(Rows.Fields[0])] }, default);
            await rows.NextAsync(default); // left open on purpose
            return (await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "left")), default)) is null;
        }, null, default);
        gate.Set();
        await holder;
        foreach (var insert in good) (await insert).ShouldBeNull();
        (await Should.ThrowAsync<InvalidOperationException>(() => thrown)).Message.ShouldBe("my own");
        (await declined).ShouldBe(42);
        (await Should.ThrowAsync<DataException>(() => wrong)).Fault.Kind.ShouldBe(DataFaultKind.Statement);
        (await refused).ShouldNotBeNull().Kind.ShouldBe(DataFaultKind.NotUnique);
        (await left).ShouldBeTrue();
        (await database.SqlAsync("SELECT count(*), sum(id LIKE 'good%'), sum(id IN ('thrown', 'declined')) FROM rows")).ShouldBe("22|20|0");
    }

    [Fact]
    public async Task A_session_sees_its_own_writes_and_readers_only_what_is_committed()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        var plan = new ReadPlan { From = new BaseSource(Rows) };
        using var before = await database.Engine.ReadAsync(default);
        (await before.CountAsync(plan, default)).ShouldBe(0);
        var inside = await database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "a")), default);
            (await database.CountAsync(plan)).ShouldBe(0, "another session does not see it yet");
            return await session.CountAsync(plan, default);
        }, null, default);
        inside.ShouldBe(1);
        (await before.CountAsync(plan, default)).ShouldBe(0, "a session sees one state from its first query on");
        (await database.CountAsync(plan)).ShouldBe(1);
    }

    [Fact]
    public async Task Callers_go_on_elsewhere_than_on_the_writer()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        var names = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            await database.InsertAsync(Rows, ("id", $"{i}"));
            return Thread.CurrentThread.Name;
        }));
        names.ShouldNotContain("Hearth SQLite writer");
    }

    [Fact]
    public async Task A_write_inside_a_write_is_refused_at_once_instead_of_waiting_for_itself()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        await Should.ThrowAsync<InvalidOperationException>(() => database.Engine.WriteAsync(async _ => await database.InsertAsync(Rows, ("id", "a")), null, default));
        (await database.InsertAsync(Rows, ("id", "b"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_that_gives_up_in_the_queue_is_let_go_at_once_and_nothing_of_it_is_done()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        using var gate = new ManualResetEventSlim();
        using var giveUp = new CancellationTokenSource();
        var holder = database.Engine.WriteAsync(session =>
        {
            gate.Wait();
            return session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "holder")), default);
        }, null, default);
        var queued = database.Engine.WriteAsync(s => s.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "queued")), default), null, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => queued);
        holder.IsCompleted.ShouldBeFalse();
        gate.Set();
        await holder;
        (await database.SqlAsync("SELECT group_concat(id) FROM rows")).ShouldBe("holder");
    }

    [Fact]
    public async Task Work_that_really_waits_is_waited_for()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        var done = await database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "a")), default);
            await Task.Delay(20);
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "b")), default);
            return "done";
        }, null, default);
        done.ShouldBe("done");
        (await database.SqlAsync("SELECT group_concat(id) FROM rows")).ShouldBe("a,b");
    }

    [Fact]
    public async Task A_thousand_writers_and_readers_at_once_lose_nothing_and_see_whole_sessions()
    {
        await using var database = await SqliteDatabase.OpenAsync(Rows);
        var plan = new ReadPlan { From = new BaseSource(Rows) };
        var writers = Enumerable.Range(0, 1000).Select(i => Task.Run(() => database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", $"{i}a"), ("n", 1)), default);
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", $"{i}b"), ("n", -1)), default);
            return true;
        }, null, default)));
        var readers = Enumerable.Range(0, 1000).Select(_ => Task.Run(async () =>
        {
            var sum = await database.SqlAsync("SELECT coalesce(sum(n), 0), count(*) % 2 FROM rows");
            sum.ShouldBe("0|0");
            return true;
        }));
        await Task.WhenAll(writers.Concat(readers));
        (await database.CountAsync(plan)).ShouldBe(2000);
    }

    [Fact]
    public async Task When_the_commit_fails_nobody_of_the_group_is_told_of_success()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { PageLimit = 40 }, TestDatabase.NewFolder(), Rows);
        using var gate = new ManualResetEventSlim();
        var holder = database.Engine.WriteAsync(session =>
        {
            gate.Wait();
            return ValueTask.FromResult(1);
        }, null, default);
        var big = new string('x', 3000);
        var inserts = Enumerable.Range(0, 60).Select(i => database.InsertAsync(Rows, ("id", $"{i}{big}"))).ToList();
        gate.Set();
        var told = 0;
        var failed = 0;
        foreach (var insert in inserts)
        {
            try
            {
                if (await insert is null) told++;
            }
            catch (DataException refused)
            {
                refused.Fault.Kind.ShouldBeOneOf(DataFaultKind.Full, DataFaultKind.Busy);
                failed++;
            }
        }
        failed.ShouldBeGreaterThan(0);
        (await database.SqlAsync("SELECT count(*) FROM rows")).ShouldBe($"{told}");
        _ = await Task.WhenAny(holder);
    }

    [Fact]
    public async Task Long_SQL_of_a_user_that_is_cut_off_harms_only_itself()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { StatementTimeout = TimeSpan.FromSeconds(3) }, TestDatabase.NewFolder(), Rows);
        using var gate = new ManualResetEventSlim();
        var holder = database.Engine.WriteAsync(session =>
        {
            gate.Wait();
            return session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "holder")), default);
        }, null, default);
        var before = database.InsertAsync(Rows, ("id", "before"));
        // An interrupted change makes SQLite roll back the whole transaction, not only the savepoint.
        var endless = database.ExecuteAsync("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) INSERT INTO rows SELECT 'endless' || n, n FROM c");
        var after = database.InsertAsync(Rows, ("id", "after"));
        gate.Set();
        (await holder).ShouldBeNull();
        (await before).ShouldBeNull();
        (await Should.ThrowAsync<DataException>(() => endless)).Fault.Kind.ShouldBe(DataFaultKind.Timeout);
        try
        {
            await after; // it may have waited longer than its own limit, and is told so
        }
        catch (DataException late)
        {
            late.Fault.Kind.ShouldBe(DataFaultKind.Busy);
        }
        (await database.SqlAsync("SELECT sum(id IN ('holder', 'before')), sum(id LIKE 'endless%') FROM rows")).ShouldBe("2|0");
    }

    [Fact]
    public async Task What_was_acknowledged_survives_the_end_of_the_process_without_warning()
    {
        var folder = TestDatabase.NewFolder();
        var copy = TestDatabase.NewFolder();
        await using var database = await SqliteDatabase.OpenAsync(o => o, folder, Rows);
        for (var i = 0; i < 50; i++) await database.InsertAsync(Rows, ("id", $"{i}"));
        var open = database.Engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TestDatabase.Insert(Rows, ("id", "never acknowledged")), default);
            // What lies on the disk at this moment is what a killed process leaves behind.
            File.Copy(Path.Combine(folder, "data.db"), Path.Combine(copy, "data.db"), true);
            File.Copy(Path.Combine(folder, "data.db-wal"), Path.Combine(copy, "data.db-wal"), true);
            return true;
        }, null, default);
        await open;
        await using var after = await SqliteDatabase.OpenAsync(o => o, copy);
        (await after.SqlAsync("SELECT count(*), count(CASE WHEN id LIKE 'never%' THEN 1 END) FROM rows")).ShouldBe("50|0");
        (await after.SqlAsync("PRAGMA integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task The_log_is_moved_into_the_file_while_the_engine_runs()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { CheckpointPages = 20 }, TestDatabase.NewFolder(), Rows);
        for (var i = 0; i < 300; i++) await database.InsertAsync(Rows, ("id", $"{i}" + new string('x', 500)));
        new FileInfo(Path.Combine(database.Folder, "data.db-wal")).Length.ShouldBeLessThan(100 * 4096);
        new FileInfo(Path.Combine(database.Folder, "data.db")).Length.ShouldBeGreaterThan(100 * 500);
    }

    [Fact]
    public async Task Work_queued_before_the_end_is_still_done_and_later_work_is_refused()
    {
        var folder = TestDatabase.NewFolder();
        var engine = new SqliteEngine(new SqliteEngineOptions { Path = folder }, TimeProvider.System);
        await engine.StartAsync(default);
        await engine.WriteAsync(async s => { await s.ApplyAsync(new CreateTable(Rows), default); return 0; }, null, default);
        var queued = Enumerable.Range(0, 100).Select(i => engine.WriteAsync(s => s.ExecuteAsync(TestDatabase.Insert(Rows, ("id", $"{i}")), default), null, default)).ToList();
        await engine.DisposeAsync();
        foreach (var write in queued) (await write).ShouldBeNull();
        Should.Throw<ObjectDisposedException>(() => { _ = engine.WriteAsync(_ => ValueTask.FromResult(1), null, default); });
        await Should.ThrowAsync<ObjectDisposedException>(async () => await engine.ReadAsync(default));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Readers_wait_for_a_free_connection_without_a_thread()
    {
        await using var database = await SqliteDatabase.OpenAsync(o => o with { Readers = 1, StatementTimeout = TimeSpan.FromSeconds(5) }, TestDatabase.NewFolder(), Rows);
        var first = await database.Engine.ReadAsync(default);
        var second = database.Engine.ReadAsync(default).AsTask();
        await Task.Delay(30);
        second.IsCompleted.ShouldBeFalse();
        using var giveUp = new CancellationTokenSource(10);
        await Should.ThrowAsync<OperationCanceledException>(async () => await database.Engine.ReadAsync(giveUp.Token));
        first.Dispose();
        (await second).Dispose();
    }
}
