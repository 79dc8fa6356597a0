using System.Text;
using Hearth.Records.Transfer;
using Hearth.Records.Transfer.Formats;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Transfer;

/// <summary>What an import takes the columns of a new collection for.</summary>
[RunsOnce]
public sealed class GuessTests
{
    [Theory]
    [InlineData("1|2.5|-3e2|", "number")]
    [InlineData("0|10", "number")]
    [InlineData("1|2x", "text")]
    [InlineData("007|008", "text")] // a number would lose the zeros
    [InlineData("12345678901234567890", "text")] // and these digits
    [InlineData("+491701234", "text")]
    [InlineData("true|False||TRUE", "bool")]
    [InlineData("true|yes", "text")]
    [InlineData("2026-01-31|2026-01-31T10:00:00Z|2026-01-31 10:00:00.123Z", "date")]
    [InlineData("2026-13-31", "text")]
    [InlineData("31.01.2026", "text")]
    [InlineData("2026", "number")]
    [InlineData("a@example.org|b.c@example.com", "email")]
    [InlineData("a@example.org|nobody", "text")]
    [InlineData("https://example.org/a?b=c|http://example.org", "url")]
    [InlineData("https://example.org|ftp", "text")]
    [InlineData("""{"lon":1.5,"lat":2}|{"lat":0,"lon":-1}""", "geoPoint")]
    [InlineData("""{"lon":1,"lat":2}|{"lon":1}""", "json")]
    [InlineData("""[1,2]|{"a":1}|""", "json")]
    [InlineData("[1,2]|[1,", "text")]
    [InlineData("TX|CA|", "text")]
    [InlineData("||", "text")]
    public async Task A_column_of_text_is_taken_for(string values, string type)
    {
        var csv = new StringBuilder("id_of_row,value\n");
        foreach (var value in values.Split('|')) csv.Append("x,\"").Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\"\n");
        var fields = await Guess(csv.ToString(), TransferFormat.Csv);
        fields.Single(field => field.Name == "value").Type.WireName().ShouldBe(type);
    }

    [Theory]
    [InlineData("""[{"v":1},{"v":null},{"v":2.5}]""", "number")]
    [InlineData("""[{"v":true},{}]""", "bool")]
    [InlineData("""[{"v":"2026-01-31"}]""", "date")]
    [InlineData("""[{"v":{"lon":1,"lat":2}}]""", "geoPoint")]
    [InlineData("""[{"v":[1]},{"v":{"a":1}}]""", "json")]
    [InlineData("""[{"v":1},{"v":"1"}]""", "number")]
    [InlineData("""[{"v":1},{"v":"one"}]""", "json")]
    [InlineData("""[{"v":"one"},{"v":""}]""", "text")]
    public async Task A_column_of_json_is_taken_for(string json, string type)
    {
        var fields = await Guess(json, TransferFormat.Json);
        fields.ShouldHaveSingleItem().Type.WireName().ShouldBe(type);
    }

    [Theory]
    [InlineData("First Name,E-Mail,2nd,€,true,a_via_b", "First_Name,E_Mail,_2nd,column_4,_true,a_by_b")]
    [InlineData("Name,name,NAME ", "Name,name_2,NAME_3")]
    [InlineData("collectionId,collectionName,expand,x", "x")]
    [InlineData("id,x", "source_id,x")] // "v" is no record id
    public async Task Columns_get_names_that_fields_may_have(string header, string names)
    {
        var row = string.Join(',', header.Split(',').Select(_ => "v"));
        var fields = await Guess($"{header}\n{row}\n", TransferFormat.Csv);
        string.Join(',', fields.Select(field => field.Name)).ShouldBe(names);
    }

    [Fact]
    public async Task A_column_of_record_ids_is_the_id()
    {
        var fields = await Guess("id,x\nk3v9q0w2m5x7a1b,1\n", TransferFormat.Csv);
        fields.ShouldHaveSingleItem().Name.ShouldBe("x");
    }

    [Fact]
    public async Task Long_texts_get_room()
    {
        var fields = await Guess($"x\n{new string('a', 4000)}\n", TransferFormat.Csv);
        fields.ShouldHaveSingleItem().ShouldBeOfType<TextField>().Max.ShouldBeGreaterThan(5000);
    }

    private static async Task<IReadOnlyList<Field>> Guess(string text, TransferFormat format)
    {
        var rows = new List<SourceRow>();
        await foreach (var row in RowSource.Over(new MemoryStream(Encoding.UTF8.GetBytes(text)), format).ReadAsync(CancellationToken.None)) rows.Add(row);
        ImportShape.Guess(rows, out var fields);
        return fields;
    }
}
