using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Moving;

namespace Hearth.Resources.Backups;

/// <summary>Takes a backup into a file: a copy of the database as it is at one moment, looked through and counted; then the files; then the archive, read again to its end.</summary>
internal sealed class BackupTaking(Engine engine, string dataDirectory, TimeProvider clock)
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromHours(6);

    /// <summary>Takes it. Throws what a disk or database refuses with.</summary>
    /// <param name="work">Where the copy is made.</param>
    /// <param name="file">The archive to make.</param>
    /// <param name="app">Name of the app.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<BackupManifest>> RunAsync(WorkFolder work, string file, string app, CancellationToken stop)
    {
        var manifest = new BackupManifest { App = app, Created = DateText.Of(clock.GetUtcNow()) };
        if (!await engine.CopyIntoAsync(work.Full, stop))
        {
            if ((await MoveAsync(work.Full, stop)).Failed(out var refused, out var report)) return refused;
            manifest = manifest with { LeftOut = report.LeftOut };
        }
        if ((await CountAsync(work.Full, clock, stop)).Failed(out var broken, out var records)) return broken;
        manifest = manifest with { Records = records };
        await using var archive = OwnerOnly.Create(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        manifest = await BackupArchive.WriteAsync(archive, work.Of(BackupArchive.Data), new StoredFiles(dataDirectory), manifest, clock, stop);
        File.Delete(work.Of(BackupArchive.Data));
        archive.Position = 0;
        return await BackupArchive.ReadAsync(archive, null, clock, stop);
    }

    /// <summary>Opens a copy, looks through all of it and counts the records of each collection.</summary>
    public static async Task<Outcome<IReadOnlyDictionary<string, long>>> CountAsync(string folder, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await using var copy = Engines.OpenToRead(folder, null, clock);
            await copy.StartAsync(stop);
            using var session = await copy.ReadAsync(stop);
            session.NativeSqlLimit = LongestCheck;
            using (var rows = await session.QueryNativeSqlAsync("PRAGMA quick_check(1)", [], stop))
            {
                if (!await rows.NextAsync(stop)) return Unsound("It cannot be looked through.");
                var verdict = System.Text.Encoding.UTF8.GetString(rows.Utf8Of(0));
                if (verdict != "ok") return Unsound(verdict);
            }
            var given = await MoveSource.ReadAsync(session, stop);
            return given.Counts.ToDictionary(table => table.Key.Name, table => table.Value, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is DataException or InvalidDataException or System.Text.Json.JsonException)
        {
            return Unsound(e.Message);
        }
    }

    private async Task<Outcome<MoveReport>> MoveAsync(string folder, CancellationToken stop)
    {
        await using var copy = Engines.OpenData(folder, null, clock);
        await copy.StartAsync(stop);
        // The files go their own way, so both have the same folder here.
        var place = new MovePlace(folder, null);
        return await new MoveRun(engine, place, copy, place, new MoveOptions { Live = true, SkipRefused = true, MendValues = true, Clock = clock }).RunAsync(stop);
    }

    private static Fault Unsound(string why) => Fault.BadRequest("backups.unsound", $"The database in the backup is not sound: {why}");
}
