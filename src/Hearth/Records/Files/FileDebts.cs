using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Records.Files;

/// <summary>
/// What is owed to the place where the bytes of files are, so that neither bytes without a record nor a record without its bytes stay behind, whenever the
/// process ends (decision 30). Bytes are written under a debt that the record's own transaction takes away; bytes of a record that goes become a debt
/// with it. Debts are paid after the commit, and by any node later if that did not come to its end. All of it may be done twice.
/// </summary>
public sealed class FileDebts
{
    // An upload that is on its way for longer is given up: its record is then refused.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);
    private const int RowsAtOnce = 50;
    private const int KeysAtOnce = 400;

    private static readonly Collection Table = InternalTables.FileDebts;

    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly FileSweep sweep;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource ended = new();
    private int asked;

    /// <summary>The debts of an app.</summary>
    /// <param name="engine">Where they are written down.</param>
    /// <param name="files">Where the bytes are.</param>
    /// <param name="schema">The schema of the moment.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">For what could not be paid.</param>
    public FileDebts(Engine engine, RecordFiles files, Func<SchemaSnapshot> schema, TimeProvider clock, ILogger<FileDebts> logger)
    {
        (this.engine, this.clock, this.logger, Files) = (engine, clock, logger, files);
        sweep = new FileSweep(engine, files, schema);
    }

    /// <summary>Where the bytes are.</summary>
    public RecordFiles Files { get; }

    /// <summary>Writes down under an id that bytes are about to be written; durable when it returns.</summary>
    internal async ValueTask BeginAsync(string id, IReadOnlyList<string> keys, CancellationToken stop)
    {
        var row = New(DebtState.Writing, keys, id);
        await engine.WriteAsync(
            async session => await session.ExecuteLastAsync(row, stop) is { } refused ? throw new DataException(refused) : true,
            null,
            stop);
    }

    /// <summary>Whether the bytes of a debt may still become part of a record. Within the record's own write, which then <see cref="Settle">takes the debt away</see>.</summary>
    internal static async ValueTask<bool> StandsAsync(ReadSession session, string id, CancellationToken stop) =>
        await StoredRows.FindAsync(session, Table, id, stop) is { } row && row.GetText("state") == DebtState.Writing;

    /// <summary>Takes the debt away.</summary>
    internal static WritePlan Settle(string id) => new DeleteRow(Table, id);

    /// <summary>Writes down within a write that bytes are to go once it is committed; call <see cref="PaySoon"/> then.</summary>
    internal async ValueTask OweAsync(WriteSession session, IReadOnlyList<string> keys, CancellationToken stop, bool last = false)
    {
        for (var at = 0; at < keys.Count; at += KeysAtOnce)
        {
            var row = New(DebtState.Remove, [.. keys.Skip(at).Take(KeysAtOnce)]);
            var isLast = last && at + KeysAtOnce >= keys.Count;
            if (await (isLast ? session.ExecuteLastAsync(row, stop) : session.ExecuteAsync(row, stop)) is { } refused) throw new DataException(refused);
        }
    }

    /// <summary>What a change of the schema owes: the files of collections and fields that it takes away.</summary>
    public IEnumerable<WritePlan> Of(SchemaChanging changing)
    {
        foreach (var before in changing.Before.Collections)
        {
            if (before.Type == CollectionType.View || !FileKeys.HasFiles(before)) continue;
            var after = changing.Change.After.FirstOrDefault(kept => kept.Id == before.Id);
            if (after is null || LosesFiles(before, after)) yield return New(DebtState.Sweep, [FileKeys.Under(before.Id)]);
        }
    }

    /// <summary>The write of a debt's record came to nothing: its bytes are removed, unless it was committed after all.</summary>
    internal async ValueTask GiveUpAsync(string id)
    {
        try
        {
            await engine.WriteAsync(session => MarkAsync(session, id, CancellationToken.None), null, CancellationToken.None);
            PaySoon();
        }
        catch (DataException e)
        {
            // The database is away; it is found again later.
            FileLog.NotPaid(logger, e);
        }
    }

    /// <summary>Begins to pay what this node owes, in the background.</summary>
    public void PaySoon()
    {
        // Who is at it looks once more when it is done.
        if (Interlocked.Exchange(ref asked, 1) == 0 && !ended.IsCancellationRequested) _ = Task.Run(PayOwnAsync);
    }

