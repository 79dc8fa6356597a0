using System.IO.Compression;
using System.Security.Cryptography;
using Hearth.Basics;

namespace Hearth.Resources.Backups;

/// <summary>The zip of a backup: <c>data.db</c>, uploaded files below <c>storage/</c>, and last what it says of itself.</summary>
internal static class BackupArchive
{
    /// <summary>The database.</summary>
    public const string Data = "data.db";

    // What is on the disk beside a restored app; a backup that would fill it is refused before it begins.
    private const long SpaceLeft = 64 << 20;

    /// <summary>Writes one, and adds to the manifest what only the writing shows.</summary>
    public static async ValueTask<BackupManifest> WriteAsync(Stream target, string data, StoredFiles files, BackupManifest manifest, TimeProvider? pacing, CancellationToken stop)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await using (var from = File.OpenRead(data))
        await using (var to = zip.CreateEntry(Data, CompressionLevel.Fastest).Open())
        {
            var (hash, length) = await FilesHash.CopyAsync(from, to, long.MaxValue, pacing, stop);
            manifest = manifest with { Data = hash, DataLength = length };
        }
        using var all = new FilesHash(pacing);
        foreach (var name in files.All())
        {
            FileStream from;
            try
            {
                from = File.OpenRead(files.PathOf(name));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // removed since it was listed
            }
            await using (from)
            // Most files are compressed already.
            await using (var to = zip.CreateEntry(name, CompressionLevel.NoCompression).Open()) await all.AddAsync(name, from, to, stop);
        }
        manifest = manifest with { Files = all.Count, FilesLength = all.Length, FilesHash = all.Finish() };
        await using (var to = zip.CreateEntry(BackupManifest.Entry, CompressionLevel.Fastest).Open()) await to.WriteAsync(manifest.ToBytes(), stop);
        return manifest;
    }

    /// <summary>
    /// Reads all of it and checks that everything is there and as it was; with a folder it is put there, else nothing is kept. The fault says what is wrong with it.
    /// </summary>
    public static async ValueTask<Outcome<BackupManifest>> ReadAsync(Stream source, string? folder, TimeProvider? pacing, CancellationToken stop)
    {
        try
        {
            using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            if (FindManifest(zip).Failed(out var foreign, out var manifest)) return foreign;
            var files = new StoredFiles(folder ?? Path.GetTempPath());
            if (folder is not null)
            {
                var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
                var wanted = zip.Entries.Sum(entry => entry.Length);
                if (wanted > free - SpaceLeft) return Wrong($"It would take {wanted:N0} bytes; there are {free:N0} free on the disk.");
            }
            using var all = new FilesHash(pacing);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                if (entry.FullName == BackupManifest.Entry || entry.FullName.EndsWith('/')) continue;
                if (!seen.Add(entry.FullName)) return Wrong($"{entry.FullName} is in it twice.");
                if (entry.FullName == Data)
                {
                    await using var to = Target(folder is null ? null : Path.Combine(folder, Data));
                    await using var from = entry.Open();
                    var (hash, length) = await FilesHash.CopyAsync(from, to, Math.Min(entry.Length, manifest.DataLength), pacing, stop);
                    Flush(to);
                    if (hash != manifest.Data || length != manifest.DataLength) return Wrong("The database in it is damaged.");
                }
                else if (files.IsOne(entry.FullName))
                {
                    await using var to = Target(folder is null ? null : files.PathOf(entry.FullName));
                    await using var from = entry.Open();
                    // What an entry says of its own length is what was compared with the room on the disk.
                    await all.AddAsync(entry.FullName, from, to, stop, entry.Length);
                    Flush(to);
                    if (all.Length > manifest.FilesLength) return Wrong("There is more in it than it says.");
                }
                else
                {
                    return Wrong($"{Short(entry.FullName)} does not belong into a backup.");
                }
            }
            if (!seen.Contains(Data)) return Wrong("There is no data.db in it.");
            return all.Count == manifest.Files && all.Length == manifest.FilesLength && all.Finish() == manifest.FilesHash ? manifest : Wrong("The files in it are damaged, or some are missing.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or CryptographicException or OverflowException)
        {
            return Wrong("The archive is damaged.").Because(e.Message);
        }
    }

    private static Outcome<BackupManifest> FindManifest(ZipArchive zip)
    {
        const long mostBytes = 16 << 20;
        if (zip.GetEntry(BackupManifest.Entry) is not { } entry)
        {
            return zip.GetEntry(Data) is null
                ? Wrong("There is no data.db in it.")
                : Wrong("It was not made by Hearth. To bring a backup of PocketBase, unpack it and use hearth import pocketbase.");
        }
        if (entry.Length > mostBytes) return Wrong("The archive is damaged.");
        try
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            if (BackupManifest.Read(new MemoryStream(bytes)) is not { } manifest) return Wrong("What it says of itself cannot be read.");
            return manifest.Form > BackupManifest.CurrentForm ? Wrong("It was made by a newer Hearth. Restore it with that version or a later one.") : manifest;
        }
        catch (System.Text.Json.JsonException)
        {
            return Wrong("What it says of itself cannot be read.");
        }
    }

    private static Stream Target(string? path)
    {
        if (path is null) return Stream.Null;
        OwnerOnly.MakeFolder(Path.GetDirectoryName(path)!); // below the folder
        return OwnerOnly.Create(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
    }

    private static void Flush(Stream stream) => (stream as FileStream)?.Flush(flushToDisk: true);

    private static string Short(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);

    private static Fault Wrong(string why) => Fault.BadRequest("backups.unsound", $"The backup cannot be used. {why}");
}
