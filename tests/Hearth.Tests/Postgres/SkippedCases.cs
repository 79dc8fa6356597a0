using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using Xunit.Sdk;

namespace Hearth.Tests.Postgres;

/// <summary>A test that <c>tests/skipped-on-postgres.txt</c> names: left out on PostgreSQL for the reason that stands there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactButOnPostgresAttribute : FactAttribute
{
    public FactButOnPostgresAttribute([CallerFilePath] string file = "", [CallerMemberName] string name = "")
    {
        if (TestEngine.IsPostgres) Skip = SkippedCases.ReasonFor($"{Path.GetFileNameWithoutExtension(file)}.{name}");
    }
}

/// <summary>A test about PostgreSQL itself: left out, except in CI, where there is none.</summary>
[TraitDiscoverer("Hearth.Tests.RunsOnceDiscoverer", "Hearth.Tests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute, ITraitAttribute
{
    public PostgresFactAttribute() => Skip = SkippedCases.WithoutPostgres;
}

/// <summary>The same for a test with several cases.</summary>
[TraitDiscoverer("Hearth.Tests.RunsOnceDiscoverer", "Hearth.Tests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public PostgresTheoryAttribute() => Skip = SkippedCases.WithoutPostgres;
}

/// <summary>Random cases for both engines at once: <c>HEARTH_DIFFERENCES</c> says how many; without it there are none.</summary>
[TraitDiscoverer("Hearth.Tests.RunsOnceDiscoverer", "Hearth.Tests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DifferenceFactAttribute : FactAttribute, ITraitAttribute
{
    public DifferenceFactAttribute() => Skip = SkippedCases.WithoutPostgres ?? (Environment.GetEnvironmentVariable("HEARTH_DIFFERENCES") is null ? "HEARTH_DIFFERENCES says how many" : null);
}

/// <summary>The list of cases that do not run on PostgreSQL.</summary>
[RunsOnce]
public sealed partial class SkippedCases
{
    /// <summary>Why tests that need a PostgreSQL are left out; null when there is one. In CI a missing part is a failure.</summary>
    internal static string? WithoutPostgres { get; } =
        Environment.GetEnvironmentVariable("CI") == "true" || PostgresCluster.IsHere ? null : "PostgreSQL is not installed";

    private static readonly IReadOnlyDictionary<string, string> Reasons = File.ReadAllLines(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "skipped-on-postgres.txt")))
        .Select(line => Entry().Match(line)).Where(match => match.Success).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>Why a case is left out.</summary>
    internal static string ReasonFor(string name) =>
        Reasons.TryGetValue(name, out var reason) ? reason : throw new InvalidOperationException($"{name} is not in tests/skipped-on-postgres.txt.");

    [Fact]
    public void Every_case_of_the_list_is_one_that_is_left_out_and_the_list_is_short()
    {
        var marked = typeof(SkippedCases).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes(typeof(FactButOnPostgresAttribute), false).Length > 0).Select(method => $"{type.Name}.{method.Name}"));
        Reasons.Keys.Order().ShouldBe(marked.Order());
        Reasons.Count.ShouldBeLessThan(10);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^dotnet: (.+?) -- (.+)$")]
    private static partial Regex Entry();
}
