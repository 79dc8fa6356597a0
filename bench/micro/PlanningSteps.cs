using BenchmarkDotNet.Attributes;
using Hearth.Data;
using Hearth.Data.Sqlite.Compile;
using Hearth.Planning;
using Hearth.Planning.Rules;

namespace Hearth.Micro;

/// <summary>From text to a plan to SQL: what a request costs before the database is asked.</summary>
public class PlanningSteps
{
    private readonly Planner planner = new(Blog.Schema, Blog.Guest);
    private ReadPlan one = null!, list = null!, byAuthor = null!, underRule = null!; // Setup makes them before anything is measured

    [GlobalSetup]
    public void Setup()
    {
        one = PlanOne();
        list = PlanList();
        byAuthor = PlanByAuthor();
        underRule = PlanUnderRule();
    }

    [Benchmark]
    public object? ParseFilter() => RuleParser.Parse(Blog.ListFilter, out _);

    [Benchmark]
    public object? ParseRule() => RuleParser.Parse(Blog.MemberRule, out _);

    [Benchmark]
    public ReadPlan PlanOne() => planner.One(Blog.Find("posts"), "k3v9q0w2m5x7a1b", "").Value;

    [Benchmark]
    public ReadPlan PlanList() => planner.List(Blog.Find("posts"), "", new ListQuery(Blog.ListFilter, Blog.Sort, 1, 30)).Value;

    [Benchmark]
    public ReadPlan PlanByAuthor() => planner.List(Blog.Find("posts"), "", new ListQuery(Blog.RelationFilter, Blog.Sort, 1, 30)).Value;

    [Benchmark]
    public ReadPlan PlanUnderRule() => planner.List(Blog.Find("drafts"), Blog.MemberRule, new ListQuery(Blog.ListFilter, Blog.Sort, 1, 30)).Value;

    [Benchmark]
    public SqlStatement CompileOne() => SelectCompiler.Rows(one);

    [Benchmark]
    public SqlStatement CompileList() => SelectCompiler.Rows(list);

    [Benchmark]
    public SqlStatement CompileCount() => SelectCompiler.Count(list);

    [Benchmark]
    public SqlStatement CompileByAuthor() => SelectCompiler.Rows(byAuthor);

    [Benchmark]
    public SqlStatement CompileUnderRule() => SelectCompiler.Rows(underRule);
}
