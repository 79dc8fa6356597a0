using System.Text.Json;
using Hearth.Basics;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Stock;

namespace Hearth.Data;

/// <summary>
/// The schema of an app: loads it when the app starts, hands out its current snapshot, and changes it. A change is proposed, checked,
/// computed as steps, done in one transaction, and only then becomes the current snapshot. One change at a time, on all nodes together.
/// </summary>
public sealed class SchemaStore(Engine engine, TimeProvider clock) : IDisposable
{
    /// <summary>Topic of the signal that the schema was changed.</summary>
    public const string Topic = "schema";

    // Nodes that change the schema all the time can overtake each other more than once; so many times in a row means that something is wrong.
    private const int MostTries = 10;

    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile SchemaSnapshot current = SchemaSnapshot.Empty;

    /// <summary>The schema of this moment. A request keeps the one that it started with.</summary>
    public SchemaSnapshot Current => current;

    /// <summary>
    /// Runs after each change, before the caller of the change gets its answer. Its faults are ignored: the change is done. A handler must not
    /// change the schema itself, because its turn would never come.
    /// </summary>
    public Hook<SchemaChanged> Changed { get; } = new();

    /// <summary>What to write together with a change: the audit log. Set once, before the app starts; it must do nothing but make plans.</summary>
    public Func<SchemaChanging, IEnumerable<WritePlan>>? Also { get; set; }

    /// <summary>What is done to a definition before it is stored, such as encrypting its secrets. Set once, before the app starts.</summary>
    public Func<Collection, Collection> Sealing { get; set; } = static collection => collection;

    /// <summary>Undoes <see cref="Sealing"/> after a definition was read.</summary>
    public Func<Collection, Collection> Opening { get; set; } = static collection => collection;

    /// <summary>Waits until other nodes have followed a change, before who asked for it gets the answer. Set once, before the app starts.</summary>
    public Func<ValueTask> Known { get; set; } = static () => ValueTask.CompletedTask;

    /// <summary>The database held no collection when the app started: it is a new one.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The date with which saved collections are stamped.</summary>
    public string Now => DateText.Of(clock.GetUtcNow());

    /// <summary>The database holds no collection yet: nobody has started an app on it.</summary>
    public async ValueTask<bool> IsEmptyAsync(CancellationToken stop) => (await ReadAsync(stop)).Collections.Length == 0;

    /// <summary>
    /// Reads the stored definitions and adds the collections that every database has and this one lacks. Throws
    /// <see cref="InvalidDataException"/> when a stored definition cannot be read, and <see cref="DataException"/> when a table is not as its
    /// collection says.
    /// </summary>
    public async Task LoadAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await UnlessOvertakenAsync(
                async () =>
                {
                    current = await ReadAsync(stop);
                    IsNew |= current.Collections.Length == 0;
                    if (await TableCheck.FaultOfAsync(engine, current, stop) is { } wrong)
                    {
                        // Unless another node is changing the schema at this moment.
                        throw new DataException((await ReadAsync(stop)).Version == current.Version ? wrong : wrong with { Kind = DataFaultKind.Stale });
                    }
                    if (SystemCollections.MissingFrom(current.Collections, Now) is { IsEmpty: false } missing)
                    {
                        await ApplyAsync(SchemaChanges.Compute(current.Collections, [.. current.Collections, .. missing]));
                    }
                    return true;
                });
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Does a proposal. <paramref name="propose"/> is called with the schema as it is when the turn has come, and again when another node was
    /// quicker. Returns the schema after the change, or the fault that refused it; then nothing was changed. <paramref name="facts"/> tell who asked for it; null
    /// is the program itself.
    /// </summary>
    public async Task<Outcome<SchemaSnapshot>> ChangeAsync(Func<SchemaSnapshot, Outcome<SchemaProposal>> propose, CancellationToken stop, RequestFacts? facts = null)
    {
        var changed = await ChangeHereAsync(propose, facts, stop);
        if (!changed.Failed(out _)) await Known();
        return changed;
    }

