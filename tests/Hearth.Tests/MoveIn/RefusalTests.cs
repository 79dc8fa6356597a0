using Hearth.App;
using Hearth.Data;
using Hearth.Records.Moving;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>What cannot be imported is refused with words that say what to do, and leaves nothing behind.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("DROP TABLE _superusers", "before version 0.23")]
    [InlineData("CREATE TABLE _admins (id TEXT)", "before version 0.23")]
    [InlineData("ALTER TABLE _collections RENAME COLUMN fields TO schema", "before version 0.23")]
    [InlineData("DROP TABLE _collections", "it has no table _collections")]
    [InlineData("INSERT INTO _migrations VALUES ('hearth_0001_internal_tables', 1)", "a folder of Hearth already")]
    [InlineData("UPDATE _collections SET name = '_sessions' WHERE name = 'notes'", "_sessions has the name of one that Hearth itself needs")]
    [InlineData("UPDATE _collections SET fields = '{nonsense' WHERE name = 'notes'", "\"notes\"")]
    [InlineData("UPDATE _collections SET type = 'graph' WHERE name = 'notes'", "unknown type")]
    [InlineData("ALTER TABLE notes RENAME COLUMN id TO number", "no column id")]
    [InlineData("UPDATE _params SET value = 'bm90IGpzb24gYXQgYWxsLCBqdXN0IHNvbWUgdGV4dCBmb3IgdGhlIHRlc3Q='", "settings of this app are encrypted")]
    public async Task Another_database_is_refused(string sql, string words)
    {
        await using var old = PocketBaseFolder.Make(sql: sql);
        var before = old.Tell();
        var outcome = await old.ImportAsync(old.World.Folder("new"));
        outcome.Fault.ShouldNotBeNull().Message.ShouldContain(words);
        old.Tell().ShouldBe(before);
        Directory.Exists(old.World.Folder("new").Folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData("empty", "it is empty")]
    [InlineData("text", "cannot be read as an SQLite database")]
    [InlineData("cut", "cannot be read as an SQLite database")]
    [InlineData("scribbled", "is damaged")]
    [InlineData("missing", "There is no data.db")]
    public async Task A_broken_file_is_refused(string how, string words)
    {
        await using var old = PocketBaseFolder.Make();
        var file = Path.Combine(old.Path, "data.db");
        switch (how)
        {
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            case "text":
                File.WriteAllText(file, string.Concat(Enumerable.Repeat("this is no database\n", 500)));
                break;
            case "cut":
                using (var cut = File.OpenWrite(file)) cut.SetLength(cut.Length / 2 / 4096 * 4096);
                break;
            case "scribbled":
                var bytes = File.ReadAllBytes(file);
                for (var i = bytes.Length - (3 * 4096); i < bytes.Length; i += 512) bytes[i] ^= 0x55;
                File.WriteAllBytes(file, bytes);
                break;
            case "missing":
                File.Delete(file);
                break;
        }
        var before = old.Tell();
        var outcome = await old.ImportAsync(old.World.Folder("new"));
        outcome.Fault.ShouldNotBeNull().Message.ShouldContain(words);
        old.Tell().ShouldBe(before);
        Directory.Exists(old.World.Folder("new").Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_nothing_goes_into_the_source()
    {
        await using var old = PocketBaseFolder.Make().WithFiles();
        var taken = await MoveInTests.PlaceAsync(old, "taken");
        await MoveWorld.WithAsync(taken, app => MoveWorld.AddAsync(app, "users", """{"email":"a@example.org","password":"long enough 1"}"""));
        (await old.ImportAsync(taken)).Fault.ShouldNotBeNull().Message.ShouldContain("There is data in");
        (await MoveWorld.WithAsync(taken, app => Task.FromResult(app.Schema.Find("posts")))).ShouldBeNull();

        (await old.ImportAsync(new MovePlace(old.Path, null))).Fault.ShouldNotBeNull().Message.ShouldContain("never written to");
        (await old.ImportAsync(new MovePlace(Path.Combine(old.Path, "inside"), null))).Fault.ShouldNotBeNull().Message.ShouldContain("never written to");

        var files = old.World.Folder("files");
        Directory.CreateDirectory(Path.Combine(files.Folder, "storage", "pbc_papers", "paper0000000001"));
        await File.WriteAllTextAsync(Path.Combine(files.Folder, "storage", "pbc_papers", "paper0000000001", "contract_4444444444.pdf"), "mine");
        (await old.ImportAsync(files)).Fault.ShouldNotBeNull().Message.ShouldContain("never overwrites");

        // Who names the folder above means the one inside, and a server that was only started once is as good as an empty folder.
        var fresh = await MoveInTests.PlaceAsync(old, "fresh");
        await MoveWorld.WithAsync(fresh, _ => Task.FromResult(true));
        (await Hearth.App.MovingIn.MoveIn.RunAsync(old.World.Root, PocketBaseFolder.OptionsOf(fresh), new())).Fault?.Message.ShouldBeNull();
    }

    [Fact]
    public async Task A_running_app_is_noticed()
    {
        await using var old = PocketBaseFolder.Make();
        var file = Path.Combine(old.Path, "data.db");
        var copies = 0;
        var outcome = await old.ImportAsync(old.World.Folder("new"), options: new() { OnNote = Write });
        copies.ShouldBe(3);
        outcome.Fault.ShouldNotBeNull().Message.ShouldContain("still running");
        Directory.Exists(old.World.Folder("new").Folder).ShouldBeFalse();

        void Write(string note)
        {
            if (!note.StartsWith("Copying the database", StringComparison.Ordinal)) return;
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1 + copies++, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
