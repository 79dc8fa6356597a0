using Hearth.Records.Moving;

namespace Hearth.Cli.Moving;

/// <summary>What a finished move says.</summary>
internal static class MoveSummary
{
    /// <summary>Its lines.</summary>
    public static IEnumerable<string> Of(MoveReport report, MovePlace from, MovePlace to)
    {
        var views = report.Views == 0 ? "" : $", {Count(report.Views, "view")}";
        var files = report.Files == 0 ? "" : $", {Count(report.Files, "file")}";
        var earlier = report.Resumed == 0 ? "" : $" ({report.Resumed:N0} of them by an earlier run)";
        yield return $"Moved: {Count(report.Records, "record")}{earlier} in {Count(report.Collections, "collection")}{views}{files}.";
        yield return "Both sides were read back and hold the same.";
        if (report.Mended > 0) yield return $"{Count(report.Mended, "value")} could not be moved as {(report.Mended == 1 ? "it was" : "they were")}; see above.";
        yield return to.Postgres is null
            ? $"Serve it: hearth serve --dir {to.Folder}"
            : $"Serve it: hearth serve --postgres \"...\" --dir {to.Folder}";
        yield return $"The source, {from}, is as it was. Remove it yourself when you need it no more.";
    }

    private static string Count(long count, string name) => $"{count:N0} {name}{(count == 1 ? "" : "s")}";
}
