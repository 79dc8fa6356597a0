using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>What there is to move, read in one consistent state: definitions, values of the app itself, and the number of records.</summary>
internal sealed class MoveSource
{
    private MoveSource(IReadOnlyList<Collection> collections, IReadOnlyList<FieldValue[]> parameters, IReadOnlyDictionary<Collection, long> counts) =>
        (Collections, Parameters, Counts) = (collections, parameters, counts);

    /// <summary>All collections in the order in which they were made.</summary>
    public IReadOnlyList<Collection> Collections { get; }

    /// <summary>Those with records of their own.</summary>
    public IEnumerable<Collection> Tables => [.. Collections.Where(collection => collection.Type != CollectionType.View), .. Internal];

    /// <summary>Hearth's own tables whose rows go along: the audit log, which a database of an older Hearth does not have.</summary>
    public IReadOnlyList<Collection> Internal { get; private init; } = [];

    /// <summary>Rows of the table of the app's own values; a marker is none of them.</summary>
    public IReadOnlyList<FieldValue[]> Parameters { get; }

    /// <summary>Rows of the table of migrations that are not Hearth's own: the history of an app, which must not be run again.</summary>
    public IReadOnlyList<FieldValue[]> History { get; private init; } = [];

    /// <summary>Records of each table.</summary>
    public IReadOnlyDictionary<Collection, long> Counts { get; }

    /// <summary>All records.</summary>
    public long Records => Counts.Values.Sum();

    /// <summary>Reads it. Throws a <see cref="DataException"/> when a newer Hearth has written it.</summary>
    public static async ValueTask<MoveSource> ReadAsync(ReadSession session, CancellationToken stop)
    {
        // Those of an engine's own tables say nothing about the data.
        var all = await MigrationsAsync(session, stop);
        var done = all.Select(row => row[0].AsText).ToHashSet(StringComparer.Ordinal);
        Migrations.RefuseNewer(done.Where(name => name.StartsWith("hearth_", StringComparison.Ordinal)), Migrations.All.Select(migration => migration.Name));
        var collections = await StoredSchema.ReadAsync(session, stop);
        var counts = new Dictionary<Collection, long>();
        Collection[] own = done.Contains(Migrations.Audit) ? [InternalTables.Audit] : [];
        foreach (var table in collections.Where(collection => collection.Type != CollectionType.View).Concat(own)) counts[table] = await new TableRows(table, null).CountAsync(session, stop);
        return new MoveSource(collections, await ParametersAsync(session, stop), counts) { Internal = own, History = [.. all.Where(row => !Migrations.IsOwn(row[0].AsText))] };
    }

    /// <summary>Values of the app itself that go along.</summary>
    public static async ValueTask<IReadOnlyList<FieldValue[]>> ParametersAsync(ReadSession session, CancellationToken stop)
    {
        var table = InternalTables.Params;
        using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(table), Columns = [.. table.Fields.Select(field => new OutputColumn(field))] }, stop);
        var found = new List<FieldValue[]>();
        while (await rows.NextAsync(stop))
        {
            var row = RowValues.Read(rows, table.Fields);
            if (row[table.OrdinalOf("id")].AsText != MoveMarker.Key) found.Add(row);
        }
        return found;
    }

    /// <summary>The beginning of a hash over everything: what is not records.</summary>
    public void Describe(ContentHash hash)
    {
        foreach (var collection in Collections) hash.Add(CollectionJson.ToStorage(collection).ToString());
        foreach (var row in Parameters.Concat(History)) hash.Add(row);
    }

    private static async ValueTask<List<FieldValue[]>> MigrationsAsync(ReadSession session, CancellationToken stop)
    {
        var table = InternalTables.Migrations;
        using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(table), Columns = [.. table.Fields.Select(field => new OutputColumn(field))] }, stop);
        var found = new List<FieldValue[]>();
        while (await rows.NextAsync(stop)) found.Add(RowValues.Read(rows, table.Fields));
        return found;
    }
}
