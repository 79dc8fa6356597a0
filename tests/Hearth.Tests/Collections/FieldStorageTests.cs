using System.Text.Json;
using FsCheck.Fluent;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>What a field makes of any input comes back from the database as it went in.</summary>
public sealed class FieldStorageTests(CleanApp shared) : IClassFixture<CleanApp>, IAsyncLifetime
{
    private const string Definition = """
        {"name":"all","fields":[{"name":"text","type":"text"},{"name":"editor","type":"editor"},{"name":"number","type":"number"},{"name":"bool","type":"bool"},
        {"name":"email","type":"email"},{"name":"url","type":"url"},{"name":"date","type":"date"},{"name":"one","type":"select","values":["a","b","[broken"]},
        {"name":"many","type":"select","values":["a","b","true","0","[broken"],"maxSelect":5},{"name":"json","type":"json"},{"name":"geo","type":"geoPoint"}]}
        """;

    private TestApp app = null!;

    public async Task InitializeAsync() => app = await shared.BeginAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Accepted_values_come_back_as_they_were_coerced()
    {
        var members = JsonElement.Parse(Definition).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var made = await app.App.Schemas.ChangeAsync(schema => Proposals.Create(schema, members, app.App.Schemas.Now), default);
        var collection = made.Value.Find("all")!;
        string[] inputs = [.. FieldRoundTripTests.Notable, .. FieldRoundTripTests.Json(2).Sample(150, 30), .. new[] { "a", "b" }.Select(s => JsonSerializer.Serialize(s)), """["b","a"]""", "\"a@b.co\"", "\"https://x.y\""];
        var stored = 0;
        foreach (var input in inputs)
        {
            var element = JsonElement.Parse(input);
            var expected = collection.Fields.Skip(1).Select(field => (Field: field, Value: field.Coerce(element))).Where(pair => pair.Field.Check(pair.Value) is null).ToList();
            var body = expected.ToDictionary(pair => pair.Field.Name, _ => element);
            var created = await app.App.Records.CreateAsync(made.Value, collection, new Submission(body), RequestFacts.None);
            created.Failed(out var fault).ShouldBeFalse($"{input}: {fault?.Cause} {string.Join(",", fault?.Data.Entries ?? [])}");
            var back = (await app.App.Records.FindAsync(collection, created.Value.Id))!;
            foreach (var (field, value) in expected)
            {
                Same(back[field.Name], value).ShouldBeTrue($"{field.Name} of {input}: {back[field.Name]} instead of {value}");
                stored++;
            }
        }
        stored.ShouldBeGreaterThan(inputs.Length * 4);
    }

    /// <summary>JSON numbers may come back in another spelling of the same number.</summary>
    private static bool Same(FieldValue one, FieldValue other) =>
        one == other || (one.Kind == FieldValueKind.Json && other.Kind == FieldValueKind.Json && JsonElement.DeepEquals(JsonElement.Parse(one.AsJson), JsonElement.Parse(other.AsJson))) ||
        (double.TryParse(one.AsJson, out var a) && double.TryParse(other.AsJson, out var b) && a == b);
}
