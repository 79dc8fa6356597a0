using System.Text;
using Hearth.Records.Transfer;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Transfer;

/// <summary>CSV for spreadsheet programs runs nothing that somebody wrote into a field.</summary>
public sealed class SpreadsheetTests
{
    [Fact]
    public async Task Texts_are_no_formulas_and_numbers_stay_numbers()
    {
        await using var app = await OpenApp.StartAsync();
        await app.DefineAsync("""[{"name":"things","type":"base","fields":[{"name":"text","type":"text"},{"name":"number","type":"number"},{"name":"json","type":"json"}]}]""");
        foreach (var begin in new[] { "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "plain" }) await app.AddAsync("things", $$"""{"text":{{System.Text.Json.JsonSerializer.Serialize(begin)}},"number":-5.5,"json":"=1+1"}""");

        var sheet = await ExportAsync(sheet: true);
        sheet.ShouldStartWith("\uFEFFid,text,number,json");
        foreach (var guarded in new[] { ",'=HYPERLINK(1),", ",'+1,", ",'-1,", ",'@SUM(A1),", "'\tx", "'\rx", ",plain," }) sheet.ShouldContain(guarded);
        sheet.ShouldContain(",-5.5,");
        sheet.ShouldNotContain("'-5.5");
        (await ExportAsync(sheet: false)).ShouldContain(",=HYPERLINK(1),-5.5,");

        async Task<string> ExportAsync(bool sheet)
        {
            using var file = new MemoryStream();
            (await app.App.Transfer.ExportAsync(file, new ExportOptions { Collection = "things", Format = TransferFormat.Csv, ForSpreadsheets = sheet })).Failed(out _).ShouldBeFalse();
            return Encoding.UTF8.GetString(file.ToArray());
        }
    }
}
