using System.Text;
using Hearth.Basics;
using Hearth.Records.Transfer;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Transfer;

/// <summary>Imports into collections that are there: bad rows, keys, hooks, columns.</summary>
public sealed class ImportTests
{
    private const string People = """
        [{"name":"people","type":"base","fields":[
          {"name":"name","type":"text","required":true,"max":20},{"name":"email","type":"email"},{"name":"age","type":"number"},
          {"name":"active","type":"bool"},{"name":"born","type":"date"},{"name":"home","type":"geoPoint"},{"name":"extra","type":"json"},
          {"name":"created","type":"autodate","onCreate":true}],
          "indexes":["CREATE UNIQUE INDEX `idx_people_email` ON `people` (`email`) WHERE `email` != ''"]}]
        """;

    [Fact]
    public async Task Bad_rows_are_told_with_line_and_reason_and_the_rest_goes_on()
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync(People);
        var faults = new List<RowFault>();
        var report = (await app.ImportAsync(
            "name,email,age,active,born,home,extra\n" +
            "Ada,ada@example.org,36,true,1815-12-10,\"{\"\"lon\"\":1,\"\"lat\"\":2}\",[1]\n" +
            "Bob,,x,,,,\n" +
            ",,,,,,\n" +
            "Cy,nobody,,,,,\n" +
            "Di,ada@example.org,,,,,\n" +
            "Ed,,,maybe,,,\n" +
            "Fay,,,,31.12.2000,,\n" +
            "Gus,,,,,\"{\"\"lon\"\":1}\",\n" +
            "Hal,,,,,\"{\"\"lon\"\":1,\"\"lat\"\":91}\",\n" +
            "\"A name with more\nthan twenty letters\",,,,,,\n" +
            "Zoe,,,,,,\n", "people", faults: faults)).Value;

