using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>Whatever a client sends, a field makes a value of it that reads back as itself, and never throws.</summary>
[RunsOnce]
public sealed class FieldRoundTripTests
{
    internal static readonly string[] Notable =
    [
        "null", "true", "\"\"", "\"[\"", "\"[\\\"a\\\",\\\"b\\\"]\"", "\"{\\\"lon\\\":1}\"", "\"\\ud800\"", "\"a\\u0000b\"", "{\"\\udfff\":1}", "-0", "-0.0", "1e999", "-1e999",
        "1e21", "1.50", "0.1", "9007199254740993", "12345678901234567890", "\"1e999\"", "\"NaN\"", "\"-\"", "\"5e\"", "\"2024-02-30\"", "\"2024-05-06T07:08:09.123456+02:00\"", "[]",
        "{}", "[[1],{\"a\":null},\"x\",\"x\",\"\"]", "{\"lon\":23.32,\"lat\":42.69}", "{\"lon\":\"x\"}", "{\"lon\":1e999,\"lat\":0}", "\"\\ud83d\\ude00\"",
    ];

    public static TheoryData<string> Types() => [.. Fields().Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Notable_inputs_make_values_that_read_back(string name)
    {
        foreach (var json in Notable) Holds(Fields()[name], json);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Any_input_makes_a_value_that_reads_back(string name)
    {
        var field = Fields()[name];
        Prop.ForAll(Json(3).ToArbitrary(), json => Holds(field, json)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("text", "12.50", "12.5")]
    [InlineData("text", "1e21", "1000000000000000000000")]
    [InlineData("text", "1.5e-9", "0.0000000015")]
    [InlineData("text", "-123456789012345680000", "-123456789012345680000")]
    [InlineData("text", "true", "true")]
    [InlineData("text", "[1]", "")]
    [InlineData("number", "\" 5\"", "0")]
    [InlineData("number", "\"-3.5e2\"", "-350")]
    [InlineData("number", "\"0x10\"", "0")]
    [InlineData("date", "1700000000", "")]
    [InlineData("date", "\"2024-05-06T07:08:09+02:00\"", "2024-05-06 05:08:09.000Z")]
    [InlineData("select", "[\"a\",\"b\"]", "b")]
    [InlineData("selects", "\"[\\\"b\\\",\\\"a\\\",\\\"b\\\",\\\"\\\"]\"", "b,a")]
    [InlineData("selects", "\"[broken\"", "[broken")]
    [InlineData("json", "\"12\"", "12")]
    [InlineData("json", "\"12abc\"", "\"12abc\"")]
    [InlineData("json", "\"\"", "\"\"")]
    [InlineData("json", "1.50", "1.5")]
    [InlineData("json", "{\"a\" : [ 1 , 2.50 ] }", "{\"a\":[1,2.50]}")]
    [InlineData("geoPoint", "{\"lat\":2}", "{\"lon\":0,\"lat\":2}")]
    public void Coercions_are_those_of_the_contract(string name, string json, string expected) =>
        Fields()[name].Coerce(JsonElement.Parse(json)).ToString().ShouldBe(expected);

    [Fact]
    public void Field_definitions_read_back_as_they_were_written()
    {
        var collection = new Collection { Id = "c", Name = "c", Fields = [.. Fields().Values.Select((field, i) => field with { Id = $"f{i}", Name = $"f{i}", Hidden = i % 2 == 0, Presentable = i % 3 == 0 })] };
        var stored = CollectionJson.ToStorage(collection);
        CollectionJson.ToStorage(CollectionJson.FromStorage(stored)).ShouldBe(stored);
        var restored = CollectionJson.FromStorage(stored).Fields;
        for (var i = 0; i < restored.Length; i++) restored[i].GetType().ShouldBe(collection.Fields[i].GetType());
        ((NumberField)restored[5]).Min.ShouldBe(-5);
        ((SelectField)restored[2]).Values.ShouldBe(["a", "b"]);
    }

    private static void Holds(Field field, string json)
    {
        using var document = JsonDocument.Parse(json);
        var value = field.Coerce(document.RootElement);
        value.Kind.ShouldBe(field.Zero.Kind, json);
        _ = field.Check(value);
        foreach (var modifier in Enum.GetValues<ValueModifier>())
        {
            if (field.Modify(modifier, value, document.RootElement) is { } modified) modified.Kind.ShouldBe(field.Zero.Kind, json);
        }
        if (value.Kind == FieldValueKind.Number && !double.IsFinite(value.AsNumber))
        {
            field.Check(value)!.Code.ShouldBe("validation_not_a_number");
            return;
        }
        // A single choice whose text is itself a JSON list is read as that list: the contract cannot tell the two apart.
        if (field is SelectField or FileField or RelationField && value.AsText.StartsWith('[')) return;
        if (field is JsonField && field.Check(value) is { Code: "validation_invalid_json" }) return;
        var sentBack = Write(value);
        field.Coerce(sentBack).ShouldBe(value, json);
    }

    private static JsonElement Write(FieldValue value)
    {
        var text = value.Kind switch
        {
            FieldValueKind.Text => JsonSerializer.Serialize(value.AsText),
            FieldValueKind.Number => value.AsNumber.ToString("R", CultureInfo.InvariantCulture),
            FieldValueKind.Bool => value.AsBool ? "true" : "false",
            FieldValueKind.List => JsonSerializer.Serialize(value.AsList),
            _ => value.AsJson,
        };
        return JsonElement.Parse(text);
    }

    private static Dictionary<string, Field> Fields() => new()
    {
        ["text"] = new TextField { Name = "f", Pattern = "^[a-z]*$", AutogeneratePattern = "[a-z]{5}" },
        ["editor"] = new EditorField { Name = "f", MaxSize = 10, ConvertUrls = true },
        ["select"] = new SelectField { Name = "f", Values = ["a", "b"] },
        ["selects"] = new SelectField { Name = "f", Values = ["a", "b"], MaxSelect = 2 },
        ["bool"] = new BoolField { Name = "f", Required = true },
        ["number"] = new NumberField { Name = "f", Min = -5, Max = 5.5 },
        ["email"] = new EmailField { Name = "f", OnlyDomains = ["example.com"] },
        ["url"] = new UrlField { Name = "f", ExceptDomains = ["example.com"] },
        ["date"] = new DateField { Name = "f", Min = "2020-01-01 00:00:00.000Z" },
        ["autodate"] = new AutodateField { Name = "f", OnCreate = true },
        ["file"] = new FileField { Name = "f", MimeTypes = ["image/png"], Thumbs = ["10x10"] },
        ["files"] = new FileField { Name = "f", MaxSelect = 3 },
        ["relation"] = new RelationField { Name = "f", CollectionId = "c" },
        ["relations"] = new RelationField { Name = "f", CollectionId = "c", MinSelect = 1, MaxSelect = 3, CascadeDelete = true },
        ["json"] = new JsonField { Name = "f" },
        ["geoPoint"] = new GeoPointField { Name = "f" },
        ["password"] = new PasswordField { Name = "f", Min = 8, Cost = 5 },
    };

    internal static Gen<string> Json(int depth)
    {
        var text = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(s => JsonSerializer.Serialize(s ?? "")),
            ArbMap.Default.GeneratorFor<DateTime>().Select(d => JsonSerializer.Serialize(d)),
            Gen.Elements(Notable).Where(s => s[0] != '"').Select(s => JsonSerializer.Serialize(s)));
        var number = ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(d => d.ToString("R", CultureInfo.InvariantCulture));
        var scalar = Gen.OneOf(text, number, ArbMap.Default.GeneratorFor<long>().Select(n => n.ToString(CultureInfo.InvariantCulture)), Gen.Elements(Notable));
        if (depth == 0) return scalar;
        var inner = Json(depth - 1);
        return Gen.OneOf(
            scalar,
            Gen.ListOf(inner).Select(items => $"[{string.Join(",", items)}]"),
            Gen.ListOf(Gen.Two(inner)).Select(pairs => $"{{{string.Join(",", pairs.Select((pair, i) => $"\"k{i}\":{pair.Item1}"))}}}"),
            Gen.Two(number).Select(pair => $"{{\"lon\":{pair.Item1},\"lat\":{pair.Item2}}}"));
    }
}