    /// <summary>
    /// Pays everything that is due: of all nodes, and also what was being written by processes that are gone. One node does it from time to time.
    /// </summary>
    public async ValueTask TidyAsync(CancellationToken stop)
    {
        // A node that says nothing for a while is gone; should it come back, what it was writing is refused.
        var alive = (await engine.OtherNodesAsync(stop)).Select(static node => node.Id).Append(engine.Node).ToHashSet(StringComparer.Ordinal);
        var old = DateText.Of(clock.GetUtcNow() - LongestWrite);
        var writing = await ListAsync(from => Is(from, "state", DebtState.Writing), null, stop);
        foreach (var row in writing)
        {
            var isDead = !alive.Contains(row.GetText("node")) || string.CompareOrdinal(row.GetText("created"), old) < 0;
            if (isDead) await engine.WriteAsync(session => MarkAsync(session, row.Id, stop), null, stop);
        }
        await turn.WaitAsync(stop);
        try
        {
            await PayAsync(from => new Compare(new Column(from, FieldOf("state")), CompareOperator.NotEqual, new Literal(FieldValue.Text(DebtState.Writing)), false), stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The keys that are owed at this moment, those of uploads on their way among them: who looks for what is in the wrong place leaves these out.</summary>
    public async ValueTask<IReadOnlyList<string>> KeysAsync(CancellationToken stop) => [.. (await ListAsync(static _ => null, null, stop)).SelectMany(KeysOf)];

    /// <summary>Waits for the payment that is under way on this node; until what is returned is disposed no other begins, so that bytes that are there stay.</summary>
    public async ValueTask<IDisposable> HoldAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        return new Held(turn);
    }

    /// <summary>Forgets within a write what is to go: another state of the data takes the place of the one that no longer needed it.</summary>
    internal static async ValueTask ForgetAsync(WriteSession session, CancellationToken stop)
    {
        foreach (var row in await StoredRows.ListAsync(session, StoredRows.Plan(Table, static _ => null), stop))
        {
            if (row.GetText("state") != DebtState.Writing && await session.ExecuteAsync(new DeleteRow(Table, row.Id), stop) is { } refused) throw new DataException(refused);
        }
    }

    /// <summary>Waits for the payment that is under way and begins no other.</summary>
    public async ValueTask StopAsync(CancellationToken stop)
    {
        await ended.CancelAsync();
        await turn.WaitAsync(stop);
        turn.Release();
    }

    /// <summary>The keys of a debt.</summary>
    internal static IEnumerable<string> KeysOf(Record row) => row.GetJson("keys").EnumerateArray().Select(static key => key.GetString() ?? "");

    /// <summary>Rows of uploads on their way.</summary>
    internal static ReadPlan WritingPlan => StoredRows.Plan(Table, static from => Is(from, "state", DebtState.Writing));

    private sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        private int disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0) turn.Release();
        }
    }

    private static bool LosesFiles(Collection before, Collection after)
    {
        foreach (var field in before.Fields)
        {
            if (field is not FileField file) continue;
            var kept = after.Fields.FirstOrDefault(own => own.Id == file.Id);
            if (kept is not FileField || (file.Multiple && !kept.Multiple)) return true;
        }
        return false;
    }

    private async Task PayOwnAsync()
    {
        try
        {
            await turn.WaitAsync(ended.Token);
            try
            {
                Volatile.Write(ref asked, 0);
                await PayAsync(from => Filter.Both(Is(from, "state", DebtState.Remove), Is(from, "node", engine.Node)), ended.Token);
                await PayAsync(from => Filter.Both(Is(from, "state", DebtState.Sweep), Is(from, "node", engine.Node)), ended.Token);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The app stops; who comes next pays.
        }
        catch (Exception e)
        {
            FileLog.NotPaid(logger, e);
        }
    }

    private async ValueTask PayAsync(Func<BaseSource, Filter?> which, CancellationToken stop)
    {
        while (await ListAsync(which, RowsAtOnce, stop) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                foreach (var key in KeysOf(row))
                {
                    if (row.GetText("state") == DebtState.Sweep) await sweep.RunAsync(key, stop);
                    else await Files.RemoveAsync(key, stop);
                }
            }
            await engine.WriteAsync(
                async session =>
                {
                    foreach (var row in rows) await session.ExecuteAsync(new DeleteRow(Table, row.Id), stop);
                    return true;
                },
                null,
                stop);
        }
    }

    private static async ValueTask<bool> MarkAsync(WriteSession session, string id, CancellationToken stop)
    {
        if (await StoredRows.FindAsync(session, Table, id, stop) is not { } row || row.GetText("state") != DebtState.Writing) return false;
        row["state"] = FieldValue.Text(DebtState.Remove);
        return await session.ExecuteAsync(row.ToUpdate(), stop) is { } refused ? throw new DataException(refused) : true;
    }

    private async ValueTask<List<Record>> ListAsync(Func<BaseSource, Filter?> which, int? limit, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        return await StoredRows.ListAsync(session, StoredRows.Plan(Table, which, limit), stop);
    }

    private InsertRow New(string state, IReadOnlyList<string> keys, string id = "")
    {
        var row = Record.New(Table);
        row["id"] = FieldValue.Text(id);
        row["state"] = FieldValue.Text(state);
        row["keys"] = FieldValue.Json(JsonSerializer.Serialize([.. keys], PlainJson.Default.StringArray));
        row["node"] = FieldValue.Text(engine.Node);
        row["created"] = FieldValue.Text(DateText.Of(clock.GetUtcNow()));
        return (InsertRow)row.ToInsert();
    }

    private static Filter Is(BaseSource from, string field, string value) => StoredRows.TextIs(from, FieldOf(field), value);

    private static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"{Table.Name} has no field {name}.");
}

/// <summary>What a debt is.</summary>
internal static class DebtState
{
    /// <summary>Bytes are being written for a record that is not committed yet.</summary>
    public const string Writing = "writing";

    /// <summary>Bytes that are to go.</summary>
    public const string Remove = "remove";

    /// <summary>A part of the keys is to be looked through for what no record names.</summary>
    public const string Sweep = "sweep";
}

internal static partial class FileLog
{
    [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "Files that are no longer needed could not be removed; it will be tried again")]
    public static partial void NotPaid(ILogger logger, Exception exception);
}
