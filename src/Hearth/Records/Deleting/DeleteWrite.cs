using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Records.Deleting;

/// <summary>Removes one record with everything that goes with it (contract 6.5).</summary>
internal sealed class DeleteWrite(StoreParts parts, WriteScope scope, string id) : RecordWrite(parts, scope)
{
    // Fewer than the first are no trouble to ask for; more than the second need not be in memory twice.
    private const int LeastForeseen = 20;
    private const int MostForeseen = 5000;
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly DeleteHooks hooks = new(parts, scope);
    private IReadOnlyList<Record> foreseen = [];

    public override async ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop)
    {
        var collection = Scope.Collection;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (RecordRules.Gate(Scope.Facts.Caller, collection, RecordActions.Delete) is { } closed) return closed;
        var ruled = within is null && RecordRules.Applies(Scope.Facts.Caller, collection.DeleteRule);
        var guarded = OwnerProof.Guards(collection);
        // Where writes wait for each other, the looking is done before.
        var looksAhead = within is null && !hooks.Listen && Parts.Engine.HasOneWriter && Scope.Schema.ReferencesTo(collection).Any(static reference => reference.Field.CascadeDelete);
        if (!ruled && !hooks.Listen && !guarded && !looksAhead) return null;
        List<Record> first = [];
        var refusal = await ReadAsync<Fault?>(within, async session =>
        {
            if (await StoredRows.FindAsync(session, collection, id, stop) is not { } record || !await HoldsAsync(session, stop)) return RecordFaults.NotFound;
            first.Add(record);
            await hooks.LookAsync(session, first, stop);
            if (looksAhead) await LookAheadAsync(session, first, stop);
            return null;
        }, stop);
        if (refusal is null && guarded) refusal = await ProveAsync(within, first[0], stop);
        return refusal ?? await hooks.RunAsync(stop);
    }

    // Whoever has only a token must not be able to take away what keeps others out of the account.
    private async ValueTask<Fault?> ProveAsync(ReadSession? within, Record row, CancellationToken stop)
    {
        var facts = Scope.Facts;
        if (!OwnerProof.IsOwn(row, facts.Caller)) return null;
        var account = await ReadAsync(within, session => StoredRows.FindAsync(session, facts.Caller.Collection!, facts.Caller.Id, stop), stop); // the owner is a record
        var password = facts.Body.TryGetValue("password", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString() ?? "" : "";
        return account is null ? RecordFaults.NotFound : await new OwnerProof(Parts).RefuseAsync(within, Scope.Schema, account, password, facts, stop);
    }

    protected override async ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop)
    {
        Record = await StoredRows.FindAsync(session, Scope.Collection, id, stop);
        if (Record is null || !await HoldsAsync(session, stop)) return RecordFaults.NotFound;
        if (Precondition is not null && await Precondition(session, Record) is { } unmet) return unmet;
        var gone = new List<Record>();
        var keys = new List<string>();
        var cascade = new DeleteCascade(Scope.Schema)
        {
            Foreseen = foreseen,
            Removing = hooks.Check,
            Removed = record =>
            {
                Tell(session, RowAct.Deleted, record);
                if (Parts.Journal.Keeps(record.Collection)) gone.Add(record);
                FileKeys.AddAll(record, keys);
            },
            Detached = record => Tell(session, RowAct.Updated, record),
        };
        try
        {
            if (await cascade.RemoveAsync(session, [Record], DateText.Of(Parts.Clock.GetUtcNow()), stop) is { } fault) return fault;
        }
        catch (DataException slow) when (slow.Fault.Kind == DataFaultKind.Timeout)
        {
            return RecordFaults.TooMuchToDelete;
        }
        await OweAsync(session, keys, stop);
        foreach (var record in gone) await NoteAsync(session, RecordAct.Deleted, record, stop);
        return await ExecuteFurtherAsync(session, hooks.Further, stop);
    }

    private async ValueTask LookAheadAsync(ReadSession session, IReadOnlyList<Record> first, CancellationToken stop)
    {
        session.LimitTo(LongestLook);
        try
        {
            var found = await new DeleteCascade(Scope.Schema).FindAsync(session, first, stop, MostForeseen);
            if (found.Count > LeastForeseen) foreseen = found;
        }
        catch (DataException slow) when (slow.Fault.Kind == DataFaultKind.Timeout)
        {
            // It is only to be quick; the write finds out for itself.
        }
    }

    private ValueTask<bool> HoldsAsync(ReadSession session, CancellationToken stop) => RecordRules.Applies(Scope.Facts.Caller, Scope.Collection.DeleteRule)
        ? NotedAsync(RecordRules.HoldsAsync(session, Scope.Schema, Scope.Facts, Scope.Collection, id, Scope.Collection.DeleteRule!, stop))
        : ValueTask.FromResult(true);
}
