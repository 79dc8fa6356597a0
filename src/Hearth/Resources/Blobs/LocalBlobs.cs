using System.Runtime.CompilerServices;
using Hearth.Basics;

namespace Hearth.Resources.Blobs;

/// <summary>
/// Blobs as files below a folder, each with its attributes beside it (contract 14.6). A file has its name only when all of it is on the disk, and is gone for
/// certain when removing it returns. The folder can be a link, and can be shared by several nodes.
/// </summary>
public sealed class LocalBlobs : BlobStore
{
    /// <summary>Folder of what is being written or removed, below that of the blobs so that it is on the same disk.</summary>
    internal const string Drafts = ".writing";

    // What a disk of its own has in its topmost folder.
    private const string LostAndFound = "lost+found";

    private readonly string folder;
    private readonly string drafts;

    /// <summary>Blobs in a folder, which is made when the first one is written.</summary>
    public LocalBlobs(string folder)
    {
        this.folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        drafts = Path.Combine(this.folder, Drafts);
    }

    /// <inheritdoc/>
    public override string Place => folder;

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop)
    {
        var file = new FileInfo(PathOf(key));
        return new ValueTask<BlobInfo?>(Try(() => file.Exists ? BlobAttributes.Beside(file.FullName).Describe(key, file) : null));
    }

    /// <inheritdoc/>
    public override ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop) => new(Try(() =>
    {
        var path = PathOf(key);
        if (!File.Exists(path)) return null;
        var stream = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        stream.Position = offset;
        return length is { } most ? (Stream)new PartStream(stream, most) : stream;
    }));

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo> WriteAsync(string key, BlobLabel label, Stream content, CancellationToken stop)
    {
        var path = PathOf(key);
        using var draft = new LocalDraft(drafts);
        var attributes = BlobAttributes.Of(label, await draft.FillAsync(content, stop));
        await draft.PlaceAsync(path, attributes, stop);
        var file = new FileInfo(path);
        // Somebody may have removed it again.
        return file.Exists ? attributes.Describe(key, file) : new BlobInfo(key, attributes.Size ?? 0, DateTimeOffset.UnixEpoch) { ContentType = label.ContentType, OriginalName = label.OriginalName, Hash = attributes.Sha256, Seal = label.Seal };
    }

    /// <inheritdoc/>
    public override ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        var path = PathOf(key);
        return Do(() =>
        {
            File.Delete(path);
            File.Delete(path + BlobAttributes.Extension);
            RemoveEmpty(Path.GetDirectoryName(path)!); // below the folder
        });
    }

    /// <inheritdoc/>
    public override ValueTask DeleteUnderAsync(string prefix, CancellationToken stop)
    {
        if (prefix.Length == 0) throw BlobKey.Invalid(prefix);
        var place = FolderOf(prefix);
        return Do(() =>
        {
            if (!Directory.Exists(place)) return;
            // All of it goes at once; what a crash leaves behind is no blob any more.
            var gone = Path.Combine(drafts, RandomText.Of(20, RandomText.LowerAlphabet));
            LocalDisk.Make(drafts);
            Directory.Move(place, gone);
            RemoveEmpty(Path.GetDirectoryName(place)!); // below the folder
            Directory.Delete(gone, recursive: true);
        });
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
    {
        await ValueTask.CompletedTask;
        // Folders are read while they are walked: memory does not grow with them.
        var walk = new Stack<(string Prefix, IEnumerator<FileSystemInfo> Entries)>();
        try
        {
            Enter(prefix, new DirectoryInfo(FolderOf(prefix)));
            while (walk.TryPeek(out var place))
            {
                stop.ThrowIfCancellationRequested();
                if (!Try(place.Entries.MoveNext))
                {
                    walk.Pop().Entries.Dispose();
                    continue;
                }
                var entry = place.Entries.Current;
                var key = place.Prefix + BlobKey.PartOf(entry.Name);
                if (entry is DirectoryInfo inner)
                {
                    if (key is not (Drafts or LostAndFound) && inner.LinkTarget is null) Enter(key + "/", inner);
                }
                else if (!entry.Name.EndsWith(BlobAttributes.Extension, StringComparison.Ordinal) && entry is FileInfo { Exists: true } file)
                {
                    yield return new BlobInfo(key, file.Length, file.LastWriteTimeUtc);
                }
            }
        }
        finally
        {
            foreach (var (_, entries) in walk) entries.Dispose();
        }

        void Enter(string inside, DirectoryInfo place)
        {
            if (Try(() => place.EnumerateFileSystemInfos().GetEnumerator()) is { } entries) walk.Push((inside, entries));
        }
    }

    /// <inheritdoc/>
    public override ValueTask TidyAsync(DateTimeOffset before, CancellationToken stop) => Do(() =>
    {
        var place = new DirectoryInfo(drafts);
        if (!place.Exists) return;
        foreach (var entry in place.EnumerateFileSystemInfos())
        {
            stop.ThrowIfCancellationRequested();
            if (entry.LastWriteTimeUtc >= before) continue;
            if (entry is DirectoryInfo inner) inner.Delete(recursive: true);
            else entry.Delete();
        }
    });

    // Makes what was removed from a folder certain, and removes the folder too when nothing is left in it.
    private void RemoveEmpty(string place)
    {
        while (place.Length > folder.Length)
        {
            // A link was put there by somebody, to stay.
            if (new DirectoryInfo(place).LinkTarget is not null) break;
            try
            {
                Directory.Delete(place);
            }
            catch (DirectoryNotFoundException)
            {
            }
            catch (IOException)
            {
                break;
            }
            place = Path.GetDirectoryName(place)!; // below the folder
        }
        LocalDisk.Flush(place);
    }

    private string PathOf(string key)
    {
        BlobKey.Check(key);
        return Path.Combine([folder, .. key.Split('/').Select(BlobKey.NameOf)]);
    }

    private string FolderOf(string prefix)
    {
        BlobKey.CheckPrefix(prefix);
        return prefix.Length == 0 ? folder : PathOf(prefix[..^1]);
    }

    private static ValueTask Do(Action work)
    {
        Try<object?>(() =>
        {
            work();
            return null;
        });
        return ValueTask.CompletedTask;
    }

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed by somebody between two looks; for all that use this it is as if it had not been there.
            return default!;
        }
        catch (Exception e) when (LocalDisk.IsOfDisk(e))
        {
            throw LocalDisk.Explain(e);
        }
    }
}
