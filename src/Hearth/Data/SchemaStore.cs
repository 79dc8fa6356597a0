using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Data;

/// <summary>
/// The collections of an app: the snapshot of this moment, and the one way to change them. Changes run one after the other, each in one
/// transaction; requests keep the snapshot that they began with.
/// </summary>
public sealed class SchemaStore(Engine engine, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile SchemaSnapshot current = SchemaSnapshot.Empty;

    /// <summary>The collections of this moment.</summary>
    public SchemaSnapshot Current => current;

    /// <summary>Told after every change, with what it did.</summary>
    public Hook<SchemaChange> Changed { get; } = new();

    /// <summary>Reads the stored collections and makes the system collections that are missing; a new database also gets <c>users</c>.</summary>
    public async ValueTask LoadAsync(CancellationToken stop)
    {
        current = new SchemaSnapshot(1, await ReadAsync(stop));
        var isNew = current.Collections.IsEmpty;
        var now = DateText.Of(clock.GetUtcNow());
        ImmutableArray<Collection> missing =
        [
            .. SystemCollections.Create()
                .Where(collection => (collection.System || isNew) && current.Find(collection.Name) is null)
                .Select(collection => collection with { Created = now, Updated = now }),
        ];
        if (missing.IsEmpty) return;
        await ChangeAsync(before => new SchemaChange([.. missing.SelectMany(StepsToMake)], [.. before.Collections, .. missing]), stop);
    }

    /// <summary>
    /// Changes the collections: <paramref name="plan"/> says how, from the snapshot that holds when its turn comes. Returns what was done, or
    /// the plan's fault. Throws <see cref="DataException"/>, and changes nothing, when the database refuses a step.
    /// </summary>
    public async Task<Outcome<SchemaChange>> ChangeAsync(Func<SchemaSnapshot, Outcome<SchemaChange>> plan, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var planned = plan(current);
            if (planned.Failed(out var fault)) return fault;
            if (planned.Value.IsEmpty) return planned;
            await engine.WriteAsync(
                async session =>
                {
                    foreach (var step in planned.Value.Steps) await session.ApplyAsync(step, stop);
                    return true;
                },
                null,
                stop);
            current = new SchemaSnapshot(current.Version + 1, planned.Value.After);
            await Changed.RunAsync(planned.Value, stop);
            return planned;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The steps that make the table or view of a collection with its indexes and definition.</summary>
    public static IEnumerable<SchemaStep> StepsToMake(Collection collection) => collection.Type == CollectionType.View
        ? [new CreateView(collection), new SaveDefinition(collection)]
        : [new CreateTable(collection), .. collection.Indexes.Select(index => new CreateIndex(collection, index)), new SaveDefinition(collection)];

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async ValueTask<List<Collection>> ReadAsync(CancellationToken stop)
    {
        var table = InternalTables.Collections;
        var plan = new ReadPlan { From = new BaseSource(table), Columns = [.. table.Fields.Select(field => new OutputColumn(field))] };
        var collections = new List<Collection>();
        using var session = await engine.ReadAsync(stop);
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop)) collections.Add(CollectionJson.FromStorage(StoredIn(table, RowValues.Read(rows, table.Fields))));
        return collections;
    }

    private static StoredCollection StoredIn(Collection table, FieldValue[] row)
    {
        return new StoredCollection
        {
            Id = Text("id"),
            System = row[table.OrdinalOf("system")].AsBool,
            Type = Text("type"),
            Name = Text("name"),
            Fields = Json("fields"),
            Indexes = Json("indexes"),
            ListRule = Rule("listRule"),
            ViewRule = Rule("viewRule"),
            CreateRule = Rule("createRule"),
            UpdateRule = Rule("updateRule"),
            DeleteRule = Rule("deleteRule"),
            Options = Json("options"),
            Created = Text("created"),
            Updated = Text("updated"),
        };

        string Text(string column) => row[table.OrdinalOf(column)].AsText;
        string Json(string column) => row[table.OrdinalOf(column)].AsJson;
        string? Rule(string column) => row[table.OrdinalOf(column)] is { Kind: FieldValueKind.Text } text ? text.AsText : null;
    }
}
