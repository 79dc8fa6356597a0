using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Docs;

/// <summary>What the code can answer stands in the reference: a new validation code without a line there fails here.</summary>
[RunsOnce]
public sealed partial class FaultReferenceTests
{
    [Fact]
    public void Every_validation_code_of_the_source_has_a_line_in_the_reference()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));
        var source = Directory.EnumerateFiles(Path.Combine(root, "src", "Hearth"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet();
        var reference = File.ReadAllText(Path.Combine(root, "docs", "reference", "faults.md"));

        source.Count.ShouldBeGreaterThan(3);
        source.Where(code => !reference.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\"((?:validation_|batch_)\\w+)\"")]
    private static partial Regex Code();
}
