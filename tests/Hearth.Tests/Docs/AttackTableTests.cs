using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Docs;

/// <summary>Every attack in the table of the guide names a test that is there and runs.</summary>
[RunsOnce]
public sealed partial class AttackTableTests
{
    [Fact]
    public void Every_attack_of_the_guide_is_a_test()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));
        var rows = File.ReadAllLines(Path.Combine(root, "docs", "guide", "security.md")).SkipWhile(line => !line.StartsWith("| Attack |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).ToList();
        rows.Count.ShouldBeGreaterThan(15);
        var tests = typeof(AttackTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes(typeof(FactAttribute), true).Cast<FactAttribute>().Any(fact => fact.Skip is null)), (type, method) => $"{type.Name}.{method.Name}")
            .ToHashSet();
        foreach (var row in rows)
        {
            var named = TestName().Matches(row.Split('|')[^2]).Select(match => match.Groups[1].Value).ToList();
            named.ShouldNotBeEmpty(row);
            foreach (var name in named)
            {
                if (name.EndsWith(".mjs", StringComparison.Ordinal)) File.Exists(Path.Combine(root, "tests", "sdk", name)).ShouldBeTrue(name);
                else tests.Contains(name).ShouldBeTrue(name);
            }
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex TestName();
}
