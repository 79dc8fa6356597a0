using Hearth.App.MovingIn;

namespace Hearth.Cli.Moving;

/// <summary>What a finished import of an app says.</summary>
internal static class MoveInSummary
{
    /// <summary>Its lines.</summary>
    public static IEnumerable<string> Of(MoveInReport report, string folder, DataPlace place)
    {
        if (report.Moved is not { } moved)
        {
            foreach (var line in Findings(report)) yield return line;
            yield break;
        }
        var earlier = moved.Resumed == 0 ? "" : $" ({moved.Resumed:N0} of them by an earlier run)";
        yield return $"Imported: {Count(moved.Records, "record")}{earlier} in {Count(moved.Collections, "collection")}, {Count(moved.Views, "view")}, {Count(moved.Files, "file")}.";
        yield return "";
        foreach (var line in Findings(report)) yield return line;
        yield return "";
        var key = place.KeyVariable is null ? "" : $" --encryption-env {place.KeyVariable}";
        yield return $"Serve it: hearth serve {(place.Postgres is null ? "" : "--postgres \"...\" ")}--dir {place.Folder}{key}";
        yield return $"{folder} is as it was. Remove it yourself when you need it no more.";
    }

    private static IEnumerable<string> Findings(MoveInReport report)
    {
        yield return "Checked:";
        foreach (var check in report.Checks) yield return $"  ✓ {check}";
        if (report.Missing.Count > 0)
        {
            yield return "";
            yield return report.Moved is null ? "Not as in the folder:" : "Left out:";
            foreach (var line in report.Missing) yield return $"  ✗ {line}";
        }
        if (report.Notes.Count == 0) yield break;
        yield return "";
        yield return "To know:";
        foreach (var note in report.Notes) yield return $"  · {note}";
    }

    private static string Count(long count, string name) => $"{count:N0} {name}{(count == 1 ? "" : "s")}";
}
