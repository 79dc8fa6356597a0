using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Records.Moving;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Backups;

/// <summary>
/// Brings a backup back: to a place of its own first, where it is opened, brought up to date and loaded as an app would; then its files are put beside those that
/// are there, and its contents take the place of the database's in one transaction. Killed at any moment, the app is as it was or as the backup is.
/// </summary>
internal sealed class BackupRestoring(Engine engine, SchemaStore schemas, SettingsStore settings, AppSecrets secrets, FileDebts debts, string dataDirectory, TimeProvider clock)
{
    private const int MostTries = 5;
    private const int KeysAtOnce = 400;

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
        var owed = new List<string>();
        try
        {
            await PlaceFilesAsync(work, owed, stop);
            var swapped = await SwapAsync(copy, also, owed, stop);
            if (swapped.Failed(out _)) await GiveUpAsync(owed);
            return swapped;
        }
        catch
        {
            await GiveUpAsync(owed);
            throw;
        }
    }

    private async Task<Outcome<SwapReport>> SwapAsync(Engine copy, IReadOnlyList<WritePlan> also, IReadOnlyList<string> owed, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var swapped = await new ContentSwap(copy, engine).RunAsync(schemas.Current, also, owed, [SchemaStore.Topic, SettingsStore.Key], stop);
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

    // Unless it was committed after all, the files that were put down for it go again.
    private async Task GiveUpAsync(List<string> owed)
    {
        foreach (var debt in owed) await debts.GiveUpAsync(debt);
    }

    // Names of files are never used twice: those that are there already are the same. The others are put down under debts, so that what a killed restore leaves is removed.
    private async Task PlaceFilesAsync(WorkFolder work, List<string> owed, CancellationToken stop)
    {
        var (from, to) = (new StoredFiles(work.Full), new StoredFiles(dataDirectory));
        foreach (var names in from.All().Where(name => !IsThere(from, to, name)).Chunk(KeysAtOnce))
        {
            var fresh = names.Where(name => !File.Exists(to.PathOf(name))).Select(static name => name[StoredFiles.Prefix.Length..]).ToList();
            if (fresh.Count > 0)
            {
                owed.Add(RandomText.RecordId());
                await debts.BeginAsync(owed[^1], fresh, stop);
            }
            foreach (var name in names)
            {
                stop.ThrowIfCancellationRequested();
                var path = to.PathOf(name);
                Blobs.LocalDisk.Make(Path.GetDirectoryName(path)!); // below the folder
                File.Move(from.PathOf(name), path, overwrite: true);
                Blobs.LocalDisk.Flush(Path.GetDirectoryName(path)!); // as above
            }
        }
    }

    private static bool IsThere(StoredFiles from, StoredFiles to, string name) =>
        new FileInfo(to.PathOf(name)) is { Exists: true } there && there.Length == new FileInfo(from.PathOf(name)).Length;
}
