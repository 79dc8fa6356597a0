using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Records.Moving;

/// <summary>What was put in the place of what was there.</summary>
/// <param name="Collections">Collections, views included.</param>
/// <param name="Records">Records in them.</param>
/// <param name="LeftOut">Views and indexes that the database refused, each in a sentence.</param>
public sealed record SwapReport(int Collections, long Records, IReadOnlyList<string> LeftOut);

/// <summary>
/// Puts everything that one database holds in the place of what another holds, in a single transaction of the other: whoever reads meanwhile sees the old, and
/// whatever happens before its commit leaves the old. What was written is read again and compared before that.
/// </summary>
/// <param name="source">Opened; nobody writes to it.</param>
/// <param name="target">The database of the app, which may be in use by any number of nodes.</param>
internal sealed class ContentSwap(Engine source, Engine target)
{
    private const int RowsAtOnce = 2000;
    private const int CharactersAtOnce = 4 << 20;

    /// <summary>Does it. Throws a <see cref="DataException"/> of kind stale when the schema of the target is not the one told; then nothing was done.</summary>
    /// <param name="current">The schema of the target.</param>
    /// <param name="also">What else to write.</param>
    /// <param name="owed">Debts under which files were put down for it; see <see cref="FileDebts"/>.</param>
    /// <param name="topics">What to tell the nodes of.</param>
    /// <param name="stop">Gives up before the commit.</param>
    public async Task<Outcome<SwapReport>> RunAsync(SchemaSnapshot current, IReadOnlyList<WritePlan> also, IReadOnlyList<string> owed, IReadOnlyList<string> topics, CancellationToken stop)
    {
        using var reading = await source.ReadAsync(stop);
        var given = await MoveSource.ReadAsync(reading, stop);
        var refused = new List<RefusedPart>();
        while (true)
        {
            SchemaStep? now = null;
            Fault? different = null;
            try
            {
                await target.ChangeSchemaAsync(current.Version, async session =>
                {
                    foreach (var step in Steps(current, given, refused))
                    {
                        now = step;
                        await session.ApplyAsync(step, stop);
                    }
                    now = null;
                    await session.ReplaceAllAsync(stop);
                    await ClearAsync(session, stop);
                    foreach (var values in given.Parameters) await DoAsync(session, new InsertRow(InternalTables.Params, values), stop);
                    foreach (var values in given.History) await DoAsync(session, new InsertRow(InternalTables.Migrations, values), stop);
                    foreach (var table in given.Tables)
                    {
                        var content = await CopyAsync(reading, session, table, stop);
                        var there = await TableContent.ReadAsync(session, table, null, null, new StageCount(MoveStage.Comparing, content.Rows, null), stop);
                        if (there == content) continue;
                        different = Fault.BadRequest("backups.different", $"What was read back of {table.Name} is not what the backup holds; nothing was changed.");
                        throw new OperationCanceledException();
                    }
                    foreach (var plan in also) await DoAsync(session, plan, stop);
                    foreach (var debt in owed)
                    {
                        if (!await FileDebts.StandsAsync(session, debt, stop))
                        {
                            different = Fault.Of(503, "files.too_slow", "Storing the files took too long. Please try again.") with { RetryAfter = 1 };
                            throw new OperationCanceledException();
                        }
                        await DoAsync(session, FileDebts.Settle(debt), stop);
                    }
                    foreach (var topic in topics) session.Tell(topic, "");
                    stop.ThrowIfCancellationRequested();
                });
                var made = MoveTarget.Without(given.Collections, refused);
                return new SwapReport(made.Count, made.Where(table => given.Counts.ContainsKey(table)).Sum(table => given.Counts[table]), [.. refused.Select(part => part.ToString())]);
            }
            catch (OperationCanceledException) when (different is not null)
            {
                return different;
            }
            catch (DataException e) when (now is CreateView or CreateIndex && e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint)
            {
                refused.Add(new RefusedPart(now!, e.Fault.Detail)); // not null: it is a view or an index
            }
        }
    }

    private static IEnumerable<SchemaStep> Steps(SchemaSnapshot current, MoveSource given, List<RefusedPart> refused) =>
        [.. SchemaChanges.Compute(current.Collections, []).Steps, .. SchemaChanges.Compute([], MoveTarget.Without(given.Collections, refused)).Steps];

    private async ValueTask<TableContent> CopyAsync(ReadSession reading, WriteSession session, Collection table, CancellationToken stop)
    {
        using var hash = new ContentHash();
        var batch = new List<IReadOnlyList<FieldValue>>(RowsAtOnce);
        var characters = 0L;
        await foreach (var row in new TableRows(table, target).ReadAsync(reading, 0, null, stop))
        {
            hash.Add(row);
            batch.Add(row);
            foreach (var value in row) characters += value.Kind is FieldValueKind.Text ? value.AsText.Length : value.Kind is FieldValueKind.Json ? value.AsJson.Length : 0;
            if (batch.Count < RowsAtOnce && characters < CharactersAtOnce) continue;
            await session.InsertManyAsync(table, batch, stop);
            batch.Clear();
            characters = 0;
        }
        if (batch.Count > 0) await session.InsertManyAsync(table, batch, stop);
        return new TableContent(hash.Rows, hash.Finish());
    }

    // What the app keeps of itself goes with what it holds; what was to be removed with the old may belong to the new.
    private static async ValueTask ClearAsync(WriteSession session, CancellationToken stop)
    {
        foreach (var row in await MoveSource.ParametersAsync(session, stop)) await DoAsync(session, new DeleteRow(InternalTables.Params, row[0].AsText), stop);
        foreach (var row in (await MoveSource.ReadAsync(session, stop)).History) await DoAsync(session, new DeleteRow(InternalTables.Migrations, row[0].AsText), stop);
        await FileDebts.ForgetAsync(session, stop);
        await session.ApplyAsync(new DropTable(InternalTables.Audit), stop);
        await session.ApplyAsync(new CreateTable(InternalTables.Audit), stop);
        foreach (var index in InternalTables.Audit.Indexes) await session.ApplyAsync(new CreateIndex(InternalTables.Audit, index), stop);
    }

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }
}
