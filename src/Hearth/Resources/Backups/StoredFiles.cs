using Hearth.Resources.Blobs;

namespace Hearth.Resources.Backups;

/// <summary>The uploaded files of a data folder as they lie there; what can be made anew (thumbs) and what is half written is left out.</summary>
internal sealed class StoredFiles(string dataDirectory)
{
    /// <summary>What their names in a backup begin with.</summary>
    public const string Prefix = "storage/";

    private static readonly EnumerationOptions One = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string folder = Path.Combine(dataDirectory, "storage");

    /// <summary>Their names with <see cref="Prefix"/>, in order within each folder; found while they are asked for.</summary>
    public IEnumerable<string> All() => Directory.Exists(folder) ? Below(folder, Prefix) : [];

    /// <summary>Where a file of that name lies, or would.</summary>
    public string PathOf(string name) => Path.Combine(folder, name[Prefix.Length..].Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Whether a name in a backup is one of a file of ours, and leads nowhere else.</summary>
    public bool IsOne(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name.Any(char.IsControl)) return false;
        if (name[Prefix.Length..].Split('/').Any(part => part is "" or "." or ".." or LocalBlobs.Drafts || Path.IsPathRooted(part) || part.Contains(':', StringComparison.Ordinal) && OperatingSystem.IsWindows())) return false;
        return Path.GetFullPath(PathOf(name)).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(string place, string prefix)
    {
        foreach (var file in Directory.EnumerateFiles(place, "*", One).Select(Path.GetFileName).Order(StringComparer.Ordinal)) yield return prefix + file;
        foreach (var inner in Directory.EnumerateDirectories(place, "*", One).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (inner == LocalBlobs.Drafts || inner.StartsWith("thumbs_", StringComparison.Ordinal)) continue;
            foreach (var name in Below(Path.Combine(place, inner), $"{prefix}{inner}/")) yield return name;
        }
    }
}
