using System.Text.Json;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>Random rules and filters over random records: the engine finds exactly what the plan means.</summary>
public sealed class MeaningTests
{
    private const string Blog = """
        teams
          list:
          title text
          rank number
        users
          list: name != "b" && groups.title ?!= "a"
          name text
          age number
          team relation teams
          groups relation* teams
        profiles
          list:
          user relation users
          bio text
          unique user
        posts
          list:
          title text
          views number
          kinds select*
          author relation users
          editors relation* users
          parent relation posts
        comments
          list: likes > 0 && author.age = 1
          text text
          likes number
          post relation posts
          posts relation* posts
          author relation users
        """;

    private static readonly string[] Texts =
    [
        "title", "author.name", "author.team.title", "editors.name", "editors.team.title", "editors.groups.title", "comments_via_post.text",
        "comments_via_posts.author.name", "comments_via_post.author.groups.title", "kinds:each", "parent.kinds:each", "parent.title", "author",
        "author.profiles_via_user.bio", "posts_via_parent.title", "posts_via_parent.kinds:each", "title:lower", "parent.id", "editors.id",
        "'a'", "'b'", "''", "null",
    ];

    private static readonly string[] Numbers =
    [
        "views", "author.age", "editors.age", "comments_via_post.likes", "comments_via_posts.likes", "kinds:length", "editors:length",
        "parent.views", "editors.team.rank", "0", "1", "2", "null", "''",
    ];

    private static readonly string[] RuleTexts =
    [
        .. Texts, "@collection.teams.title", "@collection.teams:x.title", "@collection.comments.author.name", "@request.body.editors.name",
        "@request.body.author.groups.title", "@request.body.kinds:each", "@request.auth.groups.title", "@request.auth.name",
    ];

    private static readonly string[] RuleNumbers = [.. Numbers, "@collection.teams.rank", "@request.body.editors.age", "@request.auth.age", "@collection.comments.likes"];

    private static readonly string[] Kinds = ["a", "b", "c"];

    private static readonly string[] Operators = ["=", "!=", ">", ">=", "<", "<=", "~", "!~"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task The_engine_finds_what_the_plan_means(int seed)
    {
        var random = new Random(seed);
        var schema = SchemaText.Read(Blog);
        await using var database = await TestDatabase.OpenAsync([.. schema.Collections]);
        var tables = await FillAsync(schema, database, random);
        var posts = schema.Find("posts")!;
        var users = schema.Find("users")!;
        var facts = new RequestFacts
        {
            Caller = Caller.Of(users, tables["users"][0]),
            Body = JsonDocument.Parse("""{"editors":["u0","u2"],"author":"u1","kinds":["a","b"]}""").RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
        };
        var meaning = new PlanMeaning(tables);
        var found = 0;
        for (var i = 0; i < 150; i++)
        {
            var rule = random.Next(3) > 0 ? Expression(random, RuleTexts, RuleNumbers, 2) : null;
            var filter = random.Next(3) > 0 ? Expression(random, Texts, Numbers, 2) : "";
            var plan = new Planner(schema, facts).List(posts, rule, new ListQuery(filter, "", 1, 1000)).Value;
            var expected = string.Join(' ', meaning.Ids(plan));
            (await database.IdsAsync(plan)).ShouldBe(expected, $"rule {rule}\nfilter {filter}\n{PlanText.Of(plan)}");
            (await database.CountAsync(plan)).ShouldBe(expected.Length == 0 ? 0 : expected.Split(' ').Length);
            if (expected.Length is > 0 and < 11) found++;
        }
        // Not all or nothing: the comparison would say little.
        found.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task The_engine_judges_rows_that_are_not_stored_as_the_plan_means(int seed)
    {
        var random = new Random(seed);
        var schema = SchemaText.Read(Blog);
        await using var database = await TestDatabase.OpenAsync([.. schema.Collections]);
        var tables = await FillAsync(schema, database, random);
        var posts = schema.Find("posts")!;
        var planner = new Planner(schema, new RequestFacts { Caller = Caller.Of(schema.Find("users")!, tables["users"][1]) });
        var meaning = new PlanMeaning(tables);
        var passed = 0;
        for (var i = 0; i < 150; i++)
        {
            var row = TestDatabase.Insert(posts, [.. posts.Fields.Select(f => (f.Name, (object?)Value(f, 'p', 9, random)))]).Values;
            var rule = Expression(random, RuleTexts, RuleNumbers, 2);
            var plan = planner.Virtual(posts, row, rule).Value;
            var expected = meaning.Ids(plan).Any();
            (await database.CountAsync(plan) > 0).ShouldBe(expected, $"rule {rule}\nrow {string.Join(" | ", row)}\n{PlanText.Of(plan)}");
            if (expected) passed++;
        }
        passed.ShouldBeInRange(20, 130);
    }

    private static string Expression(Random random, string[] texts, string[] numbers, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            var sides = random.Next(2) == 0 ? texts : numbers;
            return $"{sides[random.Next(sides.Length)]} {(random.Next(2) == 0 ? "?" : "")}{Operators[random.Next(Operators.Length)]} {sides[random.Next(sides.Length)]}";
        }
        var (left, right) = (Expression(random, texts, numbers, depth - 1), Expression(random, texts, numbers, depth - 1));
        return $"({left} {(random.Next(2) == 0 ? "&&" : "||")} {right})";
    }

    private static async Task<Dictionary<string, List<IReadOnlyList<FieldValue>>>> FillAsync(SchemaSnapshot schema, TestDatabase database, Random random)
    {
        var tables = new Dictionary<string, List<IReadOnlyList<FieldValue>>>();
        foreach (var collection in schema.Collections)
        {
            var rows = tables[collection.Name] = [];
            for (var i = 0; i < (collection.Name == "posts" ? 4 : 3); i++)
            {
                var values = collection.Fields.Select(f => (f.Name, (object?)Value(f, collection.Name[0], i, random))).ToArray();
                (await database.InsertAsync(collection, values)).ShouldBeNull();
                rows.Add(TestDatabase.Insert(collection, values).Values);
            }
        }
        return tables;
    }

    private static FieldValue Value(Field field, char prefix, int i, Random random)
    {
        string[] some = ["", "a", "b", "ab", "B"];
        switch (field)
        {
            case { Name: "id" }:
                return FieldValue.Text($"{prefix}{i}");
            case { Name: "user" }:
                return FieldValue.Text($"u{i}");
            case NumberField:
                return FieldValue.Number(random.Next(3));
            case SelectField:
                return FieldValue.List([.. Kinds.Where(_ => random.Next(2) == 0)]);
            case RelationField relation:
                // Sometimes a record that does not exist.
                var ids = Enumerable.Range(0, 4).Select(n => $"{relation.CollectionId[2]}{n}").Where(_ => random.Next(3) == 0).ToArray();
                return relation.Multiple ? FieldValue.List(ids) : FieldValue.Text(ids.Length == 0 ? "" : ids[0]);
            default:
                return FieldValue.Text(some[random.Next(some.Length)]);
        }
    }
}
