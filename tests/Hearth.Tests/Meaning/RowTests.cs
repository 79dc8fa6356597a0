using System.Buffers;
using System.Text;
using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Meaning;

/// <summary>Values on their way in and out: what is stored, and what JSON comes.</summary>
public sealed class RowTests(CleanDatabase shared) : IClassFixture<CleanDatabase>
{
    internal static readonly Collection Cells = new()
    {
        Id = "cells",
        Name = "cells",
        Fields =
        [
            new TextField { Name = "id", PrimaryKey = true }, new TextField { Name = "text" }, new NumberField { Name = "number" }, new BoolField { Name = "bool" },
            new JsonField { Name = "json" }, new GeoPointField { Name = "geo" }, new SelectField { Name = "one" }, new SelectField { Name = "many", MaxSelect = 3 },
            new TextField { Name = "maybe", Nullable = true },
        ],
    };

    [Theory]
    [InlineData("text", "Ü \"x\" \\ \n <b>", """ "Ü \"x\" \\ \n <b>" """)]
    [InlineData("number", 10.0, "10")]
    [InlineData("number", -0.1, "-0.1")]
    [InlineData("number", 1e300, "1E+300")]
    [InlineData("number", 9007199254740993.0, "9007199254740992")]
    [InlineData("bool", true, "true")]
    [InlineData("one", "a", "\"a\"")]
    public async Task Plain_values_round_trip(string field, object value, string json)
    {
        var (written, read) = await RoundTripAsync(field, TestDatabase.Value(value));
        read.ShouldBe(TestDatabase.Value(value));
        JsonElement.DeepEquals(JsonDocument.Parse(written).RootElement, JsonDocument.Parse(json).RootElement).ShouldBeTrue(written);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("\"5\"")]
    [InlineData("\"\"")]
    [InlineData("""{"a":[1,2,{"b":null}],"ü":"✓"}""")]
    [InlineData("[]")]
    [InlineData("1.2345678901234567E+19")]
    public async Task Json_values_round_trip(string value)
    {
        var (written, read) = await RoundTripAsync("json", FieldValue.Json(value));
        JsonElement.DeepEquals(JsonDocument.Parse(written).RootElement, JsonDocument.Parse(value).RootElement).ShouldBeTrue(written);
        JsonElement.DeepEquals(JsonDocument.Parse(read.AsJson).RootElement, JsonDocument.Parse(value).RootElement).ShouldBeTrue(read.AsJson);
    }

    [Fact]
    public async Task Lists_keep_their_order_and_any_character()
    {
        string[] items = ["b", "a", "quote \" slash \\ line \n tab \t bell \a", "日本 🔥"];
        var (written, read) = await RoundTripAsync("many", FieldValue.List(items));
        read.AsList.ShouldBe(items);
        JsonSerializer.Deserialize<string[]>(written).ShouldBe(items);
    }

    [Fact]
    public async Task Changes_touch_only_what_they_name()
    {
        var database = await shared.BeginAsync(Cells);
        await database.InsertAsync(Cells, ("id", "a"), ("text", "x"), ("number", 1));
        await database.InsertAsync(Cells, ("id", "b"), ("text", "y"), ("number", 2));
        var update = new UpdateRow(Cells, "a", [new Assignment(Cells.FindField("number")!, FieldValue.Number(7)), new Assignment(Cells.FindField("json")!, FieldValue.Json("[1]"))]);
        await database.Engine.WriteAsync(s => s.ExecuteAsync(update, default), null, default);
        await database.Engine.WriteAsync(s => s.ExecuteAsync(new UpdateRow(Cells, "b", []), default), null, default);
        (await database.SqlAsync("SELECT id, text, number, json FROM cells")).ShouldBe("a|x|7|[1]\nb|y|2|-");
        await database.Engine.WriteAsync(s => s.ExecuteAsync(new DeleteRow(Cells, "a"), default), null, default);
        (await database.IdsAsync(new ReadPlan { From = new BaseSource(Cells) })).ShouldBe("b");
    }

    private async Task<(string Json, FieldValue Value)> RoundTripAsync(string field, FieldValue value)
    {
        var database = await shared.BeginAsync(Cells);
        (await database.InsertAsync(Cells, ("id", "a"), (field, value))).ShouldBeNull();
        return await ReadAsync(database, field);
    }

    internal static async Task<(string Json, FieldValue Value)> ReadAsync(TestDatabase database, string field)
    {
        var column = new OutputColumn(Cells.FindField(field)!);
        using var session = await database.Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(Cells), Columns = [column] }, default);
        (await rows.NextAsync(default)).ShouldBeTrue();
        var value = RowValues.Read(rows, 0, column.Field);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            new RowJson([column]).WriteMembers(writer, rows);
            writer.WriteEndObject();
        }
        return (JsonDocument.Parse(bytes.WrittenMemory).RootElement.GetProperty(field).GetRawText(), value);
    }
}
