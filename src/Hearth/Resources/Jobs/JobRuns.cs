using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Jobs;

/// <summary>The last run of each job, over all nodes.</summary>
internal sealed class JobRuns(Engine engine)
{
    private static readonly Collection Table = InternalTables.JobRuns;

    /// <summary>Keeps a run of a job, unless one that began later is kept already.</summary>
    public async ValueTask KeepAsync(string id, JobRun run, CancellationToken stop) => await engine.WriteAsync(
        async session =>
        {
            // Jobs that each node does for itself end at the same time.
            await session.LockAsync("jobs", stop);
            var kept = await StoredRows.FindAsync(session, Table, id, stop);
            if (kept is not null && string.CompareOrdinal(kept.GetText("began"), DateText.Of(run.At)) > 0) return false;
            (string Name, FieldValue Value)[] values =
            [
                ("began", FieldValue.Text(DateText.Of(run.At))), ("took", FieldValue.Number(run.Took.TotalMilliseconds)), ("failed", FieldValue.Bool(run.Failed)),
            ];
            WritePlan plan = kept is null
                ? new InsertRow(Table, [FieldValue.Text(id), .. values.Select(value => value.Value)])
                : new UpdateRow(Table, id, [.. values.Select(value => new Assignment(FieldOf(value.Name), value.Value))]);
            if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
            return true;
        },
        null,
        stop);

    /// <summary>The last run of each job that ever came to its end, by the job's id.</summary>
    public async ValueTask<IReadOnlyDictionary<string, JobRun>> AllAsync(CancellationToken stop)
    {
        using var session = await engine.ReadAsync(stop);
        var rows = await StoredRows.ListAsync(session, StoredRows.Plan(Table, _ => null), stop);
        return rows.ToDictionary(row => row.Id, RunOf, StringComparer.Ordinal);
    }

    private static JobRun RunOf(Record row) => new(
        DateText.TryParse(row.GetText("began"), out var began) ? began : default,
        TimeSpan.FromMilliseconds(row["took"].AsNumber),
        row["failed"].AsBool);

    private static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"{Table.Name} has no field {name}.");
}
