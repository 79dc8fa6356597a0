using System.Text.Json;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Meaning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>What the planner lets through, the engine can run: the largest filters and rules that are allowed, on a real database.</summary>
public sealed class HostileFilterTests
{
    private static readonly SchemaSnapshot Schema = SchemaText.Read(File.ReadAllText(Path.Combine(PlanCase.Folder(), "blog.schema")).Replace("view stats", "stats"));

    private static readonly Dictionary<string, (string Name, string To)[]> Steps = new()
    {
        ["posts"] = [("author", "users"), ("hiddenRel", "users"), ("parent", "posts")],
        ["users"] = [("team", "teams"), ("profiles_via_user", "profiles")],
        ["teams"] = [("owner", "users")],
        ["profiles"] = [("user", "users")],
    };

    public static TheoryData<string, string> Large()
    {
        var nested = string.Concat(Enumerable.Range(0, 95).Select(i => i % 2 == 0 ? "(title='a'&&" : "(views=1||")) + "views=1" + new string(')', 95);
        var nestedMulti = string.Concat(Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? "(tags:each='a'&&" : "(editors.name='b'||")) + "views=1" + new string(')', 50);
        return new TheoryData<string, string>
        {
            { "200 comparisons", string.Join("||", Enumerable.Repeat("title=''", 200)) },
            { "200 comparisons of all items", string.Join("||", Enumerable.Repeat("tags:each=1", 200)) },
            { "200 comparisons in turn", string.Join("&&", Enumerable.Repeat("(title='a'||views=1)", 100)) },
            { "nested", nested },
            { "nested over several rows", nestedMulti },
            { "a list index beyond all lists", "meta.99999999999999999999.a = 1 || meta.4294967296 = 1 || meta.00 = 1" },
            { "odd json names", "meta._ = 1 || meta.a_b.0x = 1 || meta.0.1.2.3.4.5.6.7.8.9.10 = 1" },
            { "many json names", "meta" + string.Concat(Enumerable.Repeat(".a", 1600)) + " = 1" },
            { "a long pattern", $"title ~ '{new string('_', 3400)}'" },
            { "a hostile pattern", $"title ~ '{string.Concat(Enumerable.Repeat("%a", 500))}'" },
            { "NUL and other odd texts", "title = \"\\u0000\" || title ~ \"a\\u0000b\" || title = \"\\ud800\"" },
            { "odd formats", "strftime('%', created) = '' || strftime('%Q', created, 'nonsense') = '' || strftime('%Y', 'x') = '' || strftime('%Y', 99999999999999) = ''" },
            { "distances of nothing", "geoDistance(place.nothing, meta, null, 1) < 1 || geoDistance(999999999999, 1, 1, 1) > 1" },
            { "long numbers", $"views = {new string('9', 300)} || code = {new string('9', 300)}" },
            { "columns as patterns", "title ~ code || views ~ title || meta ~ tags || tags ~ meta.a" },
            { "lists and objects", "meta > tags || tags = meta || place = meta || place != '' || files >= cover" },
        };
    }

    [Theory]
    [MemberData(nameof(Large))]
    public async Task Allowed_filters_run(string name, string filter)
    {
        await using var database = await OpenAsync();
        var plan = new Planner(Schema, Superuser).List(Posts, null, new ListQuery(filter, "", 1, 30));
        plan.Fault.ShouldBeNull(name);
        await database.CountAsync(plan.Value);
    }

    [Fact]
    public async Task As_many_relations_as_the_planner_allows_can_be_joined()
    {
        await using var database = await OpenAsync();
        var planner = new Planner(Schema, Superuser);
        var paths = Paths().Select(p => $"{p}='x'").ToList();
        var most = Enumerable.Range(1, paths.Count).Last(n => planner.CheckRule(Posts, string.Join("||", paths.Take(n))).Fault is null);
        most.ShouldBe(Hearth.Planning.Binding.Joins.MaxTables);
        var plan = planner.List(Posts, null, new ListQuery(string.Join("||", paths.Take(most)), "", 1, 30));
        plan.Fault.ShouldBeNull();
        await database.CountAsync(plan.Value);
        planner.CheckRule(Posts, string.Join("||", paths.Take(most + 1))).Fault?.Message.ShouldContain("Too many different relations");
    }

    [Fact]
    public async Task Long_submitted_texts_are_no_patterns_that_break_a_query()
    {
        await using var database = await OpenAsync();
        await database.InsertAsync(Posts, ("id", "p1"), ("title", new string('x', 200_000)), ("code", new string('x', 100_000)));
        var facts = Superuser with { Body = JsonDocument.Parse($"{{\"q\":\"{new string('x', 100_000)}\"}}").RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) };
        var plan = new Planner(Schema, facts).List(Posts, null, new ListQuery("title ~ @request.body.q || title !~ @request.body.q", "", 1, 30)).Value;
        (await database.CountAsync(plan)).ShouldBe(0);
        plan = new Planner(Schema, facts).List(Posts, null, new ListQuery("title ~ code || title !~ code", "", 1, 30)).Value;
        (await database.CountAsync(plan)).ShouldBe(0);
    }

    private static RequestFacts Superuser => new() { Caller = Caller.System };

    private static Collection Posts => Schema.Find("posts")!;

    private static Task<TestDatabase> OpenAsync() => TestDatabase.OpenAsync([.. Schema.Collections]);

    /// <summary>All paths over single relations from a collection, shortest first, each to a text at its end.</summary>
    private static IEnumerable<string> Paths()
    {
        var level = new List<(string Path, string At)> { ("", "posts") };
        for (var depth = 0; depth < 6; depth++)
        {
            level = [.. level.SelectMany(p => Steps[p.At].Select(step => ($"{p.Path}{step.Name}.", step.To)))];
            foreach (var (path, at) in level) yield return path + (at is "posts" or "teams" ? "title" : at == "users" ? "name" : "bio");
        }
    }
}
