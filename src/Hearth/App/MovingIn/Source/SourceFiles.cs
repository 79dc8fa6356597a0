using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Resources.Blobs;
using Hearth.Schema;

namespace Hearth.App.MovingIn.Source;

/// <summary>The uploaded files of a source: those that records name go along, with what stands beside them and their thumbs (contract 14.6).</summary>
internal sealed class SourceFiles
{
    private const string Root = Blobs.FilesFolder;
    private const string Thumbs = "thumbs_";
    private const int Shown = 5;

    private readonly string folder;
    private readonly HashSet<string> named = new(StringComparer.Ordinal);

    private SourceFiles(string folder) => this.folder = folder;

    /// <summary>The folder of the source.</summary>
    public string Folder => folder;

    /// <summary>Keys of the files that records name: collection, record and name joined by <c>/</c>.</summary>
    public IReadOnlyCollection<string> Named => named;

    /// <summary>Reads the names from the prepared copy of a database.</summary>
    public static async Task<SourceFiles> ReadAsync(Engine engine, string folder, CancellationToken stop)
    {
        var files = new SourceFiles(folder);
        using var session = await engine.ReadAsync(stop);
        foreach (var collection in await StoredSchema.ReadAsync(session, stop))
        {
            Field[] fields = [.. collection.Fields.Where(field => field.Type == FieldType.File)];
            if (collection.Type == CollectionType.View || fields.Length == 0 || collection.FindField("id") is not { } id) continue;
            Field[] columns = [id, .. fields];
            using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(collection), Columns = [.. columns.Select(field => new OutputColumn(field))], Unhurried = true }, stop);
            while (await rows.NextAsync(stop))
            {
                var values = RowValues.Read(rows, columns);
                foreach (var value in values.AsSpan(1))
                {
                    if (value.Kind == FieldValueKind.List) files.named.UnionWith(value.AsList.Select(name => Key(values[0].AsText, name)));
                    else if (value.AsText.Length > 0) files.named.Add(Key(values[0].AsText, value.AsText));
                }
            }

            string Key(string record, string name) => $"{collection.Id}/{record}/{name}";
        }
        return files;
    }

    /// <summary>Where the file of a key is below a data folder; null for what no file can be called.</summary>
    public static string? PathOf(string folder, string key)
    {
        try
        {
            BlobKey.Check(key);
        }
        catch (BlobException)
        {
            return null;
        }
        return key.Split('/') is { Length: 3 } parts ? Path.Combine([folder, Root, .. parts.Select(BlobKey.NameOf)]) : null;
    }

    /// <summary>A file goes along.</summary>
    /// <param name="path">Relative to the folder.</param>
    public bool Takes(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        if (parts is not [Root, var collection, var record, .. var rest] || IsBehindLink(parts)) return false;
        return rest switch
        {
            [var name] => IsNamed(name) || (name.EndsWith(BlobAttributes.Extension, StringComparison.Ordinal) && IsNamed(name[..^BlobAttributes.Extension.Length])),
            [var thumbs, _] => thumbs.StartsWith(Thumbs, StringComparison.Ordinal) && IsNamed(thumbs[Thumbs.Length..]),
            _ => false,
        };

        bool IsNamed(string name) => named.Contains($"{BlobKey.PartOf(collection)}/{BlobKey.PartOf(record)}/{BlobKey.PartOf(name)}");
    }

    // A link leads to any file of this machine, which whoever may see the record would get to read. The folder of all files may stand on another disk.
    private bool IsBehindLink(string[] parts)
    {
        for (var depth = 2; depth <= parts.Length; depth++)
        {
            if (new FileInfo(Path.Combine([folder, .. parts[..depth]])).LinkTarget is not null) return true;
        }
        return false;
    }

    /// <summary>What a person should know: files that are missing, and those that nobody names.</summary>
    public IEnumerable<string> Notes(CancellationToken stop)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var (orphans, first) = (0L, "");
        var storage = Path.Combine(folder, Root);
        foreach (var file in Directory.Exists(storage) ? Directory.EnumerateFiles(storage, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }) : [])
        {
            stop.ThrowIfCancellationRequested();
            var path = Path.GetRelativePath(folder, file);
            if (Takes(path)) found.Add(string.Join('/', path.Split(Path.DirectorySeparatorChar).Skip(1).Select(BlobKey.PartOf)));
            else if (!path.EndsWith(BlobAttributes.Extension, StringComparison.Ordinal) && orphans++ == 0) first = path;
        }
        if (orphans > 0) yield return $"{orphans:N0} {(orphans == 1 ? "file belongs" : "files belong")} to no record and {(orphans == 1 ? "stays" : "stay")} behind, such as {first}.";
        string[] missing = [.. named.Where(key => !found.Contains(key))];
        if (missing.Length == 0) yield break;
        yield return $"{missing.Length:N0} {(missing.Length == 1 ? "file that a record names is" : "files that records name are")} not in {storage}: {string.Join(", ", missing.Order(StringComparer.Ordinal).Take(Shown))}{(missing.Length > Shown ? " …" : "")}.";
    }
}
