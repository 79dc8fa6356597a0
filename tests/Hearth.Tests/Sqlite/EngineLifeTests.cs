using Hearth.Data;
using Hearth.Data.Sqlite;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

[RunsOnce]
public sealed class EngineLifeTests
{
    private static readonly Collection Notes = new()
    {
        Id = "notes1",
        Name = "notes",
        Fields = [new TextField { Name = "id", Id = "i", PrimaryKey = true }, new TextField { Name = "title", Id = "t" }, new NumberField { Name = "n", Id = "n" }],
    };

    [Fact]
    public async Task What_was_written_is_there_after_a_new_start()
    {
        var folder = TestDatabase.NewFolder();
        await using (var first = await TestDatabaseIn(folder, Notes))
        {
            (await first.Engine.WriteAsync(s => s.ExecuteAsync(TestDatabase.Insert(Notes, ("id", "a"), ("title", "Hällo ✓"), ("n", 1.5)), default), null, default)).ShouldBeNull();
        }
        File.Exists(Path.Combine(folder, "data.db-wal")).ShouldBeFalse("a clean end leaves one file");
        await using var second = await SqliteDatabase.OpenAsync(o => o, folder);
        (await second.SqlAsync("SELECT * FROM notes")).ShouldBe("a|Hällo ✓|1.5");
        (await second.SqlAsync("SELECT name FROM sqlite_schema WHERE name LIKE '\\_%' ESCAPE '\\' AND type = 'table' ORDER BY name")).ShouldBe("_audit\n_collections\n_fileDebts\n_fileUploads\n_jobRuns\n_jobs\n_migrations\n_params\n_tries");
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_with_a_sentence_that_names_who_holds_it()
    {
        await using var first = await SqliteDatabase.OpenAsync(Notes);
        var second = new SqliteEngine(new SqliteEngineOptions { Path = first.Folder }, TimeProvider.System);
        var refusal = await Should.ThrowAsync<DataException>(async () => await second.StartAsync(default));
        refusal.Fault.Kind.ShouldBe(DataFaultKind.Unavailable);
        refusal.Message.ShouldContain(first.Folder);
        refusal.Message.ShouldContain($"process {Environment.ProcessId}");
        (await first.InsertAsync(Notes, ("id", "a"))).ShouldBeNull();
    }

    [Fact]
    public async Task Two_engines_live_side_by_side()
    {
        await using var one = await SqliteDatabase.OpenAsync(Notes);
        await using var two = await SqliteDatabase.OpenAsync(Notes);
        await one.InsertAsync(Notes, ("id", "a"));
        (await two.CountAsync(new ReadPlan { From = new BaseSource(Notes) })).ShouldBe(0);
        (await one.CountAsync(new ReadPlan { From = new BaseSource(Notes) })).ShouldBe(1);
    }

    // Disposing a TestDatabase removes its folder, so this one is opened by hand.
    private static async Task<KeptDatabase> TestDatabaseIn(string folder, Collection collection)
    {
        var engine = new SqliteEngine(new SqliteEngineOptions { Path = folder }, TimeProvider.System);
        await engine.StartAsync(default);
        await engine.WriteAsync(async s =>
        {
            foreach (var step in TestDatabase.StepsFor(collection)) await s.ApplyAsync(step, default);
            return true;
        }, null, default);
        return new KeptDatabase(engine);
    }

    private sealed record KeptDatabase(SqliteEngine Engine) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
