using Hearth.Data;
using Hearth.Records.Moving;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Moving;

/// <summary>A move that was cut off goes on where it stopped, and nobody takes what it left for a whole.</summary>
public sealed class MoveResumeTests
{
    private const int Many = 9000;

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_off_it_goes_on(bool toServer)
    {
        await using var world = new MoveWorld();
        var (from, to) = await SourceAsync(world, toServer);
        var told = await MoveWorld.TellAsync(from);
        await CutOffAsync(from, to);

        var refused = await Should.ThrowAsync<DataException>(() => MoveWorld.OpenAsync(to));
        refused.Message.ShouldContain("half filled");
        refused.Message.ShouldContain("Run the same hearth move again");
        (await MoveWorld.MoveAsync(to, world.Folder("third"))).Fault!.Code.ShouldBe("move.half_source");

        var notes = new List<string>();
        var report = (await MoveWorld.MoveAsync(from, to, new MoveOptions { OnNote = notes.Add })).Value;
        report.Resumed.ShouldBeInRange(2000, Many);
        report.Records.ShouldBe(Many + 22);
        notes.ShouldHaveSingleItem().ShouldStartWith("Going on");
        (await MoveWorld.TellAsync(to)).ShouldBe(told);
    }

    [PostgresFact]
    public async Task Cut_off_while_files_are_copied_it_goes_on()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), world.Folder("second"));
        await MoveWorld.WithAsync(from, Library.FillAsync);
        for (var i = 0; i < 40; i++)
        {
            Directory.CreateDirectory(Path.Combine(from.Folder, "storage", $"{i % 7}"));
            await File.WriteAllTextAsync(Path.Combine(from.Folder, "storage", $"{i % 7}", $"{i}.txt"), new string('x', i * 1000));
        }
        // Half of a file, as a killed program leaves it.
        var options = new MoveOptions { OnProgress = progress => { if (progress.Stage == MoveStage.CopyingFiles) throw new IOException("cut off"); } };
        await Should.ThrowAsync<IOException>(() => MoveWorld.MoveAsync(from, to, options));
        Directory.CreateDirectory(Path.Combine(to.Folder, "storage", "3"));
        await File.WriteAllTextAsync(Path.Combine(to.Folder, "storage", "3", "17.txt.hearth-move"), "half");
        await File.WriteAllTextAsync(Path.Combine(to.Folder, "storage", "3", "24.txt"), "half");

        (await MoveWorld.MoveAsync(from, to)).Value.Files.ShouldBe(40);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from.Folder, "storage"), "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(Path.Combine(to.Folder, Path.GetRelativePath(from.Folder, file)))).ShouldBe(await File.ReadAllTextAsync(file));
        }
        Directory.EnumerateFiles(to.Folder, "*.hearth-move", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task Only_the_same_source_goes_on()
    {
        await using var world = new MoveWorld();
        var (from, to) = await SourceAsync(world, toServer: true);
        await CutOffAsync(from, to);
        var other = world.Folder("other");
        await MoveWorld.WithAsync(other, Library.FillAsync);
        (await MoveWorld.MoveAsync(other, to)).Fault!.Code.ShouldBe("move.other_move");
        await MoveWorld.WithAsync(from, app => MoveWorld.AddAsync(app, "shelves", """{"Title":"one more"}"""));
        var changed = (await MoveWorld.MoveAsync(from, to)).Fault!;
        changed.Code.ShouldBe("move.other_move");
        changed.Message.ShouldContain("To begin anew, empty");
    }

    [PostgresFact]
    public async Task A_source_that_changes_meanwhile_is_noticed()
    {
        await using var world = new MoveWorld();
        var (from, to) = await SourceAsync(world, toServer: false);
        var changed = false;
        var options = new MoveOptions
        {
            OnProgress = progress =>
            {
                if (progress.Stage != MoveStage.Copying || changed) return;
                changed = true;
                MoveWorld.Administer(from, "UPDATE books SET n = n + 1 WHERE title = 'Zebra'");
            },
        };
        var fault = (await MoveWorld.MoveAsync(from, to, options)).Fault!;
        fault.Code.ShouldBe("move.different");
        fault.Message.ShouldStartWith("The source was changed while it was moved.");
        fault.Message.ShouldContain("books: 9,014 records before and now, but their contents differ");
        await Should.ThrowAsync<DataException>(() => MoveWorld.OpenAsync(to));
    }

    [PostgresTheory]
    [InlineData("""UPDATE books SET title = 'zebra' WHERE title = 'Zebra'""", "books: 9,014 records in the source and in the target, but their contents differ")]
    [InlineData("""UPDATE books SET "hearth$row" = 100000 WHERE title = 'Zebra'""", "books: 9,014 records in the source and in the target, but their contents differ")]
    [InlineData("""DELETE FROM people""", "people: 1 records in the source, 0 in the target")]
    [InlineData("""UPDATE _collections SET "listRule" = '' WHERE name = 'people'""", "The target defines the collection people in another way")]
    [InlineData("""UPDATE _params SET value = '{}' WHERE id = 'settings'""", "The target has other settings")]
    public async Task A_target_that_is_not_the_same_is_noticed(string sql, string words)
    {
        await using var world = new MoveWorld();
        var (from, to) = await SourceAsync(world, toServer: true);
        var changed = false;
        var options = new MoveOptions
        {
            OnProgress = progress =>
            {
                if (progress.Stage != MoveStage.Copying || progress.Done < progress.Total || changed) return;
                changed = true;
                MoveWorld.Administer(to, sql);
            },
        };
        var fault = (await MoveWorld.MoveAsync(from, to, options)).Fault!;
        changed.ShouldBeTrue();
        fault.Code.ShouldBe("move.different");
        fault.Message.ShouldContain(words);
        await Should.ThrowAsync<DataException>(() => MoveWorld.OpenAsync(to));
    }

    private static async Task<(MovePlace From, MovePlace To)> SourceAsync(MoveWorld world, bool toServer)
    {
        var (folder, server) = (world.Folder("folder"), await world.DatabaseAsync());
        var (from, to) = toServer ? (folder, server) : (server, folder);
        await MoveWorld.WithAsync(from, async app =>
        {
            await Library.FillAsync(app);
            await Library.AddManyAsync(app, Many);
        });
        return (from, to);
    }

    private static async Task CutOffAsync(MovePlace from, MovePlace to)
    {
        using var stop = new CancellationTokenSource();
        var options = new MoveOptions
        {
            OnProgress = progress =>
            {
                if (progress is { Stage: MoveStage.Copying, Done: > 3000 }) stop.Cancel();
            },
        };
        await Should.ThrowAsync<OperationCanceledException>(() => MoveWorld.MoveAsync(from, to, options, stop.Token));
    }
}
