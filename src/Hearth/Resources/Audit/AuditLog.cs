using System.Collections.Concurrent;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>
/// Who did what to which account, setting, rule or schema, from where and when. Entries are only added; soon after its commit each gets a number and a hash
/// over itself and the one before it, by one node at a time, so that writes need not wait for each other. One object for the life of an app.
/// </summary>
public sealed class AuditLog(Engine engine, ParameterStore parameters, TimeProvider clock)
{
    private const int RowsAtOnce = 500;
    private const string LockName = "audit";

    private readonly AuditBounds bounds = new(clock);
    private readonly ConcurrentQueue<AuditEntry> waiting = new();

    /// <summary>
    /// Notes something by itself, and returns when it is durable. What is noted with a change belongs into the write of the change: <see cref="Plan"/>. A bounded
    /// entry is stored a moment later instead, so that the time of an answer does not tell whether it was the first of its kind.
    /// </summary>
    public async ValueTask NoteAsync(AuditEntry entry, CancellationToken stop)
    {
        if (!entry.Bounded) await WriteAsync([entry], stop);
        else foreach (var due in bounds.Take(entry)) waiting.Enqueue(due);
    }

    /// <summary>A plan that notes something together with the write that it is handed to.</summary>
    public WritePlan Plan(AuditEntry entry) => AuditRows.Insert(entry, clock.GetUtcNow());

    /// <summary>Stores the bounded entries that wait, and what was only counted when its time is over; with <paramref name="now"/> all of that.</summary>
    public async ValueTask NoteBoundedAsync(bool now, CancellationToken stop)
    {
        foreach (var due in bounds.End(now)) waiting.Enqueue(due);
        var entries = new List<AuditEntry>();
        while (waiting.TryDequeue(out var entry)) entries.Add(entry);
        if (entries.Count == 0) return;
        try
        {
            await WriteAsync(entries, stop);
        }
        catch
        {
            foreach (var entry in entries) waiting.Enqueue(entry);
            throw;
        }
    }

    /// <summary>Gives all entries that have none their place in the chain.</summary>
    public async ValueTask SealAsync(CancellationToken stop)
    {
        while (await AnyOpenAsync(stop) && await SealSomeAsync(stop) == RowsAtOnce)
        {
        }
    }

    private Task<bool> WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken stop) => engine.WriteAsync(
        async session =>
        {
            foreach (var entry in entries) await DoAsync(session, Plan(entry), stop);
            return true;
        },
        null,
        stop);

    private async ValueTask<bool> AnyOpenAsync(CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        return await session.AnyAsync(Open([]), stop);
    }

    private Task<int> SealSomeAsync(CancellationToken stop) => engine.WriteAsync(
        async session =>
        {
            await session.LockAsync(LockName, stop);
            var head = AuditHead.Parse(await ParameterStore.FindAsync(session, AuditHead.Key, stop));
            var rows = await ReadAsync(session, Open([.. AuditRows.Table.Fields.Select(field => new OutputColumn(field))]) with { Limit = RowsAtOnce }, stop);
            foreach (var row in rows)
            {
                var number = head.Number + 1;
                var hash = AuditChain.HashOf(number, head.Hash, row);
                await DoAsync(session, new UpdateRow(AuditRows.Table, row[0].AsText, [
                    new Assignment(AuditRows.FieldOf("number"), FieldValue.Number(number)),
                    new Assignment(AuditRows.FieldOf("previous"), FieldValue.Text(head.Hash)),
                    new Assignment(AuditRows.FieldOf("hash"), FieldValue.Text(hash)),
                ]), stop);
                head = head with { Number = number, Hash = hash };
            }
            if (rows.Count > 0) await parameters.StoreAsync(session, AuditHead.Key, head.ToJson(), stop);
            return rows.Count;
        },
        null,
        stop);

    private static ReadPlan Open(System.Collections.Immutable.ImmutableArray<OutputColumn> columns)
    {
        var from = new BaseSource(AuditRows.Table);
        return new ReadPlan
        {
            From = from,
            Columns = columns,
            Where = AuditRows.Is(from, "number", CompareOperator.Equal, FieldValue.Number(0)),
            Sort = columns.IsEmpty ? [] : [new SortKey(new Column(from, AuditRows.FieldOf("created")), false), new SortKey(new Column(from, AuditRows.FieldOf("id")), false)],
        };
    }

    private static async ValueTask<List<FieldValue[]>> ReadAsync(ReadSession session, ReadPlan plan, CancellationToken stop)
    {
        using var rows = await session.QueryAsync(plan, stop);
        var found = new List<FieldValue[]>();
        while (await rows.NextAsync(stop)) found.Add(RowValues.Read(rows, AuditRows.Table.Fields));
        return found;
    }

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }
}
