using System.Text;
using Hearth.Records.Transfer;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>A file from which no collection can be made is told why.</summary>
[RunsOnce]
public sealed class UnreadableFileTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("name\ncaf\u00e9\n", TransferFormat.Csv, "Line 2: name: the text is not UTF-8.")]
    [InlineData("a,a\n1,2\n", TransferFormat.Csv, "Line 1: The column a is named twice in the first line.")]
    [InlineData("{\"items\":[]}", TransferFormat.Json, "Line 1: The file is not a JSON list.")]
    [InlineData("{\n\"a\":1\n}\n", TransferFormat.Ndjson, "Line 1: The line is not valid JSON.")]
    [InlineData("a\n", TransferFormat.Csv, "The file has no row to guess the fields of a new collection from.")]
    public async Task The_reason_is_told(string text, TransferFormat format, string reason)
    {
        using var file = new MemoryStream(Encoding.Latin1.GetBytes(text));
        var made = await shared.App.App.Transfer.ImportAsync(file, new ImportOptions { Collection = "unread", Format = format, Create = true });
        made.Failed(out var fault).ShouldBeTrue();
        fault!.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_column_without_a_name_gets_one()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(",name,age\n0,Ann,30\n1,Bob,31\n"));
        var made = await shared.App.App.Transfer.ImportAsync(file, new ImportOptions { Collection = "frames", Format = TransferFormat.Csv, Create = true });
        made.Failed(out var fault).ShouldBeFalse(fault?.Message);
        shared.App.App.Schema.Find("frames")!.Fields.Select(field => field.Name).ShouldBe(["id", "column_1", "name", "age"]);
    }

    [Fact]
    public async Task Half_an_emoji_is_no_reason()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("""[{"text":"cut \ud83d"}]"""));
        var made = await shared.App.App.Transfer.ImportAsync(file, new ImportOptions { Collection = "halves", Format = TransferFormat.Json, Create = true });
        made.Failed(out var fault).ShouldBeFalse(fault?.Message);
        made.Value.Total.Added.ShouldBe(1);
    }
}
