using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Records.Deleting;

/// <summary>
/// What goes with a removed record (contract 5.10): records that refer to nothing else any more and say so are removed too, required
/// references block the whole, others lose the id. It works in waves instead of calling itself, so that chains may be of any depth, and
/// it ends on circles because a record that is gone is not found again. Fields of one id, which have an index, are followed to their end
/// before those of many.
/// </summary>
internal sealed class DeleteCascade(SchemaSnapshot schema)
{
    private const int RowsAtOnce = 500;

    private readonly Dictionary<Collection, HashSet<string>> gone = [];
    private readonly Queue<(Collection Collection, List<string> Ids)> waves = new();
    private readonly ListedReferences listed = new(schema);

    /// <summary>Called for each record before it is removed; a fault ends the whole.</summary>
    public Func<Record, Fault?> Removing { get; init; } = static _ => null;

    /// <summary>Called for each removed record.</summary>
    public Action<Record> Removed { get; init; } = static _ => { };

    /// <summary>
    /// Records of which somebody found, before the writer was held, that they would go. What is true of them still is done at once, without asking who refers to each; what
    /// is not among them is found all the same.
    /// </summary>
    public IReadOnlyList<Record> Foreseen { get; init; } = [];

    /// <summary>Called for each record that lost an id, with its new values.</summary>
    public Action<Record> Detached { get; init; } = static _ => { };

    /// <summary>True when records of this collection may be removed together with ones of another.</summary>
    public static bool MayReach(SchemaSnapshot schema, Collection first, Func<Collection, bool> wanted)
    {
        var seen = new HashSet<Collection> { first };
        var open = new Queue<Collection>([first]);
        while (open.TryDequeue(out var collection))
        {
            if (wanted(collection)) return true;
            foreach (var reference in schema.ReferencesTo(collection))
            {
                if (reference.Field.CascadeDelete && seen.Add(reference.Collection)) open.Enqueue(reference.Collection);
            }
        }
        return false;
    }

    /// <summary>Removes records of one collection with everything that goes with them.</summary>
    public async ValueTask<Fault?> RemoveAsync(WriteSession session, IReadOnlyList<Record> first, string now, CancellationToken stop)
    {
        if (await RemoveWaveAsync(session, first, stop) is { } refused) return refused;
        if (Foreseen.Count > 0 && await RemoveForeseenAsync(session, stop) is { } refusal) return refusal;
        while (true)
        {
            while (waves.TryDequeue(out var wave))
            {
                listed.Add(wave.Collection, wave.Ids);
                foreach (var reference in schema.ReferencesTo(wave.Collection))
                {
                    if (reference.Field.Multiple || reference.Collection.Type == CollectionType.View) continue;
                    if (await FollowAsync(session, reference, () => ReferringAsync(session, reference, wave.Ids, RowsAtOnce, stop), now, stop) is { } fault) return fault;
                }
            }
            if (!listed.TryNext(out var next)) break;
            if (await FollowAsync(session, next.Reference, () => ListedReferences.FindAsync(session, next, all: false, stop), now, stop) is { } kept) return kept;
        }
        return await CheckSuperusersAsync(session, stop);
    }

    /// <summary>The records that would be removed, the first ones included, without touching anything; about so many of them at most.</summary>
    public async ValueTask<List<Record>> FindAsync(ReadSession session, IReadOnlyList<Record> first, CancellationToken stop, int most = int.MaxValue)
    {
        var found = new List<Record>(first);
        Take(first[0].Collection, first);
        while (true)
        {
            while (waves.TryDequeue(out var wave))
            {
                listed.Add(wave.Collection, wave.Ids);
                foreach (var reference in schema.ReferencesTo(wave.Collection))
                {
                    if (found.Count >= most) return found;
                    if (reference.Field.Multiple || reference.Collection.Type == CollectionType.View || !reference.Field.CascadeDelete) continue;
                    Add(reference, await ReferringAsync(session, reference, wave.Ids, most == int.MaxValue ? null : most, stop));
                }
            }
            if (!listed.TryNext(out var next)) return found;
            if (next.Reference.Field.CascadeDelete) Add(next.Reference, await ListedReferences.FindAsync(session, next, all: true, stop));
        }

        void Add(Reference reference, List<Record> rows)
        {
            rows.RemoveAll(row => IsGone(row) || Remaining(row, reference).Count > 0);
            found.AddRange(rows);
            Take(reference.Collection, rows);
        }
    }

    private async ValueTask<Fault?> RemoveForeseenAsync(WriteSession session, CancellationToken stop)
    {
        var referring = await ReferringAmongForeseenAsync(session, stop);
        var passed = new List<(Collection Collection, List<string> Ids)>();
        while (waves.TryDequeue(out var wave))
        {
            passed.Add(wave);
            var removed = new Dictionary<Collection, HashSet<Record>>();
            foreach (var id in wave.Ids)
            {
                if (!referring.TryGetValue((wave.Collection, id), out var rows)) continue;
                foreach (var (row, reference) in rows)
                {
                    if (IsGone(row) || Remaining(row, reference).Count > 0) continue;
                    if (!removed.TryGetValue(row.Collection, out var own)) removed[row.Collection] = own = [];
                    own.Add(row);
                }
            }
            foreach (var own in removed.Values)
            {
                if (await RemoveWaveAsync(session, [.. own], stop) is { } refused) return refused;
            }
        }
        // Whoever else refers to any of them is asked for once.
        foreach (var group in passed.GroupBy(static wave => wave.Collection)) waves.Enqueue((group.Key, [.. group.SelectMany(static wave => wave.Ids)]));
        return null;
    }

