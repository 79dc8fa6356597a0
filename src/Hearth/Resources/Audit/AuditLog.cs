using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>
/// Who did what to which account, setting, rule or schema, from where and when. Entries are only added; soon after its commit each gets a number and a hash
/// over itself and the one before it, by one node at a time, so that writes need not wait for each other. One object for the life of an app.
/// </summary>
public sealed class AuditLog(Engine engine, ParameterStore parameters, AppSecrets secrets, TimeProvider clock)
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

    /// <summary>Where the chain stands.</summary>
    public async ValueTask<AuditHead> HeadAsync(CancellationToken stop) => AuditHead.Parse(await parameters.FindAsync(AuditHead.Key, stop));

    /// <summary>Checks every entry and its place; see <see cref="AuditCheck"/>.</summary>
    /// <param name="noted">Number of an entry whose hash is wanted; 0 for none.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<AuditReport> VerifyAsync(long noted, CancellationToken stop)
    {
        // One consistent state: entries and head belong together.
        using var session = await engine.ReadAsync(stop);
        return await AuditCheck.RunAsync(session, secrets, noted, stop);
    }

    /// <summary>
    /// Removes the oldest entries, those from before an instant, and remembers where the chain begins from then on. What has no place in the chain yet stays.
    /// </summary>
    public async Task RemoveBeforeAsync(DateTimeOffset instant, CancellationToken stop)
    {
        var removed = 0L;
        for (var more = true; more;)
        {
            var count = await RemoveSomeAsync(FieldValue.Text(DateText.Of(instant)), stop);
            removed += count;
            more = count == RowsAtOnce;
        }
        if (removed > 0) await NoteAsync(new AuditEntry("audit.removed", AuditActor.Program) { Details = new JsonObject { ["entries"] = removed } }, stop);
    }

    /// <summary>Signs the head with a key that the app did not have before.</summary>
    internal async ValueTask SignAsync(WriteSession session, AppSecrets to, CancellationToken stop)
    {
        await session.LockAsync(LockName, stop);
        if (await ParameterStore.FindAsync(session, AuditHead.Key, stop) is not { } stored) return;
        var head = AuditHead.Parse(stored);
        // A head that was never signed is one from before there was a key.
        if (head.Signature.Length > 0 && !head.IsSigned(secrets)) head = head with { Forged = head.Forged > 0 ? head.Forged : head.Number };
        await parameters.StoreAsync(session, AuditHead.Key, head.Sign(to).ToJson(), stop);
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
        return await session.AnyAsync(AuditRows.Open(whole: false), stop);
    }

    private Task<int> SealSomeAsync(CancellationToken stop) => ChangeChainAsync(
        async (session, head) =>
        {
            var rows = await AuditRows.ReadAsync(session, AuditRows.Open(whole: true) with { Limit = RowsAtOnce }, stop);
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
            return (rows.Count, head);
        },
        stop);

    private Task<int> RemoveSomeAsync(FieldValue before, CancellationToken stop) => ChangeChainAsync(
        async (session, head) =>
        {
            var removed = 0;
            foreach (var row in await AuditRows.ReadAsync(session, AuditRows.Sealed() with { Limit = RowsAtOnce }, stop))
            {
                if (string.CompareOrdinal(row[AuditRows.Table.OrdinalOf("created")].AsText, before.AsText) >= 0) break;
                await DoAsync(session, new DeleteRow(AuditRows.Table, row[0].AsText), stop);
                head = head with { AnchorNumber = (long)row[AuditRows.Table.OrdinalOf("number")].AsNumber, AnchorHash = row[AuditRows.Table.OrdinalOf("hash")].AsText };
                removed++;
            }
            return (removed, head);
        },
        stop);

    // One node at a time. A head that somebody else has made is built on, because what follows must be kept in order, too, but stays known as such.
    private Task<int> ChangeChainAsync(Func<WriteSession, AuditHead, ValueTask<(int Count, AuditHead Head)>> change, CancellationToken stop) => engine.WriteAsync(
        async session =>
        {
            await session.LockAsync(LockName, stop);
            var stored = await ParameterStore.FindAsync(session, AuditHead.Key, stop);
            var head = AuditHead.Parse(stored);
            if (!head.IsSigned(secrets)) head = head with { Forged = head.Forged > 0 ? head.Forged : head.Number };
            var (count, changed) = await change(session, head);
            if (count > 0) await parameters.StoreAsync(session, AuditHead.Key, changed.Sign(secrets).ToJson(), stop);
            return count;
        },
        null,
        stop);

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }
}
