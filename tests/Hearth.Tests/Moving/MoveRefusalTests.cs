using Hearth.Data;
using Hearth.Records.Moving;
using Hearth.Schema;
using Hearth.Tests.Postgres;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Moving;

/// <summary>What cannot be moved is said before anything is copied, with what to do.</summary>
public sealed class MoveRefusalTests
{
    [PostgresFact]
    public async Task Only_an_empty_target_is_filled()
    {
        await using var world = new MoveWorld();
        var from = world.Folder("first");
        await MoveWorld.WithAsync(from, Library.FillAsync);

        var full = await world.DatabaseAsync();
        await MoveWorld.WithAsync(full, app => MoveWorld.DefineAsync(app, """[{"name":"own","type":"base","fields":[{"name":"t","type":"text"}]}]"""));
        await RefusedAsync(from, full, "move.not_empty", "the collection own");
        var user = await world.DatabaseAsync();
        await MoveWorld.WithAsync(user, app => MoveWorld.AddAsync(app, "users", """{"email":"a@example.org","password":"long enough 1"}"""));
        await RefusedAsync(from, user, "move.not_empty", "records in users");
        var super = world.Folder("super");
        await MoveWorld.WithAsync(super, app => MoveWorld.AddAsync(app, "_superusers", """{"email":"a@example.org","password":"long enough 1"}"""));
        await RefusedAsync(from, super, "move.not_empty", "records in _superusers");
        await RefusedAsync(from, new MovePlace(from.Folder + "/", null), "move.same_place", "");
        await RefusedAsync(from, world.Folder("first/inside"), "move.inside_source", "");
        var files = world.Folder("files");
        Directory.CreateDirectory(files.Folder);
        await File.WriteAllTextAsync(Path.Combine(files.Folder, "a.txt"), "mine");
        await File.WriteAllTextAsync(Path.Combine(from.Folder, "a.txt"), "yours");
        await RefusedAsync(from, files, "move.not_empty", "a.txt");
        (await File.ReadAllTextAsync(Path.Combine(files.Folder, "a.txt"))).ShouldBe("mine");
    }

