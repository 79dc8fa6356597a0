using System.Collections.Frozen;
using System.Reflection;

namespace Hearth.App;

/// <summary>
/// The files of the dashboard as its build leaves them: <c>index.html</c> and what it loads. Files may be stored compressed only, as
/// <c>NAME.br</c> and <c>NAME.gz</c>. Give them to <see cref="HearthOptions.Dashboard"/>.
/// </summary>
public sealed class DashboardFiles
{
    private const string Index = "index.html";
    private readonly FrozenDictionary<string, DashboardFile> files;

    private DashboardFiles(IEnumerable<(string Path, Func<Stream> Open)> stored) =>
        files = stored
            .Select(one => (Name: DashboardFile.NameOf(one.Path), one.Path, one.Open))
            .GroupBy(one => one.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new DashboardFile(group.Key, group.ToDictionary(one => DashboardFile.CodingOf(one.Path), one => one.Open)), StringComparer.Ordinal);

    /// <summary>
    /// The files in an assembly: the resources whose names begin with <paramref name="prefix"/>, with <c>/</c> between folders behind it. Null when
    /// there is no <c>index.html</c> among them, so that a program may be built without.
    /// </summary>
    public static DashboardFiles? FromResources(Assembly assembly, string prefix)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        var found = new DashboardFiles(
            from name in assembly.GetManifestResourceNames()
            where name.StartsWith(prefix, StringComparison.Ordinal)
            select (name[prefix.Length..].Replace('\\', '/'), (Func<Stream>)(() => Open(assembly, name))));
        return found.Find(Index) is null ? null : found;
    }

    /// <summary>The files in a folder. What is there is looked up now: start the program anew after another build.</summary>
    /// <exception cref="FileNotFoundException">There is no <c>index.html</c> in it.</exception>
    public static DashboardFiles FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var root = Path.GetFullPath(folder);
        var paths = Directory.Exists(root) ? Directory.GetFiles(root, "*", SearchOption.AllDirectories) : [];
        var found = new DashboardFiles(
            from path in paths
            select (Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'), (Func<Stream>)(() => File.OpenRead(path))));
        return found.Find(Index) is null ? throw new FileNotFoundException($"There is no built dashboard in {root}.", Index) : found;
    }

    /// <summary>The page itself.</summary>
    internal DashboardFile Page => files[Index];

    /// <summary>A file by its path, without a slash before it; null when it is not there.</summary>
    internal DashboardFile? Find(string path) => files.GetValueOrDefault(path);

    private static Stream Open(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} has gone.");
}
