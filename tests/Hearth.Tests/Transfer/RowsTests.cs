using System.Text;
using Hearth.Records.Transfer;
using Hearth.Records.Transfer.Formats;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Transfer;

/// <summary>Files as rows: every format, good and bad rows, with the line on which each begins.</summary>
[RunsOnce]
public sealed class RowsTests
{
    [Theory]
    // CSV: separators, quotes, line ends, empty lines, byte order mark
    [InlineData(TransferFormat.Csv, "a,b\n1,x\n2,y\n", """2 {"a":"1","b":"x"}|3 {"a":"2","b":"y"}""")]
    [InlineData(TransferFormat.Csv, "a;b\r\n1;x\r\n", """2 {"a":"1","b":"x"}""")]
    [InlineData(TransferFormat.Csv, "\uFEFFa\tb\n1\tx", """2 {"a":"1","b":"x"}""")]
    [InlineData(TransferFormat.Csv, "a,b\n\n\n1,\"two\nlines, \"\"quoted\"\"\"\n3,z\n", """4 {"a":"1","b":"two\nlines, \u0022quoted\u0022"}|6 {"a":"3","b":"z"}""")]
    [InlineData(TransferFormat.Csv, "a,b\n1\n2,y\n", """2 ! The row has 1 value, the first line names 2 columns.|3 {"a":"2","b":"y"}""")]
    [InlineData(TransferFormat.Csv, "a,b\n1,2,3\n2,y\n", """2 ! The row has 3 values, the first line names 2 columns.|3 {"a":"2","b":"y"}""")]
    [InlineData(TransferFormat.Csv, "a,b\n1,x\"y\n2,y\n", """2 ! A quotation mark stands inside a value that is not quoted.|3 {"a":"2","b":"y"}""")]
    [InlineData(TransferFormat.Csv, "a,b\n1,\"x\n2,y\n", "2 ! A quotation mark is opened and never closed, so the rest of the file cannot be read.")]
    [InlineData(TransferFormat.Csv, "a,a\n1,2\n", "1 ! The column a is named twice in the first line.")]
    [InlineData(TransferFormat.Csv, "a,,c\n1,2,3\n", "2 {\"a\":\"1\",\"column_2\":\"2\",\"c\":\"3\"}")]
    [InlineData(TransferFormat.Csv, "", "")]
    [InlineData(TransferFormat.Csv, "a,b\n", "")]
    // NDJSON
    [InlineData(TransferFormat.Ndjson, "{\"a\":1}\n\n{\"a\":[2]}", """1 {"a":1}|3 {"a":[2]}""")]
    [InlineData(TransferFormat.Ndjson, "\uFEFF{\"a\":1}\r\n{\"a\":\n{\"a\":3}\n", """1 {"a":1}|2 ! The line is not valid JSON.|3 {"a":3}""")]
    [InlineData(TransferFormat.Ndjson, "[1]\n7\n", "1 ! The row is not a JSON object.|2 ! The row is not a JSON object.")]
    [InlineData(TransferFormat.Ndjson, "", "")]
    [InlineData(TransferFormat.Ndjson, """{"a":"\ud83d\udd25"}""", """1 {"a":"\uD83D\uDD25"}""")]
    [InlineData(TransferFormat.Ndjson, """{"a":["\ud83d"]}""", """1 {"a":["\uFFFD"]}""")]
    [InlineData(TransferFormat.Ndjson, """{"\uDE00":1}""", """1 {"\uFFFD":1}""")]
    // JSON
    [InlineData(TransferFormat.Json, "[]", "")]
    [InlineData(TransferFormat.Json, "\uFEFF [\n {\"a\":1},\n {\"a\":\n  [\"]\"]}\n , {\"a\":3}]\n", """2 {"a":1}|3 {"a":["]"]}|5 {"a":3}""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1},\n2,{\"a\":3}]", """1 {"a":1}|2 ! The row is not a JSON object.|2 {"a":3}""")]
    [InlineData(TransferFormat.Json, "{\"a\":1}", "1 ! The file is not a JSON list. For one object a line use the format ndjson.")]
    [InlineData(TransferFormat.Json, "[{\"a\":1},\n{\"a\":}]", """1 {"a":1}|2 ! The file is not valid JSON from here on. The rest was not read.""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1}\n{\"a\":2}]", """1 {"a":1}|2 ! The file is not valid JSON from here on. The rest was not read.""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1},\n{\"a\":2", """1 {"a":1}|2 ! The file is not valid JSON from here on. The rest was not read.""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1},", """1 {"a":1}|1 ! The file ends before its list does.""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1},]", """1 {"a":1}|1 ! The file is not valid JSON from here on. The rest was not read.""")]
    [InlineData(TransferFormat.Json, "[{\"a\":1}] 7", """1 {"a":1}|1 ! The file is not valid JSON from here on. The rest was not read.""")]
    [InlineData(TransferFormat.Json, "", "1 ! The file ends before its list does.")]
    public async Task Rows_come_with_their_lines(TransferFormat format, string text, string expected)
    {
        var whole = await RowsOf(new MemoryStream(Encoding.UTF8.GetBytes(text)), format);
        string.Join('|', whole).ShouldBe(expected);

        // A file arrives in pieces of any size.
        var pieces = await RowsOf(new SmallReads(Encoding.UTF8.GetBytes(text)), format);
        pieces.ShouldBe(whole);
    }

    [Theory]
    [InlineData(TransferFormat.Csv, "a\n\u0001\n")]
    [InlineData(TransferFormat.Ndjson, "{\"a\":\"\u0001\"}\n")]
    [InlineData(TransferFormat.Json, "[{\"a\":\"\u0001\"}]")]
    public async Task Text_that_is_not_utf8_is_a_bad_row_and_not_a_question_mark(TransferFormat format, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[Array.IndexOf(bytes, (byte)1)] = 0xE9;
        var rows = await RowsOf(new MemoryStream(bytes), format);
        rows.ShouldHaveSingleItem().ShouldContain(" ! ");
    }

    private static async Task<List<string>> RowsOf(Stream stream, TransferFormat format)
    {
        var rows = new List<string>();
        await foreach (var row in RowSource.Over(stream, format).ReadAsync(CancellationToken.None))
        {
            rows.Add(row.Problem is { } problem ? $"{row.Line} ! {problem}" : $"{row.Line} {System.Text.Json.JsonSerializer.Serialize(row.Values)}");
        }
        return rows;
    }

    private sealed class SmallReads(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 3)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], stop);
    }
}
