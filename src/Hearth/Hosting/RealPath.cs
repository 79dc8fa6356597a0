namespace Hearth.Hosting;

/// <summary>Where a path leads when the symbolic links in it are followed.</summary>
internal static class RealPath
{
    // As most systems: who has more has made a circle.
    private const int MostLinks = 40;

    /// <summary>The path of a file from a folder on, with slashes, when all links that lead to either are followed; null when it is not in the folder.</summary>
    public static string? Within(string folder, string file)
    {
        if (Of(folder) is not { } root || Of(file) is not { } found) return null;
        root = Path.TrimEndingDirectorySeparator(root);
        return found.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? found[root.Length..].Replace(Path.DirectorySeparatorChar, '/') : null;
    }

    private static string? Of(string path)
    {
        var links = 0;
        var real = Path.GetPathRoot(path) ?? "";
        var rest = new Stack<string>(PartsOf(path, real).Reverse());
        while (rest.TryPop(out var part))
        {
            if (part is "." or "..")
            {
                if (part == "..") real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks) return null;
            var start = Path.IsPathRooted(target) ? Path.GetPathRoot(target) ?? "" : "";
            if (start.Length > 0) real = start;
            foreach (var step in PartsOf(target, start).Reverse()) rest.Push(step);
        }
        return real;
    }

    private static string[] PartsOf(string path, string root) =>
        path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
