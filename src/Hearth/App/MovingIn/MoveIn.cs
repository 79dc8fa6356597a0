using Hearth.App.MovingIn.Beside;
using Hearth.App.MovingIn.Source;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Records.Moving;
using Hearth.Resources.Secrets;

namespace Hearth.App.MovingIn;

/// <summary>
/// Takes over the data folder of a PocketBase app (contract 14) as a new app: collections with ids, rules and secrets, records with their order, accounts with
/// their hashes and token keys, settings, links, migration history and uploaded files. The folder is only read, and stays as it was.
/// </summary>
public static class MoveIn
{
    // Beside the new data, on a disk that has room for it.
    private const string CopyFolder = ".hearth-import";

    private const string Command = "hearth import pocketbase";

    /// <summary>
    /// Does it, and returns after everything was read back, compared and tried. Cut off, the same call goes on where it stopped; until it has come to its end no
    /// app starts on the new data. Throws a <see cref="DataException"/> when the new database cannot be used.
    /// </summary>
    /// <param name="folder">The folder with <c>data.db</c>, or the one above it. Only read.</param>
    /// <param name="into">The new app: a folder or database with nothing in it. Its key must be the one with which settings of the source are encrypted.</param>
    /// <param name="options">Who hears of it.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public static Task<Outcome<MoveInReport>> RunAsync(string folder, HearthOptions into, MoveInOptions options, CancellationToken stop = default) =>
        BesideFolders.Hooks(FolderOf(folder)) is { Count: > 0 } hooks && !options.WithoutHooks
            ? Task.FromResult<Outcome<MoveInReport>>(MoveInFaults.Hooks(BesideFolders.HooksOf(FolderOf(folder)), hooks))
            : WithCopyAsync(folder, into, options, FromCopyAsync, stop);

    /// <summary>
    /// Holds an app that moved in against the folder that it came from: the same checks as at the end of <see cref="RunAsync"/>, and every record by its content.
    /// Nothing is written to either. What is missing, and what the app has stored since, shows as <see cref="MoveInReport.Missing"/>. No server may run on it.
    /// </summary>
    /// <param name="folder">The folder with <c>data.db</c>, or the one above it. Only read.</param>
    /// <param name="into">The app that moved in.</param>
    /// <param name="options">Who hears of it.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public static Task<Outcome<MoveInReport>> VerifyAsync(string folder, HearthOptions into, MoveInOptions options, CancellationToken stop = default) =>
        WithCopyAsync(folder, into, options, CompareAsync, stop);

    private static async Task<Outcome<MoveInReport>> WithCopyAsync(
        string folder,
        HearthOptions into,
        MoveInOptions options,
        Func<SourceCopy, MovePlace, MovePlace, HearthOptions, AppSecrets, MoveInOptions, CancellationToken, Task<Outcome<MoveInReport>>> work,
        CancellationToken stop)
    {
        folder = FolderOf(folder);
        if (!File.Exists(Path.Combine(folder, SourceCopy.Database))) return MoveInFaults.Nothing(folder);
        var (from, to) = (new MovePlace(folder, null), new MovePlace(into.DataDirectory, into.Postgres?.ConnectionString));
        if (to.SharesFolderWith(from) || to.IsInside(from)) return MoveInFaults.Inside(folder, to.Folder);
        var secrets = into.Encryption is { } encryption ? AppSecrets.Of(encryption.Key, encryption.Name) : AppSecrets.None;
        var isNew = !Directory.Exists(to.Folder);
        try
        {
            if ((await SourceCopy.TakeAsync(folder, Path.Combine(to.Folder, CopyFolder), into.Clock, options.OnNote ?? (static _ => { }), stop)).Failed(out var fault, out var copy)) return fault;
            using (copy) return await work(copy, from, to, into, secrets, options, stop);
        }
        finally
        {
            if (isNew && Directory.Exists(to.Folder) && !Directory.EnumerateFileSystemEntries(to.Folder).Any()) Directory.Delete(to.Folder);
        }
    }

    private static async Task<Outcome<MoveInReport>> CompareAsync(SourceCopy copy, MovePlace from, MovePlace to, HearthOptions into, AppSecrets secrets, MoveInOptions options, CancellationToken stop)
    {
        await using (var there = Engines.OpenToRead(to.Folder, to.Server, into.Clock))
        {
            await there.StartAsync(stop);
            using var session = await there.ReadAsync(stop);
            if ((await MoveSource.ReadAsync(session, stop)).Collections.Count == 0) return MoveFaults.Nothing(to);
        }
        await using var source = Engines.OpenCopy(copy.Folder, into.Clock);
        var notes = new SourceNotes();
        if (await StartAsync(source, from, secrets, [], notes, stop) is { } unfit) return unfit;
        await using var app = new HearthBuilder(into).Build();
        await app.StartAsync(stop);
        var check = new MoveInCheck(source, app);
        await check.RunAsync(stop);
        await check.CompareAsync(options.OnProgress, stop);
        await new DefinitionCheck(source, app, check).RunAsync(stop);
        await new SettingsCheck(source, secrets, app, check).RunAsync(stop);
        await new FileCheck(await SourceFiles.ReadAsync(source, from.Folder, stop), app.Setup.Blobs.Files, app.Settings.Current.S3.Enabled, check) { Whole = true }.RunAsync(stop);
        return new MoveInReport(null, [.. check.Notes], check.Done) { Missing = [.. notes.Lost, .. check.Wrong] };
    }

