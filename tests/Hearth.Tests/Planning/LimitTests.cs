using System.Diagnostics;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Planning.Rules;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>Limits of rules and filters (contract 2.2), and that refusing is cheap.</summary>
[RunsOnce]
public sealed class LimitTests
{
    private static readonly SchemaSnapshot Schema = SchemaText.Read(File.ReadAllText(Path.Combine(PlanCase.Folder(), "blog.schema")));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Two_hundred_comparisons_are_the_most(int count, bool fits)
    {
        var text = string.Join("||", Enumerable.Repeat("1=1", count));
        Filter(text).Fault.ShouldBe(fits ? null : Bare(), Comparer);
        Rule(text).Fault?.Message.ShouldContain("200 comparisons");
        (Rule(text).Fault is null).ShouldBe(fits);
    }

    [Fact]
    public void Filter_and_rule_are_counted_apart()
    {
        var text = string.Join("&&", Enumerable.Repeat("1=1", 150));
        Guest.List(Posts, text, new ListQuery(text, "", 1, 30)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(3500, true)]
    [InlineData(3501, false)]
    public void Filters_have_3500_bytes(int bytes, bool fits)
    {
        // "é" has two bytes and is one character.
        var text = "title = \"" + new string('é', (bytes - 10) / 2) + new string('x', (bytes - 10) % 2) + "\"";
        Filter(text).Fault.ShouldBe(fits ? null : Bare(), Comparer);
    }

    [Fact]
    public void Rules_may_be_longer() => Rule($"title = \"{new string('x', 100_000)}\"").Fault.ShouldBeNull();

    [Theory]
    [InlineData(RuleParser.MaxGroupDepth, true)]
    [InlineData(RuleParser.MaxGroupDepth + 1, false)]
    public void Groups_nest_a_hundred_deep(int depth, bool fits)
    {
        var text = new string('(', depth) + "1=1" + new string(')', depth);
        Filter(text).Fault.ShouldBe(fits ? null : Bare(), Comparer);
        (Rule(text).Fault is null).ShouldBe(fits);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Sort_keys_have_255_bytes(int bytes, bool fits)
    {
        var key = "meta." + new string('a', bytes - 5);
        Guest.List(Posts, null, new ListQuery("", key, 1, 30)).Fault.ShouldBe(fits ? null : Bare(), Comparer);
    }

    public static TheoryData<string> Hostile => new()
    {
        new string('(', 5_000_000),
        string.Concat(Enumerable.Repeat("(1=1 && ", 500_000)),
        string.Join("||", Enumerable.Repeat("title=1", 500_000)),
        string.Concat(Enumerable.Repeat("f(", 1_000_000)),
        "title = \"" + new string('\\', 5_000_000),
        "f(" + string.Join(",", Enumerable.Repeat("1", 1_000_000)) + ") = 1",
        new string('a', 5_000_000),
        string.Concat(Enumerable.Repeat("//x\n", 1_000_000)),
        string.Join(".", Enumerable.Repeat("parent", 500_000)) + " = 1",
        string.Concat(Enumerable.Repeat("_via_", 100_000)) + "x.y = 1",
        new string('9', 1_000_000) + " = 1",
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_is_refused_at_once(string text)
    {
        var clock = Stopwatch.StartNew();
        Filter("f(").Fault.ShouldNotBeNull(); // what the first one costs is not counted
        var before = GC.GetAllocatedBytesForCurrentThread();
        Filter(text).Fault.ShouldBe(Bare(), Comparer);
        // The length is the first thing that is looked at: nothing is made of the text.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000);
        Rule(text).Fault.ShouldNotBeNull();
        Guest.List(Posts, null, new ListQuery("", text, 1, 30)).Fault.ShouldNotBeNull();
        clock.ElapsedMilliseconds.ShouldBeLessThan(60_000);
    }

    [Fact]
    public void A_filter_fault_tells_the_client_nothing_and_the_log_everything()
    {
        var fault = Filter("titel = \"x\"").Fault!;
        (fault.Status, fault.Message, fault.Data.IsEmpty).ShouldBe((400, "Something went wrong while processing your request.", true));
        fault.Cause.ShouldBe("\"posts\" has no field \"titel\"; did you mean \"title\"? (at character 1)");
    }

    [Fact]
    public void A_rule_check_says_what_is_wrong_and_where()
    {
        var fault = Rule("title = \"x\" &&\n  titel = 'y'").Fault!;
        (fault.Status, fault.Code).ShouldBe((400, "rule.invalid"));
        fault.Message.ShouldBe("\"posts\" has no field \"titel\"; did you mean \"title\"? (at character 18).");
    }

    [Fact]
    public void A_broken_rule_is_not_found_for_one_record()
    {
        Guest.One(Posts, "p1", "nothing = 1").Fault?.Status.ShouldBe(404);
        Guest.ByIds(Posts, ["p1"], "nothing = 1").Fault?.Status.ShouldBe(400);
        Guest.Virtual(Posts, [.. Posts.Fields.Select(f => f.Zero)], "nothing = 1").Fault?.Status.ShouldBe(400);
    }

    [Fact]
    public void A_collection_outside_the_schema_can_be_listed()
    {
        var logs = new Collection { Id = "logs", Name = "_logs", Fields = [new TextField { Name = "id" }, new JsonField { Name = "data" }] };
        var plan = new Planner(SchemaSnapshot.Empty, new RequestFacts { Caller = Caller.System }).List(logs, null, new ListQuery("data.status >= 400", "-@rowid", 3, 50));
        PlanText.Of(plan.Value).ShouldBe("from _logs\nwhere\n  the client wants\n    _logs.data->status >= 400\nsort storage order desc\nrows 100+50");
    }

    [Fact]
    public void Far_pages_do_not_overflow() =>
        Guest.List(Posts, null, new ListQuery("", "", int.MaxValue, 1000)).Value.Offset.ShouldBe((int.MaxValue - 1L) * 1000);

    private static Collection Posts => Schema.Find("posts")!;

    private static Planner Guest => new(Schema, new RequestFacts { Caller = Caller.Guest });

    private static Outcome<ReadPlan> Filter(string text) => Guest.List(Posts, null, new ListQuery(text, "", 1, 30));

    private static Outcome<bool> Rule(string text) => Guest.CheckRule(Posts, text);

    private static Fault Bare() => Fault.BadRequest("filter.invalid");

    /// <summary>Same for the client: cause and code are for the log.</summary>
    private static readonly IEqualityComparer<Fault?> Comparer = EqualityComparer<Fault?>.Create((a, b) =>
        (a?.Status, a?.Message, a?.Data.IsEmpty) == (b?.Status, b?.Message, b?.Data.IsEmpty));
}
