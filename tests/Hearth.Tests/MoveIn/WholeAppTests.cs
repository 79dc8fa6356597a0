using System.Net;
using Hearth.App.MovingIn;
using Hearth.Basics;
using Hearth.Records.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>
/// An app with what apps have: texts in double quotes in views and indexes, an index that names no table, a view whose kept text no longer works, a second factor, accounts of a sign-in
/// service. All of it comes along, <c>--verify</c> says so, and finds whatever is taken away afterwards.
/// </summary>
public sealed class WholeAppTests
{
    private const string Fields = """[{"id":"text3208210256","name":"id","type":"text","system":true,"primaryKey":true},{"id":"text1","name":"heading","type":"text"},{"id":"json1","name":"n","type":"json"}]""";

    private static readonly string Sql =
        """UPDATE _collections SET indexes = json_insert(indexes, '$[#]', 'CREATE UNIQUE INDEX `idx_posts_mail` ON `` (`mail`) WHERE `mail` != ""', '$[#]', 'CREATE INDEX `idx_posts_kind` ON `articles` (coalesce(kind, "none"))') WHERE name = 'posts';""" +
        """UPDATE _collections SET options = json_set(options, '$.mfa', json('{"enabled":true,"duration":600,"rule":""}'), '$.otp.enabled', json('true')), createRule = 'posts_via_author.id = ""' WHERE name = 'users';""" +
        View("active", """SELECT id, title AS heading, COUNT("*") AS n FROM posts WHERE kind != "nothing" GROUP BY id""") +
        View("moved", "SELECT id, headline AS heading, 1 AS n FROM articles") +
        View("renamed", "SELECT id, heading, n FROM posts") +
        """CREATE VIEW moved AS SELECT * FROM (SELECT id, "title" AS heading, 1 AS n FROM "posts"); CREATE VIEW renamed AS SELECT * FROM (SELECT id, "title", n FROM posts);""";

