using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Records.Moving;
using Hearth.Resources.Audit;
using Hearth.Resources.Blobs;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Backups;

/// <summary>
/// The backups of an app (contract 10.7): taken while it is used, checked, kept where the settings say, and brought back. One is taken or brought back at a time,
/// over all nodes.
/// </summary>
public sealed class BackupStore
{
    private const string MediaType = "application/zip";

    private readonly Engine engine;
    private readonly SettingsStore settings;
    private readonly AuditLog audit;
    private readonly Blobs.Blobs blobs;
    private readonly FileDebts debts;
    private readonly string dataDirectory;
    private readonly TimeProvider clock;
    private readonly BackupTurn turn;
    private readonly BackupTaking taking;
    private readonly BackupRestoring restoring;

    /// <summary>The backups of an app.</summary>
    internal BackupStore(Engine engine, SchemaStore schemas, SettingsStore settings, AppSecrets secrets, AuditLog audit, Blobs.Blobs blobs, FileDebts debts, string dataDirectory, TimeProvider clock)
    {
        (this.engine, this.settings, this.audit, this.blobs, this.debts, this.dataDirectory, this.clock) = (engine, settings, audit, blobs, debts, dataDirectory, clock);
        turn = new BackupTurn(engine, clock);
        taking = new BackupTaking(engine, dataDirectory, clock);
        restoring = new BackupRestoring(engine, schemas, settings, secrets, debts, dataDirectory, clock);
    }

    /// <summary>None is being taken or brought back on this node.</summary>
    public bool IsFree => turn.IsFree;

    /// <summary>The backups that are there, the newest first.</summary>
    public async Task<IReadOnlyList<BlobInfo>> ListAsync(CancellationToken stop)
    {
        var found = new List<BlobInfo>();
        await foreach (var blob in blobs.Backups.ListAsync("", stop))
        {
            if (IsName(blob.Key)) found.Add(blob);
        }
        return [.. found.OrderByDescending(blob => blob.Modified).ThenByDescending(blob => blob.Key, StringComparer.Ordinal)];
    }

    /// <summary>Takes a backup; returns its key when it is stored and was found sound.</summary>
    /// <param name="name">Its name; empty makes one from the name of the app and the time.</param>
    /// <param name="facts">Who asked for it.</param>
    /// <param name="stop">Gives up; nothing is kept then.</param>
    /// <param name="automatic">It was not a person who asked.</param>
    public async Task<Outcome<string>> CreateAsync(string name, RequestFacts facts, CancellationToken stop, bool automatic = false)
    {
        const string message = "An error occurred while validating the submitted data.";
        var app = settings.Current.Meta.AppName;
        if (name.Length > 0 && BackupName.Check(name) is { } wrong) return Fault.BadRequest("backups.invalid", message, new FaultMap().Add("name", wrong));
        await using var held = await turn.TryTakeAsync(stop);
        if (held is null) return Busy;
        var key = name.Length > 0 ? name : BackupName.Of(app, clock.GetUtcNow(), automatic);
        if (await blobs.Backups.FindAsync(key, held.Stop) is not null) return Fault.BadRequest("backups.invalid", message, new FaultMap().Add("name", Exists));
        var taken = await BackupDisk.TryAsync(() => TakeAsync(() => key, app, held.Stop));
        if (!taken.Failed(out _)) await audit.NoteAsync(Entry("backup.created", facts, key), held.Stop);
        return taken;
    }

    /// <summary>Keeps an archive from elsewhere as a backup; that it is one is only looked at when it is brought back. Returns the fault that refused it.</summary>
    public async Task<Fault?> AddAsync(string name, Stream content, RequestFacts facts, CancellationToken stop)
    {
        const string message = "An error occurred while validating the submitted data.";
        FieldFault? wrong = BackupName.CheckBrought(name);
        if (wrong is null && !await IsZipAsync(content, stop)) wrong = new FieldFault("validation_invalid_mime_type", $"\"{name}\" mime type must be one of: {MediaType}.", new Dictionary<string, object?> { ["name"] = name, ["types"] = MediaType });
        if (wrong is null && await blobs.Backups.FindAsync(name, stop) is not null) wrong = Exists;
        if (wrong is not null) return Fault.BadRequest("backups.invalid", message, new FaultMap().Add("file", wrong));
        await blobs.Backups.WriteAsync(name, new BlobLabel(MediaType, name), content, stop);
        await audit.NoteAsync(Entry("backup.uploaded", facts, name), stop);
        return null;
    }

