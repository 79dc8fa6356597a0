using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Moving;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Backups;

/// <summary>
/// Brings a backup back: to a place of its own first, where it is opened, brought up to date and loaded as an app would; then its files are put beside those that
/// are there, and its contents take the place of the database's in one transaction. Killed at any moment, the app is as it was or as the backup is.
/// </summary>
internal sealed class BackupRestoring(Engine engine, SchemaStore schemas, SettingsStore settings, AppSecrets secrets, string dataDirectory, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>Unpacks an archive and checks everything that can be checked without touching the app.</summary>
    public async Task<Outcome<BackupManifest>> PrepareAsync(WorkFolder work, Stream archive, CancellationToken stop)
    {
        if ((await BackupArchive.ReadAsync(archive, work.Full, null, stop)).Failed(out var refused, out var manifest)) return refused;
        if ((await BackupTaking.CountAsync(work.Full, clock, stop)).Failed(out var unsound, out var counts)) return unsound;
        foreach (var (name, count) in manifest.Records)
        {
            if (counts.GetValueOrDefault(name, -1) != count) return Fault.BadRequest("backups.unsound", $"The backup cannot be used. It should hold {count:N0} records of {name}, and holds {counts.GetValueOrDefault(name):N0}.");
        }
        return manifest;
    }

    /// <summary>Puts what was unpacked in the place of what is there.</summary>
    /// <param name="work">Where it was unpacked.</param>
    /// <param name="also">What else to write with it.</param>
    /// <param name="stop">Gives up before the commit.</param>
    public async Task<Outcome<SwapReport>> SwapAsync(WorkFolder work, IReadOnlyList<WritePlan> also, CancellationToken stop)
    {
        await using var copy = Engines.OpenData(work.Full, null, clock);
        try
        {
            await copy.StartAsync(stop);
            await MoveMarker.RefuseAsync(copy, stop);
            await new SettingsStore(new ParameterStore(copy, clock), secrets).LoadAsync(stop);
            var collections = new SealedCollections(secrets);
            using var loaded = new SchemaStore(copy, clock) { Sealing = collections.Seal, Opening = collections.Open };
            await loaded.LoadAsync(stop);
        }
        catch (Exception e) when (e is DataException or InvalidDataException or System.Text.Json.JsonException)
        {
            return Fault.BadRequest("backups.unsound", $"The backup cannot be used. {e.Message}");
        }
        // Names of files are never used twice: those that are there already are the same, and more than are needed do no harm.
        PlaceFiles(work, stop);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var swapped = await new ContentSwap(copy, engine).RunAsync(schemas.Current, also, [SchemaStore.Topic, SettingsStore.Key], stop);
                if (swapped.Failed(out _)) return swapped;
                // This one need not wait for the news; the others are waited for.
                await schemas.FollowAsync(CancellationToken.None);
                await settings.FollowAsync(CancellationToken.None);
                await schemas.Known();
                return swapped;
            }
            catch (DataException overtaken) when (overtaken.Fault.Kind == DataFaultKind.Stale && tries < MostTries)
            {
                await schemas.FollowAsync(stop);
            }
        }
    }

    private void PlaceFiles(WorkFolder work, CancellationToken stop)
    {
        var (from, to) = (new StoredFiles(work.Full), new StoredFiles(dataDirectory));
        foreach (var name in from.All().ToList())
        {
            stop.ThrowIfCancellationRequested();
            var (unpacked, path) = (new FileInfo(from.PathOf(name)), new FileInfo(to.PathOf(name)));
            if (path.Exists && path.Length == unpacked.Length) continue;
            Blobs.LocalDisk.Make(path.DirectoryName!); // below the folder
            File.Move(unpacked.FullName, path.FullName, overwrite: true);
            Blobs.LocalDisk.Flush(path.DirectoryName!);
        }
    }
}
