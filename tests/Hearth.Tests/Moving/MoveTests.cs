using System.Net;
using Hearth.Records.Moving;
using Hearth.Resources.Tokens;
using Hearth.Tests.Postgres;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Moving;

/// <summary>What was moved is the same on the other side, and on the way back; the source does not notice.</summary>
public sealed class MoveTests
{
    [PostgresFact]
    public async Task There_and_back_everything_is_the_same()
    {
        await using var world = new MoveWorld();
        var (first, middle, last) = (world.Folder("first"), await world.DatabaseAsync(), world.Folder("last"));
        await MoveWorld.WithAsync(first, Library.FillAsync);
        var told = await MoveWorld.TellAsync(first);

        var there = (await MoveWorld.MoveAsync(first, middle)).Value;
        there.ShouldBe(new MoveReport(Hearth.Schema.Stock.SystemCollections.Create().Length + 3, 22, 2, 0, 0, 0, there.LeftOut));
        there.LeftOut.ShouldBeEmpty();
        (await MoveWorld.TellAsync(middle)).ShouldBe(told);
        (await MoveWorld.MoveAsync(middle, last)).Value.Records.ShouldBe(22);
        (await MoveWorld.TellAsync(last)).ShouldBe(told);
        told.ShouldContain("The library of Ann");
        told.ShouldContain("12345678.9012345");
    }

    [PostgresFact]
    public async Task One_engine_to_itself_works_too()
    {
        await using var world = new MoveWorld();
        await MoveWorld.WithAsync(world.Folder("first"), Library.FillAsync);
        var told = await MoveWorld.TellAsync(world.Folder("first"));
        (await MoveWorld.MoveAsync(world.Folder("first"), world.Folder("second"))).Fault.ShouldBeNull();
        (await MoveWorld.TellAsync(world.Folder("second"))).ShouldBe(told);
        var (left, right) = (await world.DatabaseAsync(), await world.DatabaseAsync());
        (await MoveWorld.MoveAsync(world.Folder("first"), left)).Fault.ShouldBeNull();
        (await MoveWorld.MoveAsync(left, right)).Fault.ShouldBeNull();
        (await MoveWorld.TellAsync(right)).ShouldBe(told);
    }

    [PostgresFact]
    public async Task Passwords_tokens_rules_and_unique_values_hold_on_the_other_side()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        var token = await MoveWorld.WithAsync(from, async app =>
        {
            await Library.FillAsync(app);
            var people = app.Schema.Find("people")!;
            var ann = await app.Records.FindByAsync(people, "email", Library.Email, default);
            return app.Tokens.Issue(people, TokenKind.Auth, ann!.Id, ann.GetText("tokenKey"), null);
        });
        (await MoveWorld.MoveAsync(from, to)).Fault.ShouldBeNull();

        await using var server = await TestApp.StartAsync(options => options.UsePostgres(to.Postgres!));
        (await server.SendAsync("POST", "/api/collections/people/auth-with-password", new { identity = Library.Email, password = Library.Password })).Status.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync("POST", "/api/collections/people/auth-refresh", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        var signed = await server.SendAsync("POST", "/api/collections/_superusers/auth-with-password", new { identity = "root@example.org", password = Library.Password });
        signed.Status.ShouldBe(HttpStatusCode.OK, signed.Text);
        var root = signed.Body.GetProperty("token").GetString();
        (await server.GetAsync("/api/collections/books/records?filter=n>100", root)).Body.GetProperty("totalItems").GetInt32().ShouldBe(4);
        (await server.GetAsync("/api/collections/shelves/records")).Body.GetProperty("items").EnumerateArray().Select(shelf => shelf.GetProperty("Title").GetString()).ShouldBe(["Low", "High", "Middle"]);
        (await server.SendAsync("POST", "/api/collections/books/records", new { title = "ZEBRA" }, root)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var made = await server.SendAsync("POST", "/api/collections/shelves/records", new Dictionary<string, string> { ["Title"] = "Newest" }, root);
        made.Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/collections/shelves/records?sort=-@rowid")).Body.GetProperty("items")[0].GetProperty("Title").GetString().ShouldBe("Newest");
        (await server.GetAsync("/api/collections/shelfSizes/records?filter=size>0", root)).Body.GetProperty("items")[0].GetProperty("label").GetString().ShouldBe("Low");
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_source_is_not_touched(bool afterCrash)
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync());
        await MoveWorld.WithAsync(from, Library.FillAsync);
        var told = await MoveWorld.TellAsync(from);
        if (afterCrash)
        {
            // What a killed server leaves: a log with records that are not in the file yet.
            await using var app = await MoveWorld.OpenAsync(from);
            await MoveWorld.AddAsync(app, "shelves", """{"Title":"In the log"}""");
            var crashed = world.Folder("crashed");
            Directory.CreateDirectory(crashed.Folder);
            foreach (var file in new[] { "data.db", "data.db-wal" }) File.Copy(Path.Combine(from.Folder, file), Path.Combine(crashed.Folder, file));
            from = crashed;
        }
        var before = MoveWorld.HashOf(from.Folder);

        (await MoveWorld.MoveAsync(from, to)).Fault.ShouldBeNull();

        MoveWorld.HashOf(from.Folder).ShouldBe(before);
        if (!afterCrash) (await MoveWorld.TellAsync(to)).ShouldBe(told);
        else (await MoveWorld.WithAsync(to, app => Task.FromResult(app.Schema.Find("shelves") is not null))).ShouldBeTrue();
        if (afterCrash) (await MoveWorld.TellAsync(to)).ShouldContain("In the log");
    }

    [PostgresFact]
    public async Task A_source_on_a_server_is_not_touched_either()
    {
        await using var world = new MoveWorld();
        var (from, to) = (await world.DatabaseAsync(), world.Folder("last"));
        await MoveWorld.WithAsync(from, Library.FillAsync);
        MoveWorld.Administer(from, "ALTER ROLE hearth IN DATABASE " + new Npgsql.NpgsqlConnectionStringBuilder(from.Postgres).Database + " SET default_transaction_read_only = on");
        (await MoveWorld.MoveAsync(from, to)).Fault.ShouldBeNull();
        (await MoveWorld.TellAsync(to)).ShouldContain("The library of Ann");
    }

    [PostgresFact]
    public async Task Files_go_along_and_databases_and_logs_do_not()
    {
        await using var world = new MoveWorld();
        var (from, to) = (world.Folder("first"), await world.DatabaseAsync("other"));
        await MoveWorld.WithAsync(from, Library.FillAsync);
        string[] files = ["storage/books000000000/abc/cover x.png", "storage/books000000000/abc/thumbs/1.png", "storage/deep.db", "notes.txt"];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(from.Folder, file))!);
            await File.WriteAllTextAsync(Path.Combine(from.Folder, file), $"content of {file}");
        }
        (await MoveWorld.MoveAsync(from, to)).Value.Files.ShouldBe(files.Length);
        Directory.EnumerateFiles(to.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(to.Folder, file)).Order(StringComparer.Ordinal).ShouldBe(files.Order(StringComparer.Ordinal));
        foreach (var file in files) (await File.ReadAllTextAsync(Path.Combine(to.Folder, file))).ShouldBe($"content of {file}");

        // Going to a server, files stay where they are unless another folder is asked for.
        var staying = (await world.DatabaseAsync()) with { Folder = from.Folder };
        (await MoveWorld.MoveAsync(from, staying)).Value.Files.ShouldBe(0);
    }
}
