using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>Reads both sides after everything was copied, each afresh, and compares.</summary>
internal sealed class MoveCheck(Engine source, Engine target, IReadOnlyDictionary<string, TableContent> copied, Action<MoveProgress>? tell)
{
    /// <summary>Compares; null when both are the same.</summary>
    /// <param name="expected">The collections as the target must hold them.</param>
    /// <param name="read">What was read of the source before it was copied.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Fault?> RunAsync(IReadOnlyList<Collection> expected, MoveSource read, CancellationToken stop)
    {
        using var left = await source.ReadAsync(stop);
        using var right = await target.ReadAsync(stop);
        var (now, there) = (await MoveSource.ReadAsync(left, stop), await MoveSource.ReadAsync(right, stop));
        var changes = Differences("The source", read.Collections, now.Collections, read, now).ToList();
        var count = new StageCount(MoveStage.Comparing, now.Records + there.Records, tell);
        var differences = Differences("The target", expected, there.Collections, read, there).ToList();
        foreach (var collection in expected.Where(collection => collection.Type != CollectionType.View).Concat(now.Internal))
        {
            count.Tell(collection.Name);
            // Side by side: each has an engine of its own.
            var reading = Task.Run(() => TableContent.ReadAsync(left, collection, target, null, count, stop), stop);
            var own = await TableContent.ReadAsync(right, collection, null, null, count, stop);
            var given = await reading;
            var before = copied[collection.Id];
            if (given != before) changes.Add($"{collection.Name}: {Compared("records before", before, "now", given)}");
            else if (own != given) differences.Add($"{collection.Name}: {Compared("records in the source", given, "in the target", own)}");
        }
        if (changes.Count > 0) return MoveFaults.Different(changes, sourceChanged: true);
        return differences.Count > 0 ? MoveFaults.Different(differences, sourceChanged: false) : null;
    }

    /// <summary>Compares the target with what was read of the source when it was copied; null when it is the same.</summary>
    public async Task<Fault?> RunLiveAsync(IReadOnlyList<Collection> expected, MoveSource read, CancellationToken stop)
    {
        using var right = await target.ReadAsync(stop);
        var there = await MoveSource.ReadAsync(right, stop);
        var count = new StageCount(MoveStage.Comparing, there.Records, tell);
        var differences = Differences("The target", expected, there.Collections, read, there).ToList();
        foreach (var collection in expected.Where(collection => collection.Type != CollectionType.View).Concat(read.Internal))
        {
            var own = await TableContent.ReadAsync(right, collection, null, null, count, stop);
            if (own != copied[collection.Id]) differences.Add($"{collection.Name}: {Compared("records in the source", copied[collection.Id], "in the target", own)}");
        }
        return differences.Count > 0 ? MoveFaults.Different(differences, sourceChanged: false) : null;
    }

    private static string Compared(string one, TableContent left, string other, TableContent right) => left.Rows == right.Rows
        ? $"{left.Rows:N0} {one} and {other}, but their contents differ (SHA-256 {left.Hash[..12]}… and {right.Hash[..12]}…)"
        : $"{left.Rows:N0} {one}, {right.Rows:N0} {other}";

    private static IEnumerable<string> Differences(
        string where, IReadOnlyList<Collection> wanted, IReadOnlyList<Collection> found, MoveSource wantedOthers, MoveSource foundOthers)
    {
        foreach (var collection in wanted)
        {
            var own = found.FirstOrDefault(other => other.Id == collection.Id);
            if (own is null) yield return $"{where} has no collection {collection.Name} any more.";
            else if (CollectionJson.ToStorage(own) != CollectionJson.ToStorage(collection)) yield return $"{where} defines the collection {collection.Name} in another way.";
        }
        foreach (var own in found.Where(own => !wanted.Any(collection => collection.Id == own.Id))) yield return $"{where} has a collection {own.Name} besides.";
        if (HashOf(wantedOthers.Parameters) != HashOf(foundOthers.Parameters)) yield return $"{where} has other settings.";
        if (HashOf(wantedOthers.History) != HashOf(foundOthers.History)) yield return $"{where} has another history of migrations.";
    }

    private static string HashOf(IReadOnlyList<FieldValue[]> rows)
    {
        using var hash = new ContentHash();
        foreach (var row in rows.OrderBy(row => row[0].AsText, StringComparer.Ordinal)) hash.Add(row);
        return hash.Finish();
    }
}
