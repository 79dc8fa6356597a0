using System.Text.RegularExpressions;
using Hearth.Data.Compile;
using Hearth.Data.Postgres.Compile;
using Hearth.Data.Sqlite.Compile;
using Hearth.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Planning;

/// <summary>
/// Runs every case of <c>Cases/*.txt</c>. Each section of a case is rendered anew and compared: <c>plan</c> is the plan, <c>fault</c> the
/// fault instead of one, and an engine adds its own section with its SQL by a line in <see cref="Renderers"/>. With <c>HEARTH_CASES=write</c>
/// in the environment the files are rewritten from what comes out, to be reviewed as a diff; a section is then written for every renderer
/// that the case already names, and the SQL of one engine brings that of the other.
/// </summary>
[RunsOnce]
public sealed class PlannerCases
{
    private static readonly Dictionary<string, Func<ReadPlan, string>> Renderers = new()
    {
        ["plan"] = PlanText.Of,
        ["sqlite"] = plan => Lines(SelectCompiler.Compile(plan with { Columns = [] }, Asked.Rows, SqliteWords.All).Text),
        ["postgres"] = plan => Lines(SelectCompiler.Compile(plan with { Columns = [] }, Asked.Rows, PostgresWords.Reading).Text),
    };

    /// <summary>One line for each part of the statement, so that a difference is small.</summary>
    private static string Lines(string sql) => Regex.Replace(sql, " (FROM (?!\\(SELECT 1\\)|json_each)|LEFT JOIN |WHERE |AND EXISTS |AND NOT EXISTS |ORDER BY |LIMIT )", "\n  $1");

    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var file in Files())
        {
            foreach (var one in PlanCase.ReadFile(file).Cases) all.Add(Path.GetFileName(file), one.Name);
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Case(string file, string name)
    {
        var one = PlanCase.ReadFile(Path.Combine(PlanCase.Folder(), file)).Cases.Single(c => c.Name == name);
        one.Sections.ShouldNotBeEmpty();
        one.Sections.Exists(s => s.Name == "postgres").ShouldBe(one.Sections.Exists(s => s.Name == "sqlite"), "a reviewer sees both engines side by side");
        Render(one).ShouldBe(one.Sections);
    }

    [Fact]
    public void Case_files_are_written_when_asked()
    {
        if (Environment.GetEnvironmentVariable("HEARTH_CASES") != "write") return;
        foreach (var file in Files())
        {
            var (head, cases) = PlanCase.ReadFile(file);
            foreach (var one in cases)
            {
                if (one.Sections.Count == 0) one.Sections.Add(("plan", ""));
                if (one.Sections.FindIndex(s => s.Name == "sqlite") is >= 0 and var at && !one.Sections.Exists(s => s.Name == "postgres")) one.Sections.Insert(at + 1, ("postgres", ""));
                var rendered = Render(one);
                one.Sections.Clear();
                one.Sections.AddRange(rendered);
            }
            File.WriteAllText(file, PlanCase.Write(head, cases));
        }
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(PlanCase.Folder(), "*.txt").Order(StringComparer.Ordinal);

    private static List<(string, string)> Render(PlanCase one)
    {
        var plan = one.Plan();
        return plan.Failed(out var fault)
            ? [("fault", $"{fault.Status} {fault.Code} {fault.Message}" + (fault.Cause is null ? "" : $"\n{fault.Cause}"))]
            : [.. one.Sections.Select(s => s.Name == "fault" ? "plan" : s.Name).Select(section => (section, Renderers[section](plan.Value)))];
    }
}
