using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>A database that lived through old versions and hands is taken, and what is odd about it is told.</summary>
public sealed class OddDataTests
{
    [Fact]
    public async Task Odd_values_tables_and_definitions_are_taken_with_a_note()
    {
        await using var old = PocketBaseFolder.Make("old");
        old.Add("x7k2m9q4w1e5r8t/thing0000000003/pic_5555555555.png", "one");
        old.Add("x7k2m9q4w1e5r8t/gone/pic_5555555555.png", "nobody's");
        var before = old.Tell();
        var to = await MoveInTests.PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;
        old.Tell().ShouldBe(before);
        string[] told =
        [
            "things: an index that cannot be read is left out, because it is no CREATE INDEX: not an index",
            "The table by_hand belongs to no collection",
            "The trigger by_hand_t is left out",
            "users has columns that belong to no field and are left out: lastLoginAlertSentAt, username.",
            "users: records without a value get the empty one of the field: verified (1), name (1), avatar (1).",
            "things.late has no column",
            "things: 1 record had no id and got one.",
            "things.n is infinite in 1 record",
            "things.ok is a word such as “true” in 1 record",
            "things.kind is a list in 1 record",
            "things.place has no longitude or no latitude in 1 record",
            "title (2), code (3), n (3)",
            "things: the unique index idx_things_code is left out",
            "lost has no table",
            "things.kinds: 2 values are not what the field holds. Record thing0000000003 holds the text “a”, which is no list of texts; it becomes the list “a”.",
            "things.n: record thing0000000004 holds the text “many”",
            "The index idx_things_gone of things was refused",
            "The view broken was refused",
            "1 file belongs to no record and stays behind, such as storage/x7k2m9q4w1e5r8t/gone/pic_5555555555.png.",
            "2 files that records name are not in",
            "users: 1 account has a password hash that Hearth does not take",
        ];
        foreach (var words in told) report.Missing.Concat(report.Notes).ShouldContain(note => note.Contains(words, StringComparison.Ordinal), words);

        await using var server = await MoveInTests.ServeAsync(to);
        var things = (await server.GetAsync("/api/collections/things/records")).Body.GetProperty("items");
        things.EnumerateArray().Select(Values).ShouldBe(
        [
            """thing0000000001 "" 0 false "" [] "" [] "" [] null {"lon":0,"lat":0}""",
            """thing0000000002 "" 0 false "" [] "" [] "" [] null {"lon":0,"lat":0}""",
            """thing0000000003 "Scalars" 12 true "b" ["a"] "annannannannann" ["benbenbenbenben"] "pic_5555555555.png" ["pic_6666666666.png"] "not json" {"lon":0,"lat":0}""",
            """thing0000000004 "Numbers" 0 true "" [] "" [] "" [] 7 {"lon":0,"lat":0}""",
            """thing0000000005 "ab" 0 false "" ["a","1"] "" [] "" [] [1,2] {"lon":0,"lat":1}""",
            """r00000000000006 "no id" 0 false "" [] "" [] "" [] null {"lon":0,"lat":0}""",
        ]);
        // What people see is what filters find.
        foreach (var (filter, count) in new[] { ("owner='annannannannann'", 1), ("kind='b'", 1), ("ok=true", 2), ("n>1", 1), ("kinds~'a'", 2), ("owners:length=1", 1) })
        {
            (await server.GetAsync($"/api/collections/things/records?filter={Uri.EscapeDataString(filter)}")).Body.GetProperty("totalItems").GetInt32().ShouldBe(count, filter);
        }
        (await server.GetAsync("/api/collections/lost/records", await server.SuperuserTokenAsync())).Body.GetProperty("totalItems").GetInt32().ShouldBe(0);
        server.App.Schema.Find("broken").ShouldBeNull();
        (await server.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ben@example.org", password = PocketBaseFolder.Password })).Status.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "cyd@example.org", password = PocketBaseFolder.Password })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("UPDATE _params SET value = '\"nothing\"'", "encrypted")]
    [InlineData("UPDATE _params SET value = json_set(CAST(value AS TEXT), '$.logs', json('\"x\"'), '$.later', 1)", "settings.logs cannot be read")]
    [InlineData("DELETE FROM _params", "There are no settings")]
    [InlineData("UPDATE _collections SET fields = json_insert(fields, '$[#]', json('{\"type\":\"hologram\",\"name\":\"h\"}')) WHERE name = 'papers'", "a field of a type that Hearth does not know")]
    [InlineData("CREATE TABLE w (id TEXT PRIMARY KEY, title TEXT, scan TEXT, owner TEXT) WITHOUT ROWID; INSERT INTO w SELECT id, title, scan, owner FROM papers; DROP TABLE papers; ALTER TABLE w RENAME TO papers", "")]
    [InlineData("DROP TABLE _migrations", "")]
    [InlineData("DROP INDEX idx_email__pb_users_auth_; UPDATE users SET email = 'ann@example.org'", "the unique index idx_email__pb_users_auth_ is left out")]
    [InlineData("CREATE VIEW hostile AS SELECT load_extension('x')", "")]
    [InlineData("UPDATE _collections SET options = '' WHERE type = 'base'", "")]
    [InlineData("UPDATE _collections SET fields = CAST(fields AS BLOB), indexes = CAST(indexes AS BLOB), options = CAST(options AS BLOB)", "")]
    public async Task One_odd_thing_is_no_reason_to_refuse(string sql, string told)
    {
        await using var old = PocketBaseFolder.Make(sql: sql).WithFiles();
        var to = old.World.Folder("new");
        var outcome = await old.ImportAsync(to);
        if (told == "encrypted")
        {
            outcome.Fault!.Message.ShouldContain(told);
            return;
        }
        outcome.Fault?.Message.ShouldBeNull();
        if (told.Length == 0) outcome.Value.Notes.Where(note => !note.Contains("had no attributes", StringComparison.Ordinal)).ShouldBeEmpty();
        else outcome.Value.Missing.Concat(outcome.Value.Notes).ShouldContain(note => note.Contains(told, StringComparison.Ordinal), string.Join('\n', outcome.Value.Notes));
        outcome.Value.Moved!.Records.ShouldBe(16);
    }

    [Fact]
    public async Task Links_among_the_files_lead_nowhere()
    {
        if (OperatingSystem.IsWindows()) return; // making one needs a right there
        await using var old = PocketBaseFolder.Make().WithFiles();
        var secret = Path.Combine(old.World.Root, "secret.txt");
        await File.WriteAllTextAsync(secret, "of this machine");
        var (file, folder) = (Path.Combine(old.Path, "storage", "pbc_1125843985", "post00000000001", "sun_1111111111.png"), Path.Combine(old.Path, "storage", "pbc_papers"));
        File.Delete(file);
        File.CreateSymbolicLink(file, secret);
        Directory.Move(folder, folder + "_elsewhere");
        Directory.CreateSymbolicLink(folder, folder + "_elsewhere");
        var to = old.World.Folder("new");
        var report = (await old.ImportAsync(to)).Value;
        report.Notes.ShouldContain(note => note.Contains("sun_1111111111.png", StringComparison.Ordinal));
        var taken = Directory.EnumerateFiles(Path.Combine(to.Folder, "storage"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        taken.ShouldNotContain("sun_1111111111.png");
        taken.ShouldNotContain("contract_4444444444.pdf");
        taken.ShouldContain("one_2222222222.txt");
    }

    private static string Values(JsonElement thing) => string.Join(' ', new[] { "title", "n", "ok", "kind", "kinds", "owner", "owners", "image", "images", "meta", "place" }
        .Select(name => thing.GetProperty(name).GetRawText()).Prepend(thing.GetProperty("id").GetString()));
}