    private static async Task<Fault?> StartAsync(Engine source, MovePlace from, AppSecrets secrets, IReadOnlyList<string> hooks, SourceNotes notes, CancellationToken stop)
    {
        try
        {
            await source.StartAsync(stop);
        }
        catch (DataException broken) when (broken.Fault.Kind is DataFaultKind.Unavailable or DataFaultKind.Statement)
        {
            return MoveInFaults.NotADatabase(Path.Combine(from.Folder, SourceCopy.Database), broken.Fault.Detail);
        }
        return await SourceLook.FaultOfAsync(source, from.Folder, stop) ?? await new SourcePreparation(source, secrets, hooks, notes).RunAsync(stop);
    }

    private static async Task<Outcome<MoveInReport>> FromCopyAsync(SourceCopy copy, MovePlace from, MovePlace to, HearthOptions into, AppSecrets secrets, MoveInOptions options, CancellationToken stop)
    {
        var stamp = SourceCopy.Stamp(from.Folder);
        var notes = new List<string>();
        await using var source = Engines.OpenCopy(copy.Folder, into.Clock);
        var found = new SourceNotes();
        if (await StartAsync(source, from, secrets, BesideFolders.Hooks(from.Folder), found, stop) is { } unfit) return unfit;
        notes.AddRange(found.Odd);
        var files = await SourceFiles.ReadAsync(source, from.Folder, stop);

        var odd = new OddTally();
        var moving = new MoveOptions
        {
            SkipRefused = true,
            MendValues = true,
            OnProgress = options.OnProgress,
            OnNote = Tell,
            OnOdd = odd.Add,
            Files = files.Takes,
            BeforeRelease = LabelAsync,
            Command = Command,
            Clock = into.Clock,
        };
        MoveReport? moved;
        await using (var target = Engines.OpenData(to.Folder, to.Server, into.Clock))
        {
            await target.StartAsync(stop);
            if ((await new MoveRun(source, from, target, to, moving).RunAsync(stop)).Failed(out var fault, out moved)) return fault;
        }
        notes.AddRange(odd.Notes());
        notes.AddRange(BesideFolders.Notes(from.Folder, await HistoryAsync(source, stop)));
        if (SourceCopy.Stamp(from.Folder) != stamp) notes.Add($"The app in {from.Folder} was used while it was imported: what it has stored since the beginning is not here.");

        await using var app = new HearthBuilder(into).Build();
        await app.StartAsync(stop);
        var isRemote = app.Settings.Current.S3.Enabled;
        if (!isRemote) notes.AddRange(files.Notes(stop));
        var check = new MoveInCheck(source, app);
        await check.RunAsync(stop);
        await new FileCheck(files, app.Setup.Blobs.Files, isRemote, check).RunAsync(stop);
        notes.AddRange(check.Notes);
        if (check.Wrong.Count > 0) return MoveInFaults.Checks(check.Wrong);
        return new MoveInReport(moved, notes, ["What was read back of every record is what the old app holds.", .. check.Done]) { Missing = [.. found.Lost, .. moved.LeftOut] };

        async Task LabelAsync(CancellationToken end)
        {
            if (await new FileLabels(to.Folder, files).WriteAsync(end) is var unknown and > 0)
            {
                notes.Add($"{unknown:N0} {(unknown == 1 ? "file" : "files")} had no attributes: what {(unknown == 1 ? "it is" : "they are")} was found out from the content.");
            }
        }

        void Tell(string note)
        {
            notes.Add(note);
            options.OnNote?.Invoke(note);
        }
    }

    private static async Task<HashSet<string>> HistoryAsync(Engine source, CancellationToken stop)
    {
        using var session = await source.ReadAsync(stop);
        return [.. (await MoveSource.ReadAsync(session, stop)).History.Select(row => row[0].AsText)];
    }

    // Who names the folder above means the one inside.
    private static string FolderOf(string folder) =>
        !File.Exists(Path.Combine(folder, SourceCopy.Database)) && Path.Combine(folder, "pb_data") is var inner && File.Exists(Path.Combine(inner, SourceCopy.Database)) ? inner : folder;
}
