using Hearth.Data.Compile;
using Hearth.Data.Compile.Kept;
using Hearth.Data.Postgres.Compile;
using Hearth.Data.Sqlite.Compile;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Meaning;

public sealed class KeptTextsTests
{
    public static TheoryData<string, int> Runs => new() { { "sqlite", 1 }, { "sqlite", 2 }, { "sqlite", 3 }, { "postgres", 1 }, { "postgres", 2 }, { "postgres that writes", 3 } };

    // The kept text must be what the compiler itself would say, with the values of this plan, whatever was asked before.
    [Theory, MemberData(nameof(Runs))]
    public void A_kept_statement_is_the_compiled_one(string engine, int seed)
    {
        var random = new Random(seed);
        var words = WordsOf(engine);
        var texts = new KeptTexts(words);
        for (var i = 0; i < 2000; i++)
        {
            var plan = RandomPlan(random);
            foreach (var asked in Enum.GetValues<Asked>())
            {
                var (kept, compiled) = (texts.Of(plan, asked), SelectCompiler.Compile(plan, asked, words));
                kept.Text.ShouldBe(compiled.Text);
                kept.Arguments.ShouldBe(compiled.Arguments);
            }
        }
        texts.Compiled.ShouldBeInRange(100, 7500, "otherwise nothing was kept, or nothing differed");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void A_kept_insert_is_the_compiled_one(string engine)
    {
        var words = WordsOf(engine);
        var inserts = new KeptInserts(words);
        var tags = Shop.Tags;
        FieldValue[] Row(string id) => [.. tags.Fields.Select(f => f.Name == "id" ? FieldValue.Text(id) : FieldValue.Null)];
        inserts.Of(new InsertRow(tags, Row("first")));
        var row = new InsertRow(tags, Row("second"));
        var (kept, compiled) = (inserts.Of(row), WriteCompiler.Compile(row, words));
        kept.Text.ShouldBe(compiled.Text);
        kept.Arguments.ShouldBe(compiled.Arguments);
    }

    private static EngineWords WordsOf(string engine) => engine switch
    {
        "sqlite" => SqliteWords.All,
        "postgres" => PostgresWords.Reading,
        _ => PostgresWords.Writing,
    };

    private static ReadPlan RandomPlan(Random random)
    {
        FieldValue[] row = [.. Shop.Posts.Fields.Select(f => f.Type switch
        {
            FieldType.Number => FieldValue.Number(random.Next(3) / 2.0),
            FieldType.Json => FieldValue.Json(random.Next(2) == 0 ? "5" : "\"five\""),
            _ => random.Next(2) == 0 ? FieldValue.Null : FieldValue.Text("x" + random.Next(3)),
        })];
        var shop = new Shop(new BaseSource(Shop.Posts, random.Next(8) == 0 ? row : null));
        Filter[] parts =
        [
            FilterModelTests.RandomFilter(random, shop, random.Next(3)),
            new IdIn(shop.Base, [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"p{i + random.Next(5)}")]),
            new RefersTo(shop.Base, Shop.Relation(Shop.Posts, "tags"), [$"t{random.Next(5)}"]),
            Shop.Is(new Lower(shop.F("title")), "=", Shop.Lit(random.Next(2) == 0 ? "Upper" : "lower")),
            Shop.Is(shop.F("title"), "~", Shop.Lit(random.Next(2) == 0 ? "%end\\" : "%end%")),
            Shop.Is(shop.F("meta"), "=", new Literal(FieldValue.Json(random.Next(2) == 0 ? "null" : "{\"a\":1}"))),
            Shop.Is(shop.F("tags"), "!=", new Literal(FieldValue.List(["t1", random.Next(2) == 0 ? "t2" : "t3"]))),
            new RefersTo(shop.Base, Shop.Relation(Shop.Posts, "tags"), [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => $"t{i}")]),
            Shop.Is(new JsonPath(shop.Base, Shop.Posts.FindField("meta")!, [random.Next(2) == 0 ? "a" : "b", "0"]), ">", Shop.Lit(random.Next(3))),
            Shop.Is(new DateFormat(random.Next(2) == 0 ? "%Y" : "%m", shop.F("day"), [.. Enumerable.Repeat("+1 day", random.Next(3))]), "=", Shop.Lit("2024")),
            Shop.Is(new GeoDistance(Shop.Lit(random.Next(9)), Shop.Lit(1), Shop.Lit(2), Shop.Lit(3)), "<", Shop.Lit(random.Next(9))),
        ];
        var plan = new ReadPlan
        {
            From = shop.Base,
            Columns = [.. Shop.Posts.Fields.Skip(random.Next(3)).Select(f => new OutputColumn(f, random.Next(9) == 0 ? parts[1] : null))],
            Where = new AllOf([.. parts.Where(_ => random.Next(5) == 0)]),
            Sort = [.. new Operand[] { shop.F("views"), Shop.Of(shop.PostTags, "name"), new RandomOrder() }.Where(_ => random.Next(3) == 0).Select(by => new SortKey(by, random.Next(2) == 0))],
        };
        return plan with { Offset = random.Next(3) == 0 ? random.Next(5) : 0, Limit = random.Next(3) == 0 ? null : 10 * random.Next(1, 4) };
    }
}
