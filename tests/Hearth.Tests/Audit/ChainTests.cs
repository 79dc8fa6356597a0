using System.Net;
using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Audit;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Audit;

/// <summary>The chain of the audit log: nothing can be changed, moved, put in or taken out without being told.</summary>
public sealed class ChainTests : IAsyncLifetime
{
    private TestApp app = null!;

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.SuperuserTokenAsync();
        for (var i = 1; i <= 6; i++) await app.App.Audit.NoteAsync(new AuditEntry("test.noted", AuditActor.Program) { Record = $"r{i}", Details = new() { ["n"] = i } }, default);
        (await app.VerifyAsync()).GetProperty("valid").GetBoolean().ShouldBeTrue();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_whole_chain_is_told_with_its_head()
    {
        var report = await app.VerifyAsync();
        var all = await app.EntriesAsync("");
        report.GetProperty("entries").GetInt32().ShouldBe(all.Length);
        report.GetProperty("unsealed").GetInt32().ShouldBe(0);
        report.GetProperty("head").Text("hash").ShouldBe(all[^1].Text("hash"));
        all.Select(entry => entry.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, all.Length));
        for (var i = 1; i < all.Length; i++) all[i].Text("previous").ShouldBe(all[i - 1].Text("hash"));
    }

    public static TheoryData<string> Columns => [.. InternalTables.Audit.Fields.Select(column => column.Name)];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_change_of_any_column_is_told(string column)
    {
        var entry = (await app.EntriesAsync("action = 'test.noted'"))[2];
        var number = entry.GetProperty("number").GetInt32();
        var value = InternalTables.Audit.FindField(column) switch
        {
            NumberField => FieldValue.Number(1000),
            JsonField => FieldValue.Json("""{"n":33}"""),
            DateField => FieldValue.Text("2020-01-01 00:00:00.000Z"),
            _ => FieldValue.Text("abcdefghijklmno"),
        };
        await app.TamperAsync(AuditedApp.Set(entry.Text("id"), column, value));
        var report = await app.VerifyAsync();
        report.GetProperty("valid").GetBoolean().ShouldBeFalse();
        report.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("number").GetInt32()).ShouldContain(number);
    }

    [Fact]
    public async Task A_removed_entry_is_told()
    {
        var entry = (await app.EntriesAsync("action = 'test.noted'"))[2];
        await app.TamperAsync(new DeleteRow(InternalTables.Audit, entry.Text("id")));
        var problem = (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().ShouldHaveSingleItem();
        problem.Text("kind").ShouldBe("missing");
        problem.GetProperty("number").GetInt32().ShouldBe(entry.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_told_also_after_more_was_noted()
    {
        var noted = await app.EntriesAsync("action = 'test.noted'");
        await app.TamperAsync([.. noted[^2..].Select(entry => new DeleteRow(InternalTables.Audit, entry.Text("id")))]);
        var problem = (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().ShouldHaveSingleItem();
        problem.Text("message").ShouldBe($"Entries {noted[^2].GetProperty("number")} to {noted[^1].GetProperty("number")} are missing.");
        await app.App.Audit.NoteAsync(new AuditEntry("test.later", AuditActor.Program), default);
        (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("missing");
    }

    [Fact]
    public async Task Entries_that_changed_places_are_told()
    {
        var noted = await app.EntriesAsync("action = 'test.noted'");
        var (one, other) = (noted[1], noted[3]);
        await app.TamperAsync(
            AuditedApp.Set(one.Text("id"), "number", FieldValue.Number(other.GetProperty("number").GetInt32())),
            AuditedApp.Set(other.Text("id"), "number", FieldValue.Number(one.GetProperty("number").GetInt32())));
        (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().Count(problem => problem.Text("kind") == "changed").ShouldBe(2);
    }

    [Fact]
    public async Task An_entry_that_was_put_in_or_taken_back_is_told()
    {
        var entry = (await app.EntriesAsync("action = 'test.noted'"))[2];
        // Taken out of the chain, it gets a new place at the end, and its old one is empty.
        await app.TamperAsync(AuditedApp.Set(entry.Text("id"), "number", FieldValue.Number(0)));
        (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("missing");
        // A copy with the number of another.
        var last = (await app.EntriesAsync(""))[^1];
        var row = InternalTables.Audit.Fields.Select(field => field is NumberField ? FieldValue.Number(last.GetProperty("number").GetInt32()) : field.Name == "id" ? FieldValue.Text("putinputinputin") : field.Zero);
        await app.TamperAsync(new InsertRow(InternalTables.Audit, [.. row]));
        (await app.VerifyAsync()).GetProperty("problems").EnumerateArray().Select(problem => problem.Text("kind")).ShouldContain("doubled");
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_does_not_have_the_noted_head()
    {
        var head = (await app.VerifyAsync()).GetProperty("head");
        var query = $"?number={head.GetProperty("number")}&hash={head.Text("hash")}";
        (await app.VerifyAsync(query)).GetProperty("noted").GetBoolean().ShouldBeTrue();

        // Whoever has the whole database can leave one out and reckon everything behind it anew.
        var all = await app.EntriesAsync("");
        await app.TamperAsync([
            new DeleteRow(InternalTables.Audit, all[^4].Text("id")),
            .. all[^3..].Select(entry => AuditedApp.Set(entry.Text("id"), "number", FieldValue.Number(0))),
            new UpdateRow(InternalTables.Params, "audit", [new Assignment(InternalTables.Params.FindField("value")!, FieldValue.Json(
                JsonSerializer.Serialize(new { number = all.Length - 4, hash = all[^5].Text("hash"), anchorNumber = 0, anchorHash = "" })))])]);
        (await app.VerifyAsync()).GetProperty("valid").GetBoolean().ShouldBeTrue();
        var noted = await app.VerifyAsync(query);
        noted.GetProperty("valid").GetBoolean().ShouldBeFalse();
        noted.GetProperty("noted").GetBoolean().ShouldBeFalse();
        (await app.GetAsync("/api/audit/verify?hash=abc", await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task With_a_key_such_a_chain_is_told_without_any_note()
    {
        const string key = "0123456789abcdef0123456789abcdef";
        await using var keyed = await TestApp.StartAsync(options => options.Encrypt(key));
        await keyed.SuperuserTokenAsync();
        for (var i = 0; i < 3; i++) await keyed.App.Audit.NoteAsync(new AuditEntry("test.noted", AuditActor.Program), default);
        var whole = await keyed.VerifyAsync();
        whole.GetProperty("valid").GetBoolean().ShouldBeTrue();
        whole.GetProperty("signed").GetBoolean().ShouldBeTrue();

        var all = await keyed.EntriesAsync("");
        var head = JsonSerializer.Serialize(new { number = all.Length - 1, hash = all[^2].Text("hash"), anchorNumber = 0, anchorHash = "" });
        await keyed.TamperAsync(
            new DeleteRow(InternalTables.Audit, all[^1].Text("id")),
            new UpdateRow(InternalTables.Params, "audit", [new Assignment(InternalTables.Params.FindField("value")!, FieldValue.Json(head))]));
        (await keyed.CheckAsync()).GetProperty("problems")[0].Text("kind").ShouldBe("signature");
        // What comes later is sealed, and does not wash it away.
        await keyed.App.Audit.NoteAsync(new AuditEntry("test.later", AuditActor.Program), default);
        (await keyed.VerifyAsync()).GetProperty("problems")[0].Text("kind").ShouldBe("signature");
    }

    [Fact]
    public async Task Old_entries_go_from_the_front_and_the_rest_still_verifies()
    {
        var all = await app.EntriesAsync("");
        var cut = all[3];
        await app.App.Audit.RemoveBeforeAsync(DateTimeOffset.Parse(cut.Text("created"), null, System.Globalization.DateTimeStyles.AssumeUniversal).AddMilliseconds(1), default);
        var report = await app.VerifyAsync();
        report.GetProperty("valid").GetBoolean().ShouldBeTrue(report.GetRawText());
        report.GetProperty("removedThrough").GetInt32().ShouldBeGreaterThanOrEqualTo(4);
        (await app.EntryAsync("action = 'audit.removed'")).GetProperty("data").GetProperty("entries").GetInt32().ShouldBe(report.GetProperty("removedThrough").GetInt32());
        // One more than was removed by age is one too many.
        await app.TamperAsync(new DeleteRow(InternalTables.Audit, (await app.EntriesAsync(""))[0].Text("id")));
        (await app.VerifyAsync()).GetProperty("valid").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_side_by_side_all_get_their_place()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await app.App.Audit.NoteAsync(new AuditEntry("test.many", AuditActor.Program) { Record = $"{i}" }, default);
            await app.App.Audit.SealAsync(default);
        })));
        (await app.VerifyAsync()).GetProperty("valid").GetBoolean().ShouldBeTrue();
        (await app.EntriesAsync("action = 'test.many'")).Length.ShouldBe(40);
    }
}
