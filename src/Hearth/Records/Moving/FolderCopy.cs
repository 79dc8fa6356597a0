using System.Security.Cryptography;
using Hearth.Basics;

namespace Hearth.Records.Moving;

/// <summary>
/// Copies what an app keeps beside its database: uploaded files and whatever else is in its folder, but for databases (records go another way, logs
/// stay) and the marks of a running server. A file that an earlier run has copied is not copied again.
/// </summary>
/// <param name="from">Where they are.</param>
/// <param name="to">Where they go.</param>
/// <param name="only">Which of them, by their paths relative to the folder; null for all.</param>
internal sealed class FolderCopy(string from, string to, Func<string, bool>? only = null)
{
    // What is half written has a name that no app gives.
    private const string Unfinished = ".hearth-move";

    private static readonly string[] NotMoved = [".db", ".db-wal", ".db-shm", ".db-journal", ".lock", ".pid"];

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>The files, relative to the folder; found while they are asked for.</summary>
    public IEnumerable<string> Files() => !Directory.Exists(from) ? [] : Directory.EnumerateFiles(from, "*", Everything)
        .Select(path => Path.GetRelativePath(from, path))
        .Where(file => !file.EndsWith(Unfinished, StringComparison.Ordinal) && (file.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || !NotMoved.Contains(Path.GetExtension(file))))
        .Where(file => only is null || only(file));

    /// <summary>A file that is in the target already; null when there is none.</summary>
    public string? FirstInTheWay() => Files().FirstOrDefault(file => File.Exists(Path.Combine(to, file)));

    /// <summary>Copies the files that are not there yet.</summary>
    public async Task<long> CopyAsync(Action<string> onFile, CancellationToken stop)
    {
        var count = 0L;
        foreach (var file in Files())
        {
            stop.ThrowIfCancellationRequested();
            await CopyAsync(new FileInfo(Path.Combine(from, file)), new FileInfo(Path.Combine(to, file)), stop);
            count++;
            onFile(file);
        }
        return count;
    }

    /// <summary>Reads every file on both sides; gives those that are not the same.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(Action<string> onFile, CancellationToken stop)
    {
        var different = new List<string>();
        foreach (var file in Files())
        {
            var copy = Path.Combine(to, file);
            var same = File.Exists(copy) && await HashAsync(Path.Combine(from, file), stop) == await HashAsync(copy, stop);
            if (!same) different.Add($"The file {file} is not the same.");
            onFile(file);
        }
        return different;
    }

    private static async Task CopyAsync(FileInfo source, FileInfo copy, CancellationToken stop)
    {
        var beside = copy.FullName + Unfinished;
        if (copy.Exists && copy.Length == source.Length && copy.LastWriteTimeUtc == source.LastWriteTimeUtc)
        {
            if (File.Exists(beside)) File.Delete(beside);
            return;
        }
        if (copy.DirectoryName is { } folder) OwnerOnly.MakeFolder(folder);
        await using (var input = source.OpenRead())
        await using (var output = OwnerOnly.Create(beside, FileMode.Create))
        {
            await input.CopyToAsync(output, stop);
            // The source may be removed as soon as all is said to be done.
            output.Flush(flushToDisk: true);
        }
        File.SetLastWriteTimeUtc(beside, source.LastWriteTimeUtc);
        File.Move(beside, copy.FullName, overwrite: true);
    }

    private static async Task<string> HashAsync(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, stop));
    }
}
