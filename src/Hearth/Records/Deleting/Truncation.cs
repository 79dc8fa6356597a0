using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Records.Writing;

namespace Hearth.Records.Deleting;

/// <summary>Removes every record of a collection, one by one with cascades and hooks, in one transaction and in steady memory unless hooks listen.</summary>
internal sealed class Truncation(StoreParts parts, WriteScope scope) : RecordWrite(parts, scope)
{
    private const int RowsAtOnce = 500;

    private readonly DeleteHooks hooks = new(parts, scope);

    public override async ValueTask<Fault?> PrepareAsync(ReadSession? within, CancellationToken stop)
    {
        if (Scope.Collection.Type == Schema.CollectionType.View) return RecordFaults.UnsupportedType;
        if (!hooks.Listen) return null;
        await ReadAsync(within, async session =>
        {
            await hooks.LookAsync(session, await StoredRows.ListAsync(session, StoredRows.Plan(Scope.Collection, static _ => null), stop), stop);
            return true;
        }, stop);
        return await hooks.RunAsync(stop);
    }

    protected override async ValueTask<Fault?> StoreAsync(WriteSession session, CancellationToken stop)
    {
        var removed = 0L;
        var gone = new List<Record>();
        var keys = new List<string>();
        var now = DateText.Of(Parts.Clock.GetUtcNow());
        while (true)
        {
            var rows = await StoredRows.ListAsync(session, StoredRows.Plan(Scope.Collection, static _ => null, RowsAtOnce), stop);
            if (rows.Count == 0) break;
            var cascade = new DeleteCascade(Scope.Schema)
            {
                Removing = hooks.Check,
                Removed = record =>
                {
                    Tell(session, RowAct.Deleted, record);
                    if (ReferenceEquals(record.Collection, Scope.Collection)) removed++;
                    else if (Parts.Journal.Keeps(record.Collection)) gone.Add(record);
                    FileKeys.AddAll(record, keys);
                },
                Detached = record => Tell(session, RowAct.Updated, record),
            };
            if (await cascade.RemoveAsync(session, rows, now, stop) is { } fault) return fault;
            await OweAsync(session, keys, stop);
            keys.Clear();
            foreach (var record in gone) await NoteAsync(session, RecordAct.Deleted, record, stop);
            gone.Clear();
        }
        await NoteAsync(session, Parts.Journal.OfTruncation(Scope.Collection, removed, Scope.Facts), last: false, stop);
        return await ExecuteFurtherAsync(session, hooks.Further, stop);
    }

    public async Task<Fault?> TruncateAsync(CancellationToken stop)
    {
        if (await PrepareAsync(null, stop) is { } refusal) return refusal;
        if (await Parts.Engine.WriteAsync(Scope.Schema, session => CommitAsync(session, stop), static fault => fault is null, stop) is { } fault) return fault;
        await AnnounceAsync();
        return null;
    }
}