    private async Task<Outcome<SchemaSnapshot>> ChangeHereAsync(Func<SchemaSnapshot, Outcome<SchemaProposal>> propose, RequestFacts? facts, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            return await UnlessOvertakenAsync<Outcome<SchemaSnapshot>>(
                async () =>
                {
                    var prepared = await PrepareAsync(propose, stop);
                    if (prepared.Failed(out var fault)) return fault;
                    var (proposal, change) = prepared.Value;
                    if (!change.IsEmpty && await TryApplyAsync(proposal, change, facts) is { } refused) return refused;
                    return current;
                });
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Follows what another node has done to the schema, if there is anything.</summary>
    public async ValueTask FollowAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await CatchUpAsync(stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What a proposal would do, in plain words and with the rows and values that it touches; changes nothing.</summary>
    public async Task<Outcome<ChangePlan>> PlanAsync(Func<SchemaSnapshot, Outcome<SchemaProposal>> propose, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var prepared = await PrepareAsync(propose, stop);
            if (prepared.Failed(out var fault)) return fault;
            using var session = await engine.ReadAsync(stop);
            return await ChangePlan.ReadAsync(session, current.Collections, prepared.Value.Proposal.Notes, prepared.Value.Change, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The schema after the change that is under way, here or on another node, if there is one.</summary>
    public async ValueTask<SchemaSnapshot> SettledAsync(CancellationToken stop)
    {
        await FollowAsync(stop);
        return current;
    }

    /// <summary>
    /// Writes the members <c>fields</c> and <c>sample</c> of a query as they would be if it were a view; returns the fault instead when it
    /// does not work. Nothing is saved.
    /// </summary>
    public async Task<Fault?> TryViewAsync(string query, Utf8JsonWriter json, CancellationToken stop)
    {
        using var session = await engine.ReadAsync(stop);
        return await ViewTrial.RunAsync(session, current, query, json, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<Outcome<(SchemaProposal Proposal, SchemaChange Change)>> PrepareAsync(
        Func<SchemaSnapshot, Outcome<SchemaProposal>> propose, CancellationToken stop)
    {
        var proposed = propose(current);
        if (proposed.Failed(out var fault)) return fault;
        var inferred = ProposalCheck.InferViews(proposed.Value);
        if (inferred.Failed(out fault)) return fault;
        var proposal = inferred.Value;
        ProposalCheck.Check(proposal);
        if (ProposalCheck.HasUniqueNames(proposal)) RuleChecks.Check(proposal, new SchemaSnapshot(current.Version, proposal.After));
        if (ProposalCheck.FaultOf(proposal) is { } refused) return refused;
        var change = SchemaChanges.Compute(current.Collections, proposal.After);
        if (!change.Steps.Any(ViewChecks.ChangesTables))
        {
            // Only views change, so their queries can be tried on a reader, where a slow one holds nobody up.
            using var session = await engine.ReadAsync(stop);
            if (await ViewChecks.TryQueriesAsync(session, proposal, change, stop) is { } wrong) return wrong;
        }
        return (proposal, change);
    }

    private async Task<Fault?> TryApplyAsync(SchemaProposal proposal, SchemaChange change, RequestFacts? facts)
    {
        try
        {
            await ApplyAsync(change, facts);
            return null;
        }
        catch (StepRefusedException refused)
        {
            return StepFaults.Of(proposal, refused);
        }
    }

    private async Task ApplyAsync(SchemaChange change, RequestFacts? facts = null)
    {
        var before = current;
        var version = await engine.ChangeSchemaAsync(before.Version, session => DoAsync(session, before, change, facts ?? RequestFacts.None));
        current = new SchemaSnapshot(version, change.After);
        if (!Changed.IsEmpty) await Changed.RunAsync(new SchemaChanged(before, current, change), CancellationToken.None);
    }

    private async ValueTask DoAsync(WriteSession session, SchemaSnapshot before, SchemaChange change, RequestFacts facts)
    {
        var stop = CancellationToken.None;
        foreach (var step in change.Steps) await StepFaults.DoAsync(step, () => session.ApplyAsync(step is SaveDefinition save ? new SaveDefinition(Sealing(save.Collection)) : step, stop));
        foreach (var gone in before.Collections.Where(own => !change.After.Any(kept => kept.Id == own.Id)))
        {
            await CollectionLeftovers.RemoveAsync(session, change.After, gone, stop);
        }
        if (change.Steps.Any(ViewChecks.ChangesTables))
        {
            foreach (var step in change.Steps.OfType<CreateView>()) await StepFaults.DoAsync(step, () => ViewChecks.CheckRowsAsync(session, step.Collection, stop));
        }
        foreach (var plan in Also?.Invoke(new SchemaChanging(before, change, facts)) ?? [])
        {
            if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
        }
        session.Tell(Topic, "");
    }

    private async ValueTask<SchemaSnapshot> ReadAsync(CancellationToken stop)
    {
        using var session = await engine.ReadAsync(stop);
        return new SchemaSnapshot(await engine.SchemaVersionAsync(session, stop), [.. (await StoredSchema.ReadAsync(session, stop)).Select(Opening)]);
    }

    private async ValueTask CatchUpAsync(CancellationToken stop)
    {
        using (var session = await engine.ReadOnceAsync(stop))
        {
            if (await engine.SchemaVersionAsync(session, stop) == current.Version) return;
        }
        var before = current;
        current = await ReadAsync(stop);
        if (Changed.IsEmpty) return;
        await Changed.RunAsync(new SchemaChanged(before, current, SchemaChanges.Compute(before.Collections, current.Collections)) { Elsewhere = true }, stop);
    }

    // Work that another node's change came before has done nothing, and begins anew with the schema of that node.
    private async ValueTask<T> UnlessOvertakenAsync<T>(Func<ValueTask<T>> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (DataException overtaken) when (overtaken.Fault.Kind == DataFaultKind.Stale && tries < MostTries)
            {
                await CatchUpAsync(CancellationToken.None);
            }
        }
    }
}
