using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>
/// One move: reads the source to its end to know what it holds and whether all of it fits, makes the tables, copies, compares, and only then gives
/// the target free. Everything until then can be cut off at any moment and run again.
/// </summary>
/// <param name="source">Opened to read.</param>
/// <param name="target">Opened to write.</param>
internal sealed class MoveRun(Engine source, MovePlace from, Engine target, MovePlace to, MoveOptions options)
{
    private const int OddKept = 100;

    private readonly Dictionary<string, TableContent> contents = new(StringComparer.Ordinal);
    private readonly List<OddValue> odd = [];
    private long mended;
    private long resumed;

    /// <summary>Does it. Faults: see <see cref="MoveFaults"/>; nothing is lost by any of them.</summary>
    public async Task<Outcome<MoveReport>> RunAsync(CancellationToken stop)
    {
        // One consistent state, whoever else writes meanwhile.
        using var session = await source.ReadAsync(stop);
        if (await MoveMarker.FindAsync(session, stop) is { } own) return MoveFaults.HalfSource(from, own);
        var given = await MoveSource.ReadAsync(session, stop);
        if (given.Collections.Count == 0) return MoveFaults.Nothing(from);
        if (!options.Live && await source.FindOtherNodeAsync(stop) is { } server) return MoveFaults.InUse(from, server);
        var found = await MoveTarget.LookAsync(target, stop);
        // A move that was cut off may have left its own mark.
        if (found.Marker is null && await target.FindOtherNodeAsync(stop) is { } other) return MoveFaults.InUse(to, other);
        if (found is { Marker: null, Contents: { } contained }) return MoveFaults.NotEmpty(to, contained);
        var folder = from.SharesFolderWith(to) ? null : new FolderCopy(from.Folder, to.Folder, options.Files);
        if (found.Marker is null && folder?.FirstInTheWay() is { } file) return MoveFaults.FileThere(to, file);

        var content = await CheckAsync(session, given, stop);
        if (mended > 0 && !options.MendValues) return MoveFaults.Values(odd, mended);
        var prepared = await PrepareAsync(found, given, content, stop);
        if (prepared.Failed(out var fault, out var refused)) return fault;
        if (await CopyAsync(session, given, stop) is { } broken) return broken;
        var files = folder is null ? 0 : await CopyFilesAsync(folder, stop);

        var expected = MoveTarget.Without(given.Collections, refused);
        var check = new MoveCheck(source, target, contents, options.OnProgress);
        if (await (options.Live ? check.RunLiveAsync(expected, given, stop) : check.RunAsync(expected, given, stop)) is { } different) return different;
        if (folder is not null && await CompareFilesAsync(folder, files, stop) is { Count: > 0 } wrong) return MoveFaults.Different(wrong, sourceChanged: false);
        await TryViewsAsync(expected, stop);
        if (options.BeforeRelease is { } last) await last(stop);
        if (await target.WriteAsync(marked => marked.ExecuteAsync(MoveMarker.Removal(), stop), null, stop) is { } kept) throw new DataException(kept);
        return new MoveReport(
            contents.Count - given.Internal.Count, contents.Where(table => given.Internal.All(own => own.Id != table.Key)).Sum(table => table.Value.Rows), expected.Count(collection => collection.Type == CollectionType.View), files, resumed, mended,
            [.. refused.Select(part => part.ToString())]);
    }

    private async Task<string> CheckAsync(ReadSession session, MoveSource given, CancellationToken stop)
    {
        using var hash = new ContentHash();
        given.Describe(hash);
        var count = new StageCount(MoveStage.Checking, given.Records, options.OnProgress);
        foreach (var table in given.Tables)
        {
            count.Tell(table.Name);
            var content = contents[table.Id] = await TableContent.ReadAsync(session, table, target, Note, count, stop);
            hash.Add(content.Hash);
        }
        return hash.Finish();
    }

    private void Note(OddValue value)
    {
        mended++;
        if (odd.Count < OddKept) odd.Add(value);
        if (!options.MendValues) return;
        if (options.OnOdd is { } onOdd) onOdd(value);
        else options.OnNote?.Invoke(value.ToString());
    }

    private async Task<Outcome<List<RefusedPart>>> PrepareAsync(MoveTarget found, MoveSource given, string content, CancellationToken stop)
    {
        if (found.Marker is { } marker)
        {
            if (marker.Content != content) return MoveFaults.OtherMove(from, to, marker);
            options.OnNote?.Invoke($"Going on with the move that began {marker.Began}.");
            return found.LacksOf(given.Collections);
        }
        var began = new MoveMarker(from.ToString(), content, DateText.Of(options.Clock.GetUtcNow()), options.Command);
        var refused = await found.PrepareAsync(given, began, options.SkipRefused, stop);
        return refused.Count > 0 && !options.SkipRefused ? MoveFaults.Refused(refused) : refused;
    }

    private async Task<Fault?> CopyAsync(ReadSession session, MoveSource given, CancellationToken stop)
    {
        var count = new StageCount(MoveStage.Copying, given.Records, options.OnProgress);
        foreach (var table in given.Tables)
        {
            count.Tell(table.Name);
            var have = await CountAsync(table, stop);
            if (have > contents[table.Id].Rows) return MoveFaults.TooMany(table, have, contents[table.Id].Rows);
            resumed += have;
            if (have > 0) count.Add(table.Name, have);
            if (have == contents[table.Id].Rows) continue;
            if (await new TableCopy(table, target).RunAsync(session, have, rows => count.Add(table.Name, rows), stop) is { } fault) return fault;
        }
        count.Tell("");
        return null;
    }

    private async ValueTask<long> CountAsync(Collection table, CancellationToken stop)
    {
        using var session = await target.ReadAsync(stop);
        return await new TableRows(table, null).CountAsync(session, stop);
    }

    private async Task<long> CopyFilesAsync(FolderCopy folder, CancellationToken stop)
    {
        var count = new StageCount(MoveStage.CopyingFiles, folder.Files().LongCount(), options.OnProgress);
        var copied = await folder.CopyAsync(file => count.Add(file), stop);
        count.Tell("");
        return copied;
    }

    private async Task<IReadOnlyList<string>> CompareFilesAsync(FolderCopy folder, long files, CancellationToken stop)
    {
        var count = new StageCount(MoveStage.ComparingFiles, files, options.OnProgress);
        var different = await folder.CompareAsync(file => count.Add(file), stop);
        count.Tell("");
        return different;
    }

    // A query that could be made a view may still stumble over a value: that is told, and mended where it is, in the view.
    private async Task TryViewsAsync(IReadOnlyList<Collection> expected, CancellationToken stop)
    {
        foreach (var view in expected.Where(collection => collection.Type == CollectionType.View))
        {
            try
            {
                using var session = await target.ReadAsync(stop);
                await ViewChecks.CheckRowsAsync(session, view, stop);
            }
            catch (DataException e) when (e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint or DataFaultKind.Timeout)
            {
                options.OnNote?.Invoke($"The view {view.Name} is there, but its query does not work on the target: {e.Fault.Detail}");
            }
        }
    }
}
