namespace Hearth.App.MovingIn.Beside;

/// <summary>What stands beside the data of an app and belongs to it: code, migrations, pages.</summary>
internal static class BesideFolders
{
    private const int Shown = 5;
    private const long MostRead = 4 << 20;

    /// <summary>The folder of hooks.</summary>
    public static string HooksOf(string folder) => Beside(folder, "pb_hooks");

    /// <summary>A line for each script that the old program ran, with what it hangs into the app.</summary>
    /// <param name="folder">The data folder.</param>
    public static IReadOnlyList<string> Hooks(string folder)
    {
        var hooks = HooksOf(folder);
        var all = Scripts(hooks, recurse: true);
        var lines = new List<string>();
        // Of the others it runs what these load.
        foreach (var file in all.Where(file => Path.GetDirectoryName(file) == hooks && (file.EndsWith(".pb.js", StringComparison.Ordinal) || file.EndsWith(".pb.ts", StringComparison.Ordinal))))
        {
            var told = Read(file) is { } script ? HookScript.Tell(script) : ["it cannot be read"];
            lines.Add($"{Path.GetFileName(file)}: {(told.Count == 0 ? "nothing that could be recognized" : string.Join(", ", told))}");
        }
        if (lines.Count > 0 && all.Count > lines.Count) lines.Add($"and {all.Count - lines.Count:N0} more {(all.Count - lines.Count == 1 ? "file that these may load" : "files that these may load")}");
        return lines;
    }

    /// <summary>What a person should know about migrations and pages.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="applied">Names of migrations that were run.</param>
    public static IEnumerable<string> Notes(string folder, IReadOnlySet<string> applied)
    {
        var migrations = Beside(folder, "pb_migrations");
        var scripts = Scripts(migrations, recurse: false).Select(file => Path.GetFileName(file)).ToList();
        var waiting = scripts.Where(name => !applied.Contains(name)).ToList();
        if (waiting.Count > 0)
        {
            yield return $"{migrations} holds {waiting.Count:N0} {(waiting.Count == 1 ? "migration that was" : "migrations that were")} never run: {Some(waiting)}. Hearth does not run {(waiting.Count == 1 ? "it" : "them")}: start the old app once and import again, or make the changes here.";
        }
        else if (scripts.Count > 0)
        {
            yield return $"{migrations} holds {scripts.Count:N0} {(scripts.Count == 1 ? "migration" : "migrations")}; what {(scripts.Count == 1 ? "it has" : "they have")} done is in the data, and Hearth does not need {(scripts.Count == 1 ? "it" : "them")}.";
        }
        var pages = Beside(folder, "pb_public");
        var files = Files(pages, recurse: true).Count;
        if (files > 0) yield return $"{pages} holds {files:N0} {(files == 1 ? "file" : "files")} that the old program served; serve {(files == 1 ? "it" : "them")} with hearth serve --public-dir {pages}.";
    }

    private static string Beside(string folder, string name) => Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) ?? "", name);

    // Packages are looked for below the folder only: one may stand in the path of the app itself.
    private static List<string> Scripts(string folder, bool recurse) =>
        [.. Files(folder, recurse).Where(file => Path.GetExtension(file) is ".js" or ".ts" or ".go" or ".mjs" or ".cjs" && !file.EndsWith(".d.ts", StringComparison.Ordinal) && !Path.GetRelativePath(folder, file).Contains("node_modules", StringComparison.Ordinal))];

    private static List<string> Files(string folder, bool recurse) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = recurse, IgnoreInaccessible = true }).Order(StringComparer.Ordinal)] : [];

    private static string? Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return stream.Length > MostRead ? null : reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Some(List<string> names) => string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? " …" : "");
}
