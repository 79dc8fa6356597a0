using Hearth.Records.Transfer;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Transfer;

/// <summary>What an export writes, an import reads back: every field type, awkward values, every format.</summary>
public sealed class RoundTripTests
{
    private const string Fields = """
        {"name":"text","type":"text"},{"name":"editor","type":"editor"},{"name":"number","type":"number"},{"name":"bool","type":"bool"},
        {"name":"email","type":"email"},{"name":"url","type":"url"},{"name":"date","type":"date"},
        {"name":"one","type":"select","values":["a","b c","d,\"e\""],"maxSelect":1},{"name":"many","type":"select","values":["a","b c","d,\"e\""],"maxSelect":3},
        {"name":"friend","type":"relation","collectionId":"_pb_users_auth_","maxSelect":1},
        {"name":"json","type":"json"},{"name":"point","type":"geoPoint"}
        """;

    private static readonly string[] Records =
    [
        "{}",
        """{"text":"plain","editor":"<p>x</p>","number":1,"bool":true,"email":"a@example.org","url":"https://example.org/?a=b&c=d","date":"2026-01-31 10:11:12.345Z","one":"a","many":["a","b c"],"json":{"a":[1,null,"x"]},"point":{"lon":-122.37,"lat":37.62}}""",
        """{"text":"comma, \"quote\"\r\nand line","editor":" spaces around ","number":-0.1,"one":"d,\"e\"","many":["d,\"e\"","a"],"json":"plain text"}""",
        """{"text":"=1+1","number":12345678.9012345,"json":5,"point":{"lon":180,"lat":-90}}""",
        """{"text":"0012","number":1e21,"json":"5"}""",
        """{"text":"true","number":9007199254740991,"json":true}""",
        """{"text":"null","number":-1.5e-7,"json":"true"}""",
        """{"text":"[1]","json":"null"}""",
        """{"text":"{\"a\":1}","json":"{\"a\":1}"}""",
        """{"text":"日本語 🔥 ə́\u0000\u0001\t","json":{"k🔥":"\u0000"}}""",
        """{"text":"\\ud83d backslash \\n","json":""}""",
        """{"text":"'","json":[[],{},[{}]]}""",
    ];

    [Theory]
    [InlineData(TransferFormat.Csv)]
    [InlineData(TransferFormat.Json)]
    [InlineData(TransferFormat.Ndjson)]
    public async Task A_copy_is_equal(TransferFormat format)
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync($$"""[{"name":"things","type":"base","fields":[{{Fields}}]},{"name":"copies","type":"base","fields":[{{Fields}}]}]""");
        foreach (var record in Records) await app.AddAsync("things", record);
        var friend = await app.AddAsync("users", """{"email":"ann@example.org","password":"long enough 1"}""");
        await app.AddAsync("things", $$"""{"text":"has a friend","friend":"{{friend.Id}}"}""");

        var file = await app.ExportAsync("things", format);
        var report = (await app.ImportAsync(file, "copies", format)).Value;

        report.Total.ShouldBe(new ImportProgress(Records.Length + 1, Records.Length + 1, 0, 0));
        report.Notes.ShouldBeEmpty();
        (await app.ExportAsync("copies")).ShouldBe(await app.ExportAsync("things"));
        (await app.ExportAsync("copies", format)).ShouldBe(file);
    }

    [Theory]
    [InlineData(TransferFormat.Csv)]
    [InlineData(TransferFormat.Json)]
    [InlineData(TransferFormat.Ndjson)]
    public async Task A_new_collection_from_an_export_has_the_same_values(TransferFormat format)
    {
        await using var app = await OpenApp.StartAsync();
        const string fields = """
            {"name":"text","type":"text"},{"name":"number","type":"number"},{"name":"bool","type":"bool"},{"name":"email","type":"email"},
            {"name":"url","type":"url"},{"name":"date","type":"date"},{"name":"json","type":"json"},{"name":"point","type":"geoPoint"}
            """;
        await app.DefineAsync($$"""[{"name":"things","type":"base","fields":[{{fields}}]}]""");
        await app.AddAsync("things", """{"text":"x","number":1.5,"bool":true,"email":"a@example.org","url":"https://example.org","date":"2026-01-31","json":[1],"point":{"lon":1,"lat":2}}""");
        await app.AddAsync("things", """{"text":"y","number":2,"email":"b@example.org","json":{"a":1},"point":{"lon":3,"lat":4}}""");

        await app.ImportAsync(await app.ExportAsync("things", format), "copies", format, create: true);

        (await app.ExportAsync("copies")).ShouldBe(await app.ExportAsync("things"));
        app.App.Schema.Find("copies")!.Fields.Select(field => field.Type).ShouldBe(app.App.Schema.Find("things")!.Fields.Select(field => field.Type));
    }

    [Theory]
    [InlineData(TransferFormat.Csv, "id,text\r\n")]
    [InlineData(TransferFormat.Json, "[]\n")]
    [InlineData(TransferFormat.Ndjson, "")]
    public async Task An_empty_collection_is_a_valid_file(TransferFormat format, string expected)
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync("""[{"name":"things","type":"base","fields":[{"name":"text","type":"text"}]}]""");
        var file = await app.ExportAsync("things", format);
        file.ShouldBe(expected);
        (await app.ImportAsync(file, "things", format)).Value.Total.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task Secrets_of_accounts_stay()
    {
        await using var app = await OpenApp.StartAsync();
        await app.AddAsync("users", """{"email":"ann@example.org","password":"long enough 1"}""");
        var csv = await app.ExportAsync("users", TransferFormat.Csv);
        csv.ShouldContain("ann@example.org");
        csv.Split('\r')[0].Split(',').ShouldNotContain("password");
        csv.Split('\r')[0].Split(',').ShouldNotContain("tokenKey");
    }

    [Fact]
    public async Task A_view_can_be_exported_but_not_imported_into()
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync("""[{"name":"things","type":"base","fields":[{"name":"kind","type":"text"}]},{"name":"kinds","type":"view","viewQuery":"SELECT kind AS id, COUNT(id) AS things FROM things GROUP BY kind"}]""");
        await app.ImportAsync("kind\na\nb\na\n", "things");
        (await app.ExportAsync("kinds", TransferFormat.Csv)).ShouldBe("id,things\r\na,2\r\nb,1\r\n");
        (await app.ImportAsync("id,things\nc,1\n", "kinds")).Fault!.Message.ShouldContain("view");
    }

    [Theory]
    [InlineData(TransferFormat.Csv)]
    [InlineData(TransferFormat.Ndjson)]
    public async Task A_slow_reader_gets_the_whole_file(TransferFormat format)
    {
        var clock = new HandClock();
        await using var app = await OpenApp.StartAsync(clock: clock);
        await app.ImportAsync("n,text\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"{n},some text to fill the buffers\n")), "things", create: true);
        using var pipe = new SlowPipe(clock);
        var exported = await app.App.Transfer.ExportAsync(pipe, new ExportOptions { Collection = "things", Format = format });
        exported.Value.ShouldBe(20_000);
        pipe.Writes.ShouldBeGreaterThan(5);
    }

    private sealed class HandClock : TimeProvider
    {
        private long ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);

        public void Advance(TimeSpan time) => Interlocked.Add(ref ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }

    // Takes an hour for each piece.
    private sealed class SlowPipe(HandClock clock) : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken stop = default)
        {
            Writes++;
            clock.Advance(TimeSpan.FromHours(1));
            return base.WriteAsync(buffer, stop);
        }
    }
}