        faults.Select(fault => $"{fault.Line} {fault.Reason}").ShouldBe(
        [
            "3 age: “x” is not a number.",
            "4 name: Cannot be blank.",
            "5 email: Must be a valid email address.",
            "6 email: Value must be unique.",
            "7 active: “maybe” is not true or false.",
            "8 born: “31.12.2000” is not a date such as 2026-01-31 or 2026-01-31 14:30:00Z.",
            "9 home: “{\"lon\":1}” is not a point such as {\"lon\":-122.37,\"lat\":37.62}.",
            "10 home: Latitude must be between -90 and 90 degrees.",
            "11 name: Must be no more than 20 character(s).",
        ]);
        report.Total.ShouldBe(new ImportProgress(11, 2, 0, 9));
        (await app.ExportAsync("people")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_changes_who_is_there_and_leaves_other_fields_alone()
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync(People);
        await app.ImportAsync("name,email,age\nAda,ada@example.org,36\nBob,bob@example.org,40\n", "people");
        var faults = new List<RowFault>();
        var report = (await app.ImportAsync("email,age,name\nada@example.org,37,Ada L\nnew@example.org,1,New\nnew@example.org,2,Newer\n,5,Nobody\n", "people", key: "email", faults: faults)).Value;
        report.Total.ShouldBe(new ImportProgress(4, 1, 2, 1));
        faults.ShouldBe([new RowFault(5, "email is empty, so the row cannot be told apart.")]);
        var names = (await app.ExportAsync("people", TransferFormat.Csv)).Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => string.Join(' ', line.Split(',')[1..4])).Order();
        names.ShouldBe(["Ada L ada@example.org 37", "Bob bob@example.org 40", "Newer new@example.org 2"]);
        // Only what the file names is changed; an empty cell empties.
        (await app.ImportAsync("email,age\nada@example.org,\n", "people", key: "email")).Value.Total.Changed.ShouldBe(1);
        (await app.ExportAsync("people", TransferFormat.Csv)).ShouldContain("Ada L,ada@example.org,0,");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("home")]
    [InlineData("extra")]
    public async Task A_key_must_be_a_field_that_can_tell_records_apart(string key)
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync(People);
        (await app.ImportAsync("name\nAda\n", "people", key: key)).Fault!.Message.ShouldContain(key);
    }

    [Fact]
    public async Task The_key_of_a_new_collection_gets_a_unique_index()
    {
        await using var app = await OpenApp.StartAsync();
        await app.ImportAsync("E-Mail,n\na@example.org,1\n", "fresh", key: "E-Mail", create: true);
        var fresh = app.App.Schema.Find("fresh").ShouldNotBeNull();
        fresh.HasUniqueIndexOn("E_Mail").ShouldBeTrue();
        (fresh.ListRule, fresh.CreateRule).ShouldBe((null, null));
        (await app.ImportAsync("E-Mail,n\na@example.org,2\n", "fresh", key: "E-Mail")).Value.Total.Changed.ShouldBe(1);
    }

    [Fact]
    public async Task Columns_without_a_field_are_passed_over_and_told()
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync(People);
        var report = (await app.ImportAsync("""[{"name":"Ada","shoe":43,"created":"2000-01-01"},{"name":"Bob","late":true,"collectionId":"x"}]""", "people", TransferFormat.Json)).Value;
        report.Notes.ShouldBe(
        [
            "The column shoe was passed over: no field of people has this name.",
            "The column created was passed over: the server sets this date itself.",
            "The column late was passed over: no field of people has this name.",
        ]);
        report.Total.Added.ShouldBe(2);
        (await app.ExportAsync("people")).ShouldNotContain("2000-01-01");
    }

    [Fact]
    public async Task Hooks_of_the_app_hear_of_every_row_and_may_refuse()
    {
        var stored = new List<string>();
        await using var app = await OpenApp.StartAsync(build =>
        {
            build.Records.Creating.Add((e, _) => ValueTask.FromResult(e.Record.GetText("name") == "Mallory" ? Fault.BadRequest("people.mallory", "Not Mallory.") : null), "people");
            build.Records.Created.Add(e => stored.Add(e.Record.GetText("name")), "people");
        });
        await app.DefineAsync(People);
        var faults = new List<RowFault>();
        await app.ImportAsync("name\nAda\nMallory\nBob\n", "people", faults: faults);
        faults.ShouldBe([new RowFault(3, "Not Mallory.")]);
        stored.ShouldBe(["Ada", "Bob"]);
    }

    [Fact]
    public async Task Many_rows_keep_their_order_and_their_lines()
    {
        await using var app = await OpenApp.StartAsync();
        var csv = new StringBuilder("n,even\n");
        for (var n = 0; n < 5000; n++) csv.Append(n == 3210 ? "x" : n.ToString()).Append(',').Append(n % 2 == 0 ? "true" : "false").Append('\n');
        var faults = new List<RowFault>();
        var report = (await app.ImportAsync(csv.ToString(), "numbers", create: true, faults: faults)).Value;
        report.Created.ShouldBeTrue();
        report.Total.ShouldBe(new ImportProgress(5000, 4999, 0, 1));
        faults.ShouldBe([new RowFault(3212, "n: “x” is not a number.")]);
        var numbers = (await app.ExportAsync("numbers", TransferFormat.Csv)).Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => int.Parse(line.Split(',')[1]));
        numbers.ShouldBe(Enumerable.Range(0, 5000).Where(n => n != 3210));
    }

    [Fact]
    public async Task Faults_of_the_whole_import_change_nothing()
    {
        await using var app = await OpenApp.StartAsync();
        var before = app.App.Schema;
        (await app.ImportAsync("a\n1\n", "unknown")).Fault!.Status.ShouldBe(404);
        (await app.ImportAsync("", "fresh", create: true)).Fault.ShouldNotBeNull();
        (await app.ImportAsync("a\n1\n", "not a name", create: true)).Fault.ShouldNotBeNull();
        (await app.ImportAsync("a\n1\n", "fresh", key: "b", create: true)).Fault.ShouldNotBeNull();
        app.App.Schema.ShouldBeSameAs(before);
    }
}