    [Fact]
    public async Task It_comes_along_and_what_is_taken_away_is_found()
    {
        await using var old = PocketBaseFolder.Make(sql: Sql).WithFiles();
        var to = await MoveInTests.PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;
        report.Missing.ShouldBeEmpty();
        var notes = string.Join('\n', report.Notes);
        notes.ShouldContain("The query of the view moved as the old app kept it does not work (SQL logic error: no such table: articles (1))");
        notes.ShouldContain("The query of the view renamed as the old app kept it does not work (SQL logic error: no such column: heading (1))");
        notes.ShouldContain("users.createRule looks through posts_via_author. ");
        var whole = (await VerifyAsync(old, to)).Value;
        whole.Missing.ShouldBeEmpty();
        whole.Checks.ShouldContain("The settings are as they were.");
        whole.Checks.ShouldContain(check => check.StartsWith("Fields, rules, indexes, options and queries of 14 collections", StringComparison.Ordinal));

        await using (var server = await MoveInTests.ServeAsync(to))
        {
            (await ValuesAsync(server, "active")).ShouldBe([("First", "1"), ("Second", "1"), ("Third", "1")], ignoreOrder: true);
            (await ValuesAsync(server, "moved")).ShouldBe([("First", "1"), ("Second", "1"), ("Third", "1")], ignoreOrder: true);
            (await ValuesAsync(server, "renamed")).Select(row => row.Heading).ShouldBe(["First", "Second", "Third"], ignoreOrder: true);
            var first = await server.SendAsync("POST", "/api/collections/users/auth-with-password", new { identity = "ann@example.org", password = PocketBaseFolder.Password });
            (first.Status, first.Body.TryGetProperty("mfaId", out _)).ShouldBe((HttpStatusCode.Unauthorized, true));

            var root = await server.SuperuserTokenAsync();
            (await server.SendAsync("POST", "/api/collections/posts/records", new { title = "Twice", mail = "a@example.org" }, root)).Text.ShouldContain("validation_not_unique");
            // The old app took any password.
            var short1 = await server.SendAsync("PATCH", "/api/collections/users", new { createRule = "" }, root);
            short1.Body.GetProperty("passwordAuth").GetProperty("allowTrivial").GetBoolean().ShouldBeTrue();
            (await server.SendAsync("POST", "/api/collections/users/records", new { email = "new@example.org", password = "password1", passwordConfirm = "password1" })).Status.ShouldBe(HttpStatusCode.OK);

            var posts = (await server.GetAsync("/api/collections/posts", root)).Body;
            var indexes = posts.GetProperty("indexes").EnumerateArray().Select(index => index.GetString()!).Where(index => !index.Contains("idx_posts_mail", StringComparison.Ordinal)).ToArray();
            (await server.SendAsync("PATCH", "/api/collections/posts", new { indexes, updateRule = "id != ''" }, root)).Status.ShouldBe(HttpStatusCode.OK);
            (await server.SendAsync("DELETE", "/api/collections/active", null, root)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await server.SendAsync("DELETE", "/api/collections/notes/records/note00000000005", null, root)).Status.ShouldBe(HttpStatusCode.NoContent);
            (await server.SendAsync("PATCH", "/api/settings", new { smtp = new { host = "mail.example.org" } }, root)).Status.ShouldBe(HttpStatusCode.OK);
        }
        var file = Path.Combine(to.Folder, "storage/pbc_1125843985/post00000000001/one_2222222222.txt");
        await File.WriteAllTextAsync(file, "o");
        await File.WriteAllTextAsync(Path.Combine(to.Folder, "storage/pbc_1125843985/post00000000001/sun_1111111111.png"), "sum");

        var missing = (await VerifyAsync(old, to)).Value.Missing;
        missing.ShouldContain("notes had 5 records and has 4.");
        missing.ShouldContain("notes: not every record is as it was.");
        missing.ShouldContain("users had 3 records and has 4.");
        missing.ShouldContain(line => line.StartsWith("users.createRule was “posts_via_author.id = \"\"” and is “”.", StringComparison.Ordinal));
        missing.ShouldContain(line => line.StartsWith("posts.updateRule was ", StringComparison.Ordinal) && line.EndsWith(" and is “id != ''”.", StringComparison.Ordinal));
        missing.ShouldContain(line => line.StartsWith("The unique index idx_posts_mail of posts is missing", StringComparison.Ordinal));
        missing.ShouldContain(line => line.StartsWith("The view active is missing", StringComparison.Ordinal));
        missing.ShouldContain("The setting smtp.host is not as it was.");
        missing.ShouldContain(line => line.Contains("one_2222222222.txt", StringComparison.Ordinal));
        missing.ShouldContain(line => line.Contains("sun_1111111111.png is read as something else", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_come_along_is_told_with_its_reason_and_found_by_verify()
    {
        await using var old = PocketBaseFolder.Make(sql:
            View("nowhere", "SELECT id, title AS heading, 1 AS n FROM nothing") +
            "DROP INDEX idx_email__pb_users_auth_; UPDATE users SET email = 'ann@example.org';" +
            "UPDATE _collections SET listRule = 'nonsense.field = 1' WHERE name = 'papers';" +
            "UPDATE _collections SET indexes = json_insert(indexes, '$[#]', 'CREATE UNIQUE INDEX `idx_notes_wrong` ON `notes` (nothing(text))') WHERE name = 'notes'");
        var to = await MoveInTests.PlaceAsync(old);
        var report = (await old.ImportAsync(to)).Value;
        foreach (var missing in new[] { report.Missing, (await VerifyAsync(old, to)).Value.Missing })
        {
            missing.ShouldContain(line => line.StartsWith("The view nowhere ", StringComparison.Ordinal) && line.Contains("nothing", StringComparison.Ordinal));
            missing.ShouldContain(line => line.Contains("idx_email__pb_users_auth_ is left out, because the records do not allow it", StringComparison.Ordinal) && line.Contains("Two accounts can have the same email now", StringComparison.Ordinal));
            missing.ShouldContain(line => line.Contains("idx_notes_wrong is left out, because the database refuses it", StringComparison.Ordinal));
        }
        report.Notes.ShouldContain(note => note.StartsWith("papers.listRule cannot be read, so it lets nobody in but superusers: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT * FROM (SELECT id FROM \"a\")", "SELECT id FROM \"a\"")]
    [InlineData("SELECT id FROM a WHERE x IN (1)", "SELECT id FROM a WHERE x IN (1)")]
    public void The_query_of_a_view_is_found_in_its_statement(string body, string query) => Hearth.App.MovingIn.Source.ViewRescue.Inner($"CREATE VIEW `a b` AS {body}").ShouldBe(query);

    private static string View(string name, string query) =>
        $"INSERT INTO _collections (id, type, name, fields, listRule, viewRule, options) VALUES ('pbc_{name}', 'view', '{name}', '{Fields}', '', '', json_object('viewQuery', '{query.Replace("'", "''", StringComparison.Ordinal)}'));";

    private static async Task<List<(string Heading, string N)>> ValuesAsync(TestApp server, string view) =>
        [.. (await server.GetAsync($"/api/collections/{view}/records")).Body.GetProperty("items").EnumerateArray().Select(row => (row.GetProperty("heading").GetString()!, row.GetProperty("n").GetRawText()))];

    private static Task<Outcome<MoveInReport>> VerifyAsync(PocketBaseFolder old, MovePlace to) => Hearth.App.MovingIn.MoveIn.VerifyAsync(old.Path, PocketBaseFolder.OptionsOf(to), new());
}