    // By whom each record is referred to with cascades, as it is now.
    private async ValueTask<Dictionary<(Collection, string), List<(Record Row, Reference Reference)>>> ReferringAmongForeseenAsync(WriteSession session, CancellationToken stop)
    {
        var referring = new Dictionary<(Collection, string), List<(Record, Reference)>>();
        foreach (var group in Foreseen.GroupBy(static record => record.Collection))
        {
            var references = group.Key.Fields.OfType<RelationField>().Where(static field => field.CascadeDelete).Select(field => new Reference(group.Key, field)).ToList();
            if (references.Count == 0) continue;
            string[] ids = [.. group.Select(static record => record.Id)];
            foreach (var row in await StoredRows.ListAsync(session, StoredRows.Plan(group.Key, from => new IdIn(from, ids)), stop))
            {
                foreach (var reference in references)
                {
                    if (schema.Find(reference.Field.CollectionId) is not { } target) continue;
                    foreach (var id in row[reference.Field.Name].AsList)
                    {
                        if (!referring.TryGetValue((target, id), out var rows)) referring[(target, id)] = rows = [];
                        rows.Add((row, reference));
                    }
                }
            }
        }
        return referring;
    }

    private async ValueTask<Fault?> FollowAsync(WriteSession session, Reference reference, Func<ValueTask<List<Record>>> find, string now, CancellationToken stop)
    {
        while (true)
        {
            var rows = await find();
            if (rows.Count == 0) return null;
            var removed = new List<Record>();
            foreach (var row in rows)
            {
                var remaining = Remaining(row, reference);
                if (remaining.Count == row[reference.Field.Name].AsList.Count) continue; // changed since it was found
                if (remaining.Count == 0 && reference.Field.CascadeDelete) removed.Add(row);
                else if (remaining.Count == 0 && reference.Field.Required) return RecordFaults.DeleteBlocked;
                else if (await DetachAsync(session, row, reference, remaining, now, stop) is { } fault) return fault;
            }
            if (await RemoveWaveAsync(session, removed, stop) is { } refused) return refused;
            if (rows.Count < RowsAtOnce) return null;
        }
    }

    private async ValueTask<Fault?> RemoveWaveAsync(WriteSession session, IReadOnlyList<Record> records, CancellationToken stop)
    {
        // Two that go at the same moment would each see the other as the one who stays.
        if (records.Count > 0 && records[0].Collection.Name == Caller.SuperusersCollection) await session.LockAsync("superusers", stop);
        foreach (var record in records)
        {
            if (Removing(record) is { } refused) return refused;
            if (await session.ExecuteAsync(new DeleteRow(record.Collection, record.Id), stop) is { } refusal) return RecordFaults.DeleteBlocked.Because(refusal.Detail);
            await SystemRecords.RemoveAllAsync(session, schema, record, stop);
            Removed(record);
        }
        if (records.Count > 0) Take(records[0].Collection, records);
        return null;
    }

    private async ValueTask<Fault?> DetachAsync(WriteSession session, Record row, Reference reference, List<string> remaining, string now, CancellationToken stop)
    {
        row[reference.Field.Name] = reference.Field.Multiple ? FieldValue.List(remaining) : FieldValue.Text(remaining.Count == 0 ? "" : remaining[^1]);
        RecordFilling.Date(row, now);
        if (await session.ExecuteAsync(new UpdateRow(row.Collection, row.Id, row.Changes()), stop) is { } refusal) return RecordFaults.DeleteBlocked.Because(refusal.Detail);
        Detached(row);
        return null;
    }

    private async ValueTask<Fault?> CheckSuperusersAsync(ReadSession session, CancellationToken stop)
    {
        if (schema.Find(Caller.SuperusersCollection) is not { } superusers || !gone.ContainsKey(superusers)) return null;
        return await session.AnyAsync(new ReadPlan { From = new BaseSource(superusers) }, stop) ? null : RecordFaults.LastSuperuser;
    }

    private void Take(Collection collection, IReadOnlyList<Record> records)
    {
        if (records.Count == 0) return;
        if (!gone.TryGetValue(collection, out var ids)) gone[collection] = ids = new HashSet<string>(StringComparer.Ordinal);
        var wave = new List<string>(records.Count);
        foreach (var record in records)
        {
            if (ids.Add(record.Id)) wave.Add(record.Id);
        }
        if (wave.Count > 0) waves.Enqueue((collection, wave));
    }

    private bool IsGone(Record row) => gone.TryGetValue(row.Collection, out var ids) && ids.Contains(row.Id);

    private List<string> Remaining(Record row, Reference reference)
    {
        var target = schema.Find(reference.Field.CollectionId);
        var remaining = new List<string>();
        foreach (var id in row[reference.Field.Name].AsList)
        {
            if (target is null || !gone.TryGetValue(target, out var ids) || !ids.Contains(id)) remaining.Add(id);
        }
        return remaining;
    }

    private static ValueTask<List<Record>> ReferringAsync(ReadSession session, Reference reference, List<string> ids, int? limit, CancellationToken stop) =>
        StoredRows.ListAsync(session, StoredRows.Plan(reference.Collection, from => new RefersTo(from, reference.Field, ids), limit), stop);
}
