using BenchmarkDotNet.Attributes;
using Hearth.Data;
using Hearth.Data.Compile;
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
    public SqlStatement CompileOne() => SelectCompiler.Compile(one, Asked.Rows, SqliteWords.All);

    [Benchmark]
    public SqlStatement CompileList() => SelectCompiler.Compile(list, Asked.Rows, SqliteWords.All);

    [Benchmark]
    public SqlStatement CompileCount() => SelectCompiler.Compile(list, Asked.Count, SqliteWords.All);

    [Benchmark]
    public SqlStatement CompileByAuthor() => SelectCompiler.Compile(byAuthor, Asked.Rows, SqliteWords.All);

    [Benchmark]
    public SqlStatement CompileUnderRule() => SelectCompiler.Compile(underRule, Asked.Rows, SqliteWords.All);
}
