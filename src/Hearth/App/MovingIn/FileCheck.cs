using System.Security.Cryptography;
using Hearth.App.MovingIn.Source;
using Hearth.Resources.Blobs;

namespace Hearth.App.MovingIn;

/// <summary>Whether the new app finds the files that records name, through its own store, and reads what the old one had.</summary>
/// <param name="files">Those of the source.</param>
/// <param name="store">Where the new app keeps files.</param>
/// <param name="isRemote">It is a bucket, which the files never left.</param>
/// <param name="check">Takes what comes out.</param>
internal sealed class FileCheck(SourceFiles files, BlobStore store, bool isRemote, MoveInCheck check)
{
    /// <summary>Read every file whole. When they were just copied that was done on the disk.</summary>
    public bool Whole { get; init; }

    // Of a bucket some are as good as all: nothing was moved.
    private const int Asked = 20;

    /// <summary>Looks.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            if (isRemote) await LookAsync(stop);
            else await CompareAsync(stop);
        }
        catch (BlobException refused)
        {
            if (isRemote) check.AddNote($"The files stay in {store.Place}, but it could not be asked for them: {refused.Message}");
            else check.AddWrong($"The files cannot be read: {refused.Message}");
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var (there, asked) = (0, 0);
        foreach (var key in files.Named.Where(key => SourceFiles.PathOf(files.Folder, key) is not null).Take(Asked))
        {
            asked++;
            if (await store.FindAsync(key, stop) is not null) there++;
        }
        if (asked == 0) return;
        if (there == asked) check.Add($"The files stay in {store.Place}; {asked:N0} of them were asked for and are there.");
        else check.AddNote($"The files stay in {store.Place}, but of {asked:N0} that were asked for {asked - there:N0} are not there.");
    }

    // All were compared byte by byte on the disk; here the app itself has to find them.
    private async Task CompareAsync(CancellationToken stop)
    {
        var found = 0L;
        foreach (var key in files.Named)
        {
            if (SourceFiles.PathOf(files.Folder, key) is not { } path || !File.Exists(path) || !files.Takes(Path.GetRelativePath(files.Folder, path))) continue;
            stop.ThrowIfCancellationRequested();
            var length = new FileInfo(path).Length;
            if (await store.FindAsync(key, stop) is not { } info || info.Length != length) check.AddWrong($"The file {key} is not found, or is not as long as it was.");
            else if ((found++ == 0 || Whole) && !await IsSameAsync(key, path, stop)) check.AddWrong($"The file {key} is read as something else.");
        }
        if (found > 0) check.Add($"{found:N0} {(found == 1 ? "file is" : "files are")} found where {(found == 1 ? "its record names it" : "their records name them")}, with the content that {(found == 1 ? "it" : "they")} had.");
    }

    private async Task<bool> IsSameAsync(string key, string path, CancellationToken stop)
    {
        await using var read = await store.OpenAsync(key, 0, null, stop);
        await using var original = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return read is not null && Convert.ToHexString(await SHA256.HashDataAsync(read, stop)) == Convert.ToHexString(await SHA256.HashDataAsync(original, stop));
    }
}