    [PostgresFact]
    public async Task A_server_that_was_only_started_once_is_empty()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        await MoveWorld.WithAsync(from, Library.FillAsync);
        await using (var app = await MoveWorld.OpenAsync(to, setup: true)) app.SetupToken.ShouldNotBeNull();
        var told = await MoveWorld.TellAsync(from);
        (await MoveWorld.MoveAsync(from, to)).Fault.ShouldBeNull();
        (await MoveWorld.TellAsync(to)).ShouldBe(told);
    }

    [PostgresFact]
    public async Task There_must_be_a_source()
    {
        await using var world = new MoveWorld();
        (await Should.ThrowAsync<DataException>(() => MoveWorld.MoveAsync(world.Folder("nope"), world.Folder("to")))).Message.ShouldContain("There is no database in the folder");
        Directory.Exists(world.Folder("nope").Folder).ShouldBeFalse();
        var empty = await world.DatabaseAsync();
        (await Should.ThrowAsync<DataException>(() => MoveWorld.MoveAsync(empty, world.Folder("to")))).Message.ShouldContain("holds no data of Hearth's");
        await using var app = await MoveWorld.OpenAsync(world.Folder("used"));
        (await Should.ThrowAsync<DataException>(() => MoveWorld.MoveAsync(world.Folder("used"), world.Folder("to")))).Message.ShouldContain("in use by another Hearth");
    }

    [PostgresFact]
    public async Task Nobody_may_serve_one_of_the_databases()
    {
        await using var world = new MoveWorld();
        var (left, right) = (await world.DatabaseAsync(), await world.DatabaseAsync());
        await MoveWorld.WithAsync(left, Library.FillAsync);
        await using (var app = await MoveWorld.OpenAsync(left))
        {
            var fault = (await MoveWorld.MoveAsync(left, right)).Fault!;
            fault.Code.ShouldBe("move.in_use");
            fault.Message.ShouldContain(Environment.MachineName);
        }
        await using (var app = await MoveWorld.OpenAsync(right)) (await MoveWorld.MoveAsync(left, right)).Fault!.Code.ShouldBe("move.in_use");
        (await MoveWorld.MoveAsync(left, right)).Fault.ShouldBeNull();
    }

    [PostgresFact]
    public async Task Values_that_do_not_fit_are_named_with_their_record()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        await MoveWorld.WithAsync(from, Library.FillAsync);
        Poke(from, "INSERT INTO books (id, title, n, ok, kinds, meta, cover) VALUES ('odd000000000001', 'a' || char(0) || 'b', 'not a number', 7, '[\"a\",null]', '{broken', x'00ff')");
        Poke(from, "INSERT INTO books (id, title, n, kinds) VALUES ('odd000000000002', 'big', 9007199254740993, 'bare')");

        var fault = await RefusedAsync(from, to, "move.values", "8 values cannot be moved as they are; nothing was copied");
        foreach (var words in new[]
        {
            "books, record odd000000000001: title holds the text “a\ufffdb” with a NUL character, which the target cannot hold. It would become the text “a\ufffdb”",
            "n holds the text “not a number”, which is no number that the field can hold exactly. It would become 0",
            "ok holds 7, which is no truth value. It would become true",
            "kinds holds the text “[\"a\",null]”, which is no list of texts. It would become the list “a”",
            "meta holds the text “{broken”, which is no JSON value. It would become \"{broken\"",
            "cover holds 2 bytes, which is no text",
            "books, record odd000000000002: n holds 9007199254740993, which is no number that the field can hold exactly. It would become 9007199254740992",
            "kinds holds the text “bare”, which is no list of texts. It would become the list “bare”",
        }) fault.ShouldContain(words);

        var notes = new List<string>();
        var shown = await ShownAsync(from);
        (await MoveWorld.MoveAsync(from, to, new MoveOptions { MendValues = true, OnNote = notes.Add })).Value.Mended.ShouldBe(8);
        notes.Count.ShouldBe(8);
        (await ShownAsync(to)).ShouldBe(shown
            .Replace("""a\u0000b""", "a\ufffdb", StringComparison.Ordinal)
            .Replace("""\u0000\uFFFD""", "\ufffd\ufffd", StringComparison.Ordinal)
            .Replace("9007199254740993,\"ok", "9007199254740992,\"ok", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Views_and_indexes_in_words_of_the_other_engine_are_named()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        await MoveWorld.WithAsync(from, async app =>
        {
            await Library.FillAsync(app);
            await MoveWorld.DefineAsync(app, """
                [
                  {"name":"halves","type":"view","viewQuery":"SELECT id, julianday(day) AS julian FROM books"},
                  {"name":"quarters","type":"view","viewQuery":"SELECT id FROM halves"},
                  {"name":"indexed","type":"base","fields":[{"name":"t","type":"text"}],"indexes":["CREATE INDEX idx_odd ON indexed (unicode(t))","CREATE INDEX idx_plain ON indexed (t)"]}
                ]
                """);
        });
        var fault = await RefusedAsync(from, to, "move.refused", "3 parts of the schema");
        fault.ShouldContain("The view halves was refused: function julianday");
        fault.ShouldContain("The view quarters was refused");
        fault.ShouldContain("The index idx_odd of indexed was refused");

        using var stop = new CancellationTokenSource();
        var cut = new MoveOptions { SkipRefused = true, OnProgress = progress => { if (progress is { Stage: MoveStage.Copying, Done: > 0 }) stop.Cancel(); } };
        await Should.ThrowAsync<OperationCanceledException>(() => MoveWorld.MoveAsync(from, to, cut, stop.Token));
        var report = (await MoveWorld.MoveAsync(from, to, new MoveOptions { SkipRefused = true })).Value;
        report.LeftOut.Count.ShouldBe(3);
        report.Views.ShouldBe(2);
        await MoveWorld.WithAsync(to, app =>
        {
            app.Schema.Find("halves").ShouldBeNull();
            app.Schema.Find("indexed")!.Indexes.ShouldHaveSingleItem().Name.ShouldBe("idx_plain");
            return Task.CompletedTask;
        });
    }

    [PostgresFact]
    public async Task A_record_that_the_target_refuses_is_named()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        await MoveWorld.WithAsync(from, async app =>
        {
            await Library.FillAsync(app);
            var books = app.Schema.Find("books")!;
            // Longer than an index of PostgreSQL takes, and of letters that it cannot press together.
            var random = new Random(4);
            var title = string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)random.Next(0x4e00, 0x9f00)));
            await MoveWorld.InsertAsync(app, "books", [Library.RowOf(books, ("id", FieldValue.Text("toolong00000000")), ("title", FieldValue.Text(title)))]);
        });
        await RefusedAsync(from, to, "move.row_refused", "The target refused the record toolong00000000 of books: ");
    }

    private static async Task<string> RefusedAsync(MovePlace from, MovePlace to, string code, string words)
    {
        var before = MoveWorld.HashOf(from.Folder);
        var fault = (await MoveWorld.MoveAsync(from, to)).Fault.ShouldNotBeNull();
        fault.Code.ShouldBe(code);
        fault.Message.ShouldContain(words);
        MoveWorld.HashOf(from.Folder).ShouldBe(before);
        return fault.Message;
    }

    private static Task<string> ShownAsync(MovePlace place) => MoveWorld.WithAsync(place, async app =>
    {
        using var file = new MemoryStream();
        await app.Transfer.ExportAsync(file, new Hearth.Records.Transfer.ExportOptions { Collection = "books", Format = Hearth.Records.Transfer.TransferFormat.Ndjson });
        return System.Text.Encoding.UTF8.GetString(file.ToArray());
    });

    private static void Poke(MovePlace place, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "data.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
