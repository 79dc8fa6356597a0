using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Planning;
using Shouldly;
using Xunit;
using static Hearth.Tests.Meaning.Shop;

namespace Hearth.Tests.Meaning;

/// <summary>Random conditions over random rows: the engine and the plain model find the same records.</summary>
public sealed class FilterModelTests
{
    private static readonly string[] Texts = ["", "a", "b"];
    private static readonly string[] Operators = ["=", "!=", ">", "<="];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Agree(int seed)
    {
        var random = new Random(seed);
        await using var database = await TestDatabase.OpenAsync(Users, Tags, Posts, Comments, Profiles);
        var tables = await FillAsync(database, random);
        var model = new FilterModel(tables);
        var found = 0;
        for (var i = 0; i < 250; i++)
        {
            var shop = new Shop();
            var filter = RandomFilter(random, shop, i / 80);
            var plan = new ReadPlan { From = shop.Base, Where = filter };
            var expected = model.Find(shop.Base, filter);
            (await database.IdsAsync(plan)).ShouldBe(expected, $"seed {seed}, condition {i}: {PlanText.Of(plan)}");
            if (expected.Length > 0) found++;
        }
        found.ShouldBeInRange(25, 225, "conditions that find nothing or everything prove little");
    }

    private static async Task<Dictionary<Collection, List<Dictionary<string, object>>>> FillAsync(TestDatabase database, Random random)
    {
        var tables = new Dictionary<Collection, List<Dictionary<string, object>>> { [Users] = [], [Tags] = [], [Posts] = [], [Comments] = [], [Profiles] = [] };
        for (var i = 1; i <= 3; i++) await AddAsync(Users, ("id", $"u{i}"), ("name", Pick(Texts)), ("age", Number()));
        for (var i = 1; i <= 3; i++) await AddAsync(Tags, ("id", $"t{i}"), ("name", Pick(Texts)), ("weight", Number()));
        for (var i = 1; i <= 8; i++)
        {
            await AddAsync(Posts, ("id", $"p{i}"), ("title", Pick(Texts)), ("code", Pick(Texts)), ("views", Number()), ("author", Pick(["", "u1", "u2", "u3"])),
                ("tags", Some("t1", "t2", "t3")), ("kinds", Some("a", "b", "c")));
        }
        for (var i = 1; i <= 8; i++)
        {
            await AddAsync(Comments, ("id", $"c{i}"), ("post", $"p{random.Next(1, 9)}"), ("author", Pick(["", "u1", "u2", "u3"])), ("text", Pick(Texts)), ("likes", Some("u1", "u2", "u3")));
        }
        return tables;

        string Pick(string[] values) => values[random.Next(values.Length)];
        double Number() => random.Next(0, 3);
        string[] Some(params string[] values) => [.. values.Where(_ => random.Next(3) == 0)];
        async Task AddAsync(Collection collection, params (string Field, object Value)[] values)
        {
            (await database.InsertAsync(collection, [.. values.Select(v => (v.Field, (object?)v.Value))])).ShouldBeNull();
            tables[collection].Add(values.ToDictionary(v => v.Field, v => v.Value));
        }
    }

    internal static Filter RandomFilter(Random random, Shop shop, int depth) => random.Next(depth == 0 ? 6 : 10) switch
    {
        < 5 => RandomCompare(random, shop),
        5 => new Missing(Pick<Source>(random, [shop.Author, shop.PostTags, shop.PostComments, shop.CommentAuthor])),
        6 or 7 => new AllOf([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => RandomFilter(random, shop, depth - 1))]),
        8 => new AnyOf([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => RandomFilter(random, shop, depth - 1))]),
        _ => new Not(RandomFilter(random, shop, depth - 1)),
    };

    private static Compare RandomCompare(Random random, Shop shop)
    {
        Operand[] texts =
        [
            shop.F("title"), shop.F("code"), Of(shop.Author, "name"), Of(shop.PostTags, "name"), Of(shop.PostComments, "text"), Of(shop.CommentAuthor, "name"),
            Of(shop.CommentLikes, "name"), new Item(shop.Kinds), Of(shop.AnyUser, "name"), Of(shop.LikedBy, "text"),
            Of(shop.PostComments, "text"), Of(shop.PostComments, "text"),
        ];
        Operand[] numbers = [shop.F("views"), Of(shop.Author, "age"), Of(shop.PostTags, "weight"), Of(shop.CommentAuthor, "age"), Of(shop.AnyUser, "age")];
        var numeric = random.Next(3) == 0;
        var operands = numeric ? numbers : texts;
        var left = Pick(random, operands);
        var right = random.Next(3) == 0 ? Pick(random, operands) : numeric ? Lit(random.Next(0, 3)) : Lit(random.Next(5) == 0 ? null : Pick(random, Texts));
        if (random.Next(4) == 0) (left, right) = (right, left);
        return Is(left, (random.Next(2) == 0 ? "?" : "") + Pick(random, Operators), right);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
