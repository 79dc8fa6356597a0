using Hearth.App.MovingIn;
using Hearth.Data;
using Hearth.Records.Moving;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>Cut off at any moment there is no half app, and the same call brings it to its end.</summary>
public sealed class ResumeTests
{
    private const string Many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) INSERT INTO posts (id, title, n) SELECT printf('many%011d', i), 'Many ' || i, i FROM n";

    [Fact]
    public async Task Cut_off_anywhere_it_goes_on_and_comes_out_the_same()
    {
        await using var old = PocketBaseFolder.Make(sql: Many).WithFiles();
        var before = old.Tell();
        var whole = await MoveInTests.PlaceAsync(old, "whole");
        (await old.ImportAsync(whole)).Fault?.Message.ShouldBeNull();

        var to = await MoveInTests.PlaceAsync(old);
        var cut = new Cut(old, to);
        // In each stage once; a run goes a little further than the one before it.
        foreach (var stage in new[] { MoveStage.Checking, MoveStage.Copying, MoveStage.Copying, MoveStage.CopyingFiles, MoveStage.Comparing, MoveStage.ComparingFiles })
        {
            await cut.InAsync(stage);
            if (Directory.Exists(to.Folder)) Directory.EnumerateFileSystemEntries(to.Folder, ".hearth*").ShouldBeEmpty();
            if (stage == MoveStage.Checking) continue;
            var half = await Should.ThrowAsync<DataException>(() => MoveWorld.OpenAsync(to));
            half.Message.ShouldContain("half filled");
            half.Message.ShouldContain("Run the same hearth import pocketbase again");
        }
        old.Tell().ShouldBe(before);

        // Another app does not get in between.
        await using var other = PocketBaseFolder.Make(sql: "UPDATE posts SET title = 'Another app' WHERE id = 'post00000000001'");
        (await other.ImportAsync(to)).Fault.ShouldNotBeNull().Message.ShouldContain("was of other data");

        var report = (await old.ImportAsync(to)).Value;
        report.Moved!.Resumed.ShouldBe(9016);
        report.Moved!.Records.ShouldBe(9016);
        (await TellAsync(to)).ShouldBe(await TellAsync(whole));
    }

    // What Hearth itself adds has new secrets and dates in each app.
    private static Task<string> TellAsync(MovePlace place) => MoveWorld.WithAsync(place, async app =>
    {
        var told = new List<string>();
        using var session = await app.Engine.ReadAsync(default);
        foreach (var name in new[] { "_superusers", "users", "posts", "notes", "papers", "_externalAuths" })
        {
            var collection = app.Schema.Find(name)!;
            told.Add(Hearth.Schema.CollectionJson.ToStorage(collection).ToString());
            told.Add((await TableContent.ReadAsync(session, collection, null, null, new StageCount(MoveStage.Comparing, 0, null), default)).ToString());
        }
        return string.Join('\n', told) + MoveWorld.HashOf(Path.Combine(place.Folder, "storage"));
    });

    private sealed class Cut(PocketBaseFolder old, MovePlace to)
    {
        public async Task InAsync(MoveStage stage)
        {
            using var stop = new CancellationTokenSource();
            var options = new MoveInOptions
            {
                OnProgress = progress =>
                {
                    if (progress.Stage == stage && progress.Done >= (stage == MoveStage.Copying ? 1 : 0)) stop.Cancel();
                },
            };
            await Should.ThrowAsync<OperationCanceledException>(() => old.ImportAsync(to, stop: stop.Token, options: options));
        }
    }
}
