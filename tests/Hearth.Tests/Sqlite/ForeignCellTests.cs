using System.Text.Json;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>What the cells of a database give that others wrote: SQLite keeps any type of value in any column.</summary>
[RunsOnce]
public sealed class ForeignCellTests
{
    [Theory]
    [InlineData("many", "'a'", "[\"a\"]")]
    [InlineData("many", "''", "[]")]
    [InlineData("many", "'[\"a\", null, 5]'", "[\"a\",\"5\"]")]
    [InlineData("many", "'[broken'", "[\"[broken\"]")]
    [InlineData("one", "'[\"a\",\"b\"]'", "\"b\"")]
    [InlineData("one", "'[]'", "\"\"")]
    [InlineData("text", "'[\"a\"]'", "\"[\\u0022a\\u0022]\"")]
    [InlineData("text", "5", "\"5\"")]
    [InlineData("number", "'abc'", "0")]
    [InlineData("number", "9e999", "0")]
    [InlineData("bool", "'x'", "false")]
    [InlineData("json", "NULL", "null")]
    [InlineData("json", "'not json'", "\"not json\"")]
    [InlineData("json", "'null'", "null")]
    [InlineData("json", "x'7b7d'", "{}")]
    [InlineData("json", "9e999", "0")]
    [InlineData("maybe", "NULL", "\"\"")]
    public async Task Cells_of_old_or_foreign_tables_are_forgiven(string field, string cell, string json)
    {
        await using var database = await SqliteDatabase.OpenAsync(RowTests.Cells);
        await database.ExecuteAsync($"INSERT INTO cells (id, \"{field}\") VALUES ('a', {cell})");
        var (written, read) = await RowTests.ReadAsync(database, field);
        written.ShouldBe(json);
        if (field == "maybe") read.Kind.ShouldBe(FieldValueKind.Null);
        if (field == "one") read.AsText.ShouldBe(JsonSerializer.Deserialize<string>(json));
        if (field == "many") read.AsList.ShouldBe(JsonSerializer.Deserialize<string[]>(json)!);
    }
}