    /// <summary>What is known of a backup; null when there is none of the key.</summary>
    public async ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop) => IsName(key) ? await blobs.Backups.FindAsync(key, stop) : null;

    /// <summary>Reads a backup from an offset on; null when there is none of the key.</summary>
    public ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop) => IsName(key) ? blobs.Backups.OpenAsync(key, offset, length, stop) : new((Stream?)null);

    /// <summary>Removes a backup. Returns the fault that refused it.</summary>
    public async Task<Fault?> DeleteAsync(string key, RequestFacts facts, CancellationToken stop)
    {
        if (await FindAsync(key, stop) is null) return Missing;
        await using var held = await turn.TryTakeAsync(stop);
        if (held is null) return Busy;
        await blobs.Backups.DeleteAsync(key, held.Stop);
        await audit.NoteAsync(Entry("backup.deleted", facts, key), held.Stop);
        return null;
    }

    /// <summary>Removes the oldest automatic backups but so many.</summary>
    public async Task KeepAsync(int count, CancellationToken stop)
    {
        var automatic = (await ListAsync(stop)).Where(blob => blob.Key.StartsWith(BackupName.AutomaticPrefix, StringComparison.Ordinal)).OrderByDescending(blob => blob.Key, StringComparer.Ordinal);
        foreach (var old in automatic.Skip(Math.Max(1, count)).ToList()) await blobs.Backups.DeleteAsync(old.Key, stop);
    }

    /// <summary>
    /// Brings a backup back: when it is sound, everything that the app holds is replaced by it in one moment, on all nodes, while the app goes on. Otherwise nothing
    /// is changed and the fault says why.
    /// </summary>
    public Task<Outcome<SwapReport>> RestoreAsync(string key, RequestFacts facts, CancellationToken stop) => RestoreAsync(key, key, null, facts, stop);

    /// <summary>Takes a backup that the history begins with; its name is asked for when the copy is made.</summary>
    internal async Task TakeAsync(Func<string> name, CancellationToken stop)
    {
        await using var held = await turn.TryTakeAsync(stop);
        // Somebody else is at it; the history asks again soon.
        if (held is not null && (await TakeAsync(name, settings.Current.Meta.AppName, held.Stop)).Failed(out var failed)) throw new InvalidDataException(failed.Message);
    }

    /// <summary>Brings a backup back after something was added to its database.</summary>
    internal async Task<Outcome<SwapReport>> RestoreAsync(string key, string called, Func<string, CancellationToken, Task<Fault?>>? replay, RequestFacts facts, CancellationToken stop)
    {
        if (await FindAsync(key, stop) is null) return Missing;
        await using var held = await turn.TryTakeAsync(stop);
        if (held is null) return Busy;
        return await BackupDisk.TryAsync(async () =>
        {
            using var work = WorkFolder.Make(dataDirectory);
            await using var content = await OpenWholeAsync(key, work, held.Stop);
            return content is null ? Missing : await RestoreAsync(content, work, called, replay, facts, held.Stop);
        });
    }

    /// <summary>The same from an archive that is not among the backups.</summary>
    /// <param name="archive">The archive; can be read at any place.</param>
    /// <param name="name">What it is called, for the audit log.</param>
    /// <param name="facts">Who asked for it.</param>
    /// <param name="stop">Gives up before anything was changed.</param>
    public async Task<Outcome<SwapReport>> RestoreAsync(Stream archive, string name, RequestFacts facts, CancellationToken stop)
    {
        await using var held = await turn.TryTakeAsync(stop);
        if (held is null) return Busy;
        return await BackupDisk.TryAsync(async () =>
        {
            using var work = WorkFolder.Make(dataDirectory);
            return await RestoreAsync(archive, work, name, null, facts, held.Stop);
        });
    }

    /// <summary>Removes what work that was killed has left behind.</summary>
    internal void Tidy() => WorkFolder.RemoveLeft(dataDirectory, engine.IsShared ? clock.GetUtcNow().AddDays(-1) : DateTimeOffset.MaxValue);

    private async Task<Outcome<SwapReport>> RestoreAsync(Stream archive, WorkFolder work, string name, Func<string, CancellationToken, Task<Fault?>>? replay, RequestFacts facts, CancellationToken stop)
    {
        if ((await restoring.PrepareAsync(work, archive, stop)).Failed(out var unsound, out var manifest)) return unsound;
        if (replay is not null)
        {
            if (await replay(work.Of(BackupArchive.Data), stop) is { } gap) return gap;
            if ((await BackupTaking.CountAsync(work.Full, clock, stop)).Failed(out var broken)) return broken;
        }
        var entry = Entry("backup.restored", facts, name);
        entry.Details!["taken"] = manifest.Created; // it was made with details
        using var kept = await debts.HoldAsync(stop);
        return await restoring.SwapAsync(work, [audit.Plan(entry)], stop);
    }

    private async Task<Outcome<string>> TakeAsync(Func<string> name, string app, CancellationToken stop)
    {
        using var work = WorkFolder.Make(dataDirectory);
        var archive = work.Of("backup.zip");
        // A file that a record of the copy names must still be there when its turn comes.
        using var kept = await debts.HoldAsync(stop);
        if ((await taking.RunAsync(work, archive, app, stop)).Failed(out var failed)) return failed;
        var key = name();
        await using var content = File.OpenRead(archive);
        await blobs.Backups.WriteAsync(key, new BlobLabel(MediaType, key), content, stop);
        return key;
    }

    // A zip is read from its end; what comes over a network is fetched first.
    private async ValueTask<Stream?> OpenWholeAsync(string key, WorkFolder work, CancellationToken stop)
    {
        var stream = await OpenAsync(key, 0, null, stop);
        if (stream is null or { CanSeek: true }) return stream;
        await using (stream)
        {
            var file = OwnerOnly.Create(work.Of("backup.zip"), FileMode.CreateNew, FileAccess.ReadWrite);
            await stream.CopyToAsync(file, stop);
            file.Position = 0;
            return file;
        }
    }

    private static bool IsName(string key) => !key.Contains('/', StringComparison.Ordinal) && key.EndsWith(".zip", StringComparison.Ordinal) && BackupName.CheckBrought(key) is null;

    private static async ValueTask<bool> IsZipAsync(Stream content, CancellationToken stop)
    {
        var start = new byte[4];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, stop);
        content.Position = 0;
        return read == 4 && start is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];
    }

    private static AuditEntry Entry(string action, RequestFacts facts, string key) => AuditEntry.Of(action, facts) with { Details = new JsonObject { ["backup"] = key } };

    private static FieldFault Exists { get; } = new("validation_backup_name_exists", "A backup with this name exists already.");

    private static Fault Busy { get; } = Fault.BadRequest("backups.busy", "Another backup or restore is being done. Try again when it has ended.");

    private static Fault Missing { get; } = Fault.BadRequest("backups.missing", "Missing or invalid backup file.");
}
