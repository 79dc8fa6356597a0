using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary><c>@request.auth.FIELD</c> compares as the field of the record itself does: on both sides, beside literals of any type, and beside other fields.</summary>
public sealed class OwnFieldTests : IAsyncLifetime
{
    private static readonly SchemaSnapshot Schema = SchemaText.Read("""
        teams
          name text
        auth users
          lvl number
          ok bool
          since date
          code text
          none text
          nick text
          one select
          tags select*
          meta json
          pt geoPoint
          org relation teams
          orgs relation* teams
        """);

    private static readonly string[] Fields =
    [
        "lvl", "ok", "since", "code", "none", "nick", "one", "tags", "tags:each", "meta", "meta.n", "meta.role", "meta.nothing", "meta.null", "meta.list.0", "meta.yes", "pt", "pt.lon", "org", "org.id", "orgs",
        "code:lower", "lvl:lower", "meta.role:lower",
    ];

    private static readonly string[] Others =
    [
        "'3'", "3", "'3.0'", "''", "null", "true", "'true'", "'1'", "0", "10", "'10'", "'10.0'", "'abc'", "'A%c'", "2024", "@year", "@now", "'2024-01-01 00:00:00.000Z'", "'editor'", "'t1'", "5",
        "lvl", "ok", "since", "code", "none", "meta", "meta.n", "meta.role", "meta.nothing", "tags", "pt", "pt.lon", "org.name", "orgs.name", "orgs", "id",
    ];

    private static readonly string[] Operators = ["=", "!=", ">", ">=", "<", "<=", "~", "!~"];

    private readonly Collection users = Schema.Find("users")!;
    private readonly List<IReadOnlyList<FieldValue>> rows = [];
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.OpenAsync([.. Schema.Collections]);
        var teams = Schema.Find("teams")!;
        await database.InsertAsync(teams, ("id", "t1"), ("name", "10"));
        await database.InsertAsync(teams, ("id", "t2"), ("name", ""));
        (string, object?)[][] people =
        [
            [("id", "a"), ("lvl", 3), ("ok", true), ("since", "2024-01-01 00:00:00.000Z"), ("code", "10"), ("nick", "a%c"), ("one", "a"), ("tags", (string[])["a", "b"]),
                ("meta", FieldValue.Json("""{"n":5,"role":"editor","null":null,"list":["10"],"yes":true}""")), ("pt", GeoPointField.ValueOf(3, 5)), ("org", "t1"), ("orgs", (string[])["t1", "gone", "t2"])],
            [("id", "b"), ("lvl", 0), ("ok", false), ("since", ""), ("code", "Abc"), ("nick", "_"), ("meta", FieldValue.Json("10")), ("org", "gone"), ("orgs", (string[])["t2"])],
            [("id", "c"), ("lvl", 10), ("code", ""), ("nick", "10"), ("tags", (string[])["c"]), ("meta", FieldValue.Json("""{"n":"3","role":"","list":[3.5]}""")), ("pt", GeoPointField.ValueOf(10, 0))],
        ];
        foreach (var person in people)
        {
            (await database.InsertAsync(users, person)).ShouldBeNull();
            rows.Add(TestDatabase.Insert(users, person).Values);
        }
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task It_compares_as_the_field_does(int seed)
    {
        var random = new Random(seed);
        var passed = 0;
        for (var i = 0; i < 700; i++)
        {
            var row = rows[random.Next(rows.Count)];
            var (field, other) = (Fields[random.Next(Fields.Length)], Others[random.Next(Others.Length)]);
            var comparison = $"{(random.Next(3) == 0 ? "?" : "")}{Operators[random.Next(Operators.Length)]}";
            var isLeft = random.Next(2) == 0;
            var expected = await HoldsAsync(row, isLeft ? $"{field} {comparison} {other}" : $"{other} {comparison} {field}");
            var own = "@request.auth." + field;
            (await HoldsAsync(row, isLeft ? $"{own} {comparison} {other}" : $"{other} {comparison} {own}")).ShouldBe(expected, $"{row[users.OrdinalOf("id")]}: {own}, {isLeft}, {comparison}, {other}");
            // Both sides of the caller.
            if (char.IsAsciiLetter(other[0]) && other is not ("null" or "true" or "id"))
            {
                var both = isLeft ? $"{own} {comparison} @request.auth.{other}" : $"@request.auth.{other} {comparison} {own}";
                (await HoldsAsync(row, both)).ShouldBe(expected, $"{row[users.OrdinalOf("id")]}: {both}");
            }
            if (expected) passed++;
        }
        passed.ShouldBeInRange(150, 550);
    }

    /// <summary>Verdicts that existing rules were written for; the first account asks.</summary>
    [Theory]
    [InlineData("@request.auth.lvl = '3'", true)]
    [InlineData("@request.auth.lvl != '3'", false)]
    [InlineData("@request.auth.lvl >= '1'", true)]
    [InlineData("@request.auth.lvl < '1'", false)]
    [InlineData("'3' <= @request.auth.lvl", true)]
    [InlineData("@request.auth.ok = '1'", true)]
    [InlineData("@request.auth.ok < '1'", false)]
    [InlineData("@request.auth.since >= 2024", false)]
    [InlineData("@request.auth.code < 9", true)]
    [InlineData("@request.auth.code = 10", false)]
    [InlineData("@request.auth.meta.null = ''", false)]
    [InlineData("@request.auth.meta.null = null", true)]
    [InlineData("@request.auth.meta.nothing != ''", true)]
    [InlineData("'xaxxc' ~ @request.auth.nick", true)]
    [InlineData("@request.auth.lvl < since", true)]
    [InlineData("@request.auth.nothing = null", true)]
    [InlineData("@request.auth.lvl.x = null", true)]
    [InlineData("@request.auth.lvl:isset = true", true)]
    // What comes with the sign-in is a plain value.
    [InlineData("@request.auth.verified = '0'", false)]
    [InlineData("@request.auth.verified = false", true)]
    public async Task What_rules_say_of_the_caller(string rule, bool holds) => (await HoldsAsync(rows[0], rule)).ShouldBe(holds);

    private async Task<bool> HoldsAsync(IReadOnlyList<FieldValue> caller, string rule)
    {
        var facts = new RequestFacts { Caller = Caller.Of(users, caller), Now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        var plan = new Planner(Schema, facts).One(users, caller[users.OrdinalOf("id")].AsText, rule);
        plan.Failed(out var fault, out var one).ShouldBeFalse($"{rule}: {fault}");
        return await database.CountAsync(one) > 0;
    }
}
