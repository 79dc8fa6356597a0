using System.Text;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;
using static Hearth.Tests.Meaning.Shop;

namespace Hearth.Tests.Meaning;

/// <summary>Order, pages, virtual rows and hidden columns.</summary>
public sealed class OrderTests(FilterTests.Data data) : IClassFixture<FilterTests.Data>
{
    private static readonly (string Name, Func<Shop, SortKey[]> Keys, string Ids)[] Cases =
    [
        ("storage order without keys", _ => [], "p1 p2 p3 p4 p5"),
        ("storage order", s => [Up(new StorageOrder(s.Base))], "p1 p2 p3 p4 p5"),
        ("storage order, newest first", s => [Down(new StorageOrder(s.Base))], "p5 p4 p3 p2 p1"),
        ("number", s => [Up(s.F("views"))], "p5 p4 p2 p1 p3"),
        ("number, greatest first", s => [Down(s.F("views"))], "p3 p1 p2 p4 p5"),
        ("ties in storage order", s => [Up(s.F("hot"))], "p2 p4 p5 p1 p3"),
        ("ties against storage order when the last key descends", s => [Down(s.F("hot"))], "p3 p1 p5 p4 p2"),
        ("two keys", s => [Down(s.F("hot")), Up(s.F("title"))], "p1 p3 p4 p2 p5"),
        ("lower case", s => [Up(new Lower(s.F("title")))], "p4 p1 p2 p3 p5"),
        ("relation, missing first", s => [Up(Of(s.Author, "name"))], "p3 p4 p1 p5 p2"),
        ("json path", s => [Down(new JsonPath(s.Base, Posts.FindField("place")!, ["lon"]))], "p2 p1 p5 p4 p3"),
        ("list length", s => [Down(new ItemCount(s.Base, Posts.FindField("tags")!)), Up(s.F("title"))], "p1 p3 p2 p5 p4"),
        ("several: least ascending", s => [Up(Of(s.PostTags, "weight"))], "p4 p1 p2 p3 p5"),
        ("several: greatest descending", s => [Down(Of(s.PostTags, "weight"))], "p3 p5 p1 p2 p4"),
        ("back-relation", s => [Down(Of(s.PostComments, "text"))], "p2 p1 p3 p5 p4"),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Sorts(string name)
    {
        var (_, keys, ids) = Cases.Single(c => c.Name == name);
        var shop = new Shop();
        (await data.Database.IdsAsync(new ReadPlan { From = shop.Base, Sort = [.. keys(shop)] })).ShouldBe(ids);
    }

    [Theory]
    [InlineData(0, 2, "p5 p4")]
    [InlineData(1, 2, "p4 p2")]
    [InlineData(4, 2, "p3")]
    [InlineData(9, 2, "")]
    [InlineData(3, null, "p1 p3")]
    [InlineData(0, 0, "")]
    public async Task Pages(int offset, int? limit, string ids)
    {
        var shop = new Shop();
        var plan = new ReadPlan { From = shop.Base, Sort = [Up(shop.F("views"))], Offset = offset, Limit = limit };
        (await data.Database.IdsAsync(plan)).ShouldBe(ids);
        (await data.Database.CountAsync(plan)).ShouldBe(5, "a count leaves the page aside");
    }

    [Fact]
    public async Task Random_order_gives_every_row_once()
    {
        var shop = new Shop();
        var ids = await data.Database.IdsAsync(new ReadPlan { From = shop.Base, Sort = [Up(new RandomOrder())] });
        ids.Split(' ').Order().ShouldBe(["p1", "p2", "p3", "p4", "p5"]);
    }

    [Fact]
    public async Task A_column_that_a_row_hides_comes_as_NULL()
    {
        var from = new BaseSource(Users);
        var visible = Is(Of(from, "emailVisibility"), "=", true);
        var plan = new ReadPlan { From = from, Columns = [new OutputColumn(Users.FindField("id")!), new OutputColumn(Users.FindField("email")!, visible)] };
        using var session = await data.Database.Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(plan, default);
        var seen = new List<string>();
        while (await rows.NextAsync(default)) seen.Add($"{rows.KindOf(1)} {Encoding.UTF8.GetString(rows.Utf8Of(1))}");
        seen.ShouldBe(["Text ann@x.test", "Null ", "Null "]);
    }

    [Theory]
    [InlineData("views", "=", "10", true)]
    [InlineData("views", ">", "9.5", true)]
    [InlineData("code", "=", "123", true)]
    [InlineData("title", "~", "%fresh%", true)]
    [InlineData("kinds", "~", "%\"b\"%", true)]
    [InlineData("id", "=", "new1", true)]
    [InlineData("id", "=", "p1", false)]
    public async Task A_row_that_is_not_stored_yet_is_compared_like_a_stored_one(string field, string op, string value, bool holds)
    {
        var shop = new Shop(VirtualPost());
        (await AnyAsync(shop, Is(shop.F(field), op, value))).ShouldBe(holds);
    }

    [Fact]
    public async Task A_row_that_is_not_stored_yet_has_relations_json_and_items()
    {
        var shop = new Shop(VirtualPost());
        (await AnyAsync(shop, Is(Of(shop.Author, "name"), "=", "Bob"))).ShouldBeTrue();
        (await AnyAsync(shop, Is(Of(shop.PostTags, "weight"), "=", 3))).ShouldBeTrue();
        (await AnyAsync(shop, Is(new Item(shop.Kinds), "?=", "b"))).ShouldBeTrue();
        (await AnyAsync(shop, Is(shop.F("meta"), "=", 7))).ShouldBeTrue();
        (await AnyAsync(shop, Is(new JsonPath(shop.Base, Posts.FindField("place")!, ["lat"]), "=", 2))).ShouldBeTrue();
        (await AnyAsync(shop, Is(shop.F("hot"), "=", true))).ShouldBeTrue();
        (await AnyAsync(shop, Is(Of(shop.PostComments, "id"), "=", ""))).ShouldBeTrue("nothing refers to it yet");
        (await AnyAsync(shop, Is(Of(new CollectionSource(Posts), "id"), "?=", "new1"))).ShouldBeFalse("it is not in the table");
        (await data.Database.CountAsync(new ReadPlan { From = shop.Base })).ShouldBe(1);
    }

    private static BaseSource VirtualPost() => new(Posts, TestDatabase.Insert(Posts, ("id", "new1"), ("title", "A fresh one"), ("code", "123"), ("views", 10),
        ("hot", true), ("meta", FieldValue.Json("7")), ("place", FieldValue.Json("""{"lon":1,"lat":2}""")), ("kinds", FieldValue.List(["b"])),
        ("author", "u2"), ("tags", FieldValue.List(["t3"]))).Values);

    private async Task<bool> AnyAsync(Shop shop, Filter filter)
    {
        using var session = await data.Database.Engine.ReadAsync(default);
        return await session.AnyAsync(new ReadPlan { From = shop.Base, Where = filter }, default);
    }

    private static SortKey Up(Operand by) => new(by, false);

    private static SortKey Down(Operand by) => new(by, true);
}
