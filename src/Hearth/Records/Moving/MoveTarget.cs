using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Records.Writing;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Stock;

namespace Hearth.Records.Moving;

/// <summary>A part of the schema that the target's database refused.</summary>
/// <param name="Step">The view or index.</param>
/// <param name="Reason">The database's own words.</param>
internal sealed record RefusedPart(SchemaStep Step, string Reason)
{
    public override string ToString() => Step switch
    {
        CreateView view => $"The view {view.Collection.Name} was refused: {Reason}",
        CreateIndex index => $"The index {index.Index.Name} of {index.Collection.Name} was refused: {Reason}",
        _ => Reason,
    };
}

/// <summary>The database that a move fills: what is in it, and how its tables are made.</summary>
internal sealed class MoveTarget(Engine engine, IReadOnlyList<Collection> collections)
{
    /// <summary>The collections that are there now.</summary>
    public IReadOnlyList<Collection> Collections => collections;

    /// <summary>The move that it is the target of; null when none has begun.</summary>
    public MoveMarker? Marker { get; private init; }

    /// <summary>What is there that a move would have to destroy, as the end of a sentence; null when there is nothing.</summary>
    public string? Contents { get; private init; }

    /// <summary>Looks at it.</summary>
    public static async ValueTask<MoveTarget> LookAsync(Engine engine, CancellationToken stop)
    {
        using var session = await engine.ReadAsync(stop);
        var collections = await StoredSchema.ReadAsync(session, stop);
        return new MoveTarget(engine, collections) { Marker = await MoveMarker.FindAsync(session, stop), Contents = await ContentsAsync(session, collections, stop) };
    }

    /// <summary>
    /// Makes the tables, views and indexes, and stores the app's own values and the marker, all in one commit. What the database refuses is left out
    /// and returned; when <paramref name="skip"/> is off and there is any, nothing is kept.
    /// </summary>
    public async Task<List<RefusedPart>> PrepareAsync(MoveSource source, MoveMarker marker, bool skip, CancellationToken stop)
    {
        var refused = new List<RefusedPart>();
        while (true)
        {
            SchemaStep[] steps = [.. SchemaChanges.Compute(collections, []).Steps, .. SchemaChanges.Compute([], Without(source.Collections, refused)).Steps];
            SchemaStep? now = null;
            try
            {
                await engine.WriteAsync(
                    async session =>
                    {
                        foreach (var step in steps)
                        {
                            now = step;
                            await session.ApplyAsync(step, stop);
                            if (step is CreateView view) await ViewChecks.CheckRowsAsync(session, view.Collection, stop);
                        }
                        now = null;
                        await ClearAsync(session, stop);
                        foreach (var values in source.Parameters) await InsertAsync(session, new InsertRow(InternalTables.Params, values), stop);
                        foreach (var values in source.History) await InsertAsync(session, new InsertRow(InternalTables.Migrations, values), stop);
                        await InsertAsync(session, marker.Row(), stop);
                        return true;
                    },
                    _ => skip || refused.Count == 0,
                    stop);
                return refused;
            }
            catch (DataException e) when (now is CreateView or CreateIndex && e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint)
            {
                refused.Add(new RefusedPart(now!, e.Fault.Detail)); // not null: it is a view or an index
            }
        }
    }

    /// <summary>What an earlier run has left out, because it was refused.</summary>
    public List<RefusedPart> LacksOf(IReadOnlyList<Collection> all)
    {
        const string why = "left out when the move began";
        var lacks = new List<RefusedPart>();
        foreach (var wanted in all)
        {
            var own = collections.FirstOrDefault(collection => collection.Id == wanted.Id);
            if (own is null && wanted.Type == CollectionType.View) lacks.Add(new RefusedPart(new CreateView(wanted, ""), why));
            if (own is not null) lacks.AddRange(wanted.Indexes.Where(index => !own.Indexes.Any(there => there.Name == index.Name)).Select(index => new RefusedPart(new CreateIndex(wanted, index), why)));
        }
        return lacks;
    }

    /// <summary>The collections without what was refused.</summary>
    public static IReadOnlyList<Collection> Without(IEnumerable<Collection> all, IReadOnlyList<RefusedPart> refused)
    {
        var views = refused.Select(part => (part.Step as CreateView)?.Collection.Id).ToHashSet();
        var indexes = refused.Select(part => (part.Step as CreateIndex)?.Index).ToHashSet();
        return
        [
            .. all.Where(collection => !views.Contains(collection.Id))
                .Select(collection => collection.Indexes.Any(indexes.Contains) ? collection with { Indexes = [.. collection.Indexes.Where(index => !indexes.Contains(index))] } : collection),
        ];
    }

    // What a first start has stored by itself: settings that nobody has changed, and that the collections were made.
    private static async ValueTask ClearAsync(WriteSession session, CancellationToken stop)
    {
        foreach (var row in await MoveSource.ParametersAsync(session, stop)) await session.ExecuteAsync(new DeleteRow(InternalTables.Params, row[0].AsText), stop);
        await session.ApplyAsync(new DropTable(InternalTables.Audit), stop);
        await session.ApplyAsync(new CreateTable(InternalTables.Audit), stop);
        foreach (var index in InternalTables.Audit.Indexes) await session.ApplyAsync(new CreateIndex(InternalTables.Audit, index), stop);
    }

    private static async ValueTask InsertAsync(WriteSession session, InsertRow row, CancellationToken stop)
    {
        if (await session.ExecuteAsync(row, stop) is { } fault) throw new DataException(fault);
    }

    // A server that was started once to see whether it starts has made its own collections, but nobody would miss them.
    private static async ValueTask<string?> ContentsAsync(ReadSession session, IReadOnlyList<Collection> collections, CancellationToken stop)
    {
        var stock = SystemCollections.Create().Select(collection => collection.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (collections.FirstOrDefault(collection => !stock.Contains(collection.Name)) is { } own) return $"the collection {own.Name}";
        foreach (var table in collections)
        {
            var from = new BaseSource(table);
            Filter? where = table.Name == SystemCollections.Superusers && table.FindField("email") is { } email
                ? new Compare(new Column(from, email), CompareOperator.NotEqual, new Literal(FieldValue.Text(SystemRecords.InstallerEmail)), false)
                : null;
            if (await session.AnyAsync(new ReadPlan { From = from, Where = where }, stop)) return $"records in {table.Name}";
        }
        return (await MoveSource.ParametersAsync(session, stop)).Any(WasChanged) ? "settings" : null;
    }

    // A first start stores the settings and its place in the audit log; whoever changes settings later does it at another moment.
    private static bool WasChanged(FieldValue[] parameter)
    {
        var table = InternalTables.Params;
        return parameter[0].AsText != "audit" && parameter[table.OrdinalOf("created")] != parameter[table.OrdinalOf("updated")];
    }
}
