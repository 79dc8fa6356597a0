using System.Collections.Immutable;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Changes;

/// <summary>
/// Whether the tables are there with the columns of which the definitions speak. They are, unless somebody changed them past Hearth or a restored
/// backup was not whole; then every request would fail with a riddle.
/// </summary>
internal static class TableCheck
{
    /// <summary>The first thing that is wrong, with what to do; null when all is well. Views are not looked at: their queries are their users' own.</summary>
    public static async ValueTask<DataFault?> FaultOfAsync(Engine engine, SchemaSnapshot schema, CancellationToken stop)
    {
        foreach (var collection in schema.Collections)
        {
            if (collection.Type == CollectionType.View || await TryAsync(engine, collection, collection.Fields, stop) is not { } refused) continue;
            foreach (var field in collection.Fields)
            {
                if (collection.Fields.Length > 1 && await TryAsync(engine, collection, [field], stop) is null) continue;
                return Wrong($"The collection \"{collection.Name}\" has a field \"{field.Name}\", but its table has no such column, or is not there at all", refused);
            }
            return Wrong($"The table of the collection \"{collection.Name}\" cannot be read", refused);
        }
        return null;
    }

    // No row is read: the database only looks whether it understands the question.
    private static async ValueTask<DataFault?> TryAsync(Engine engine, Collection collection, ImmutableArray<Field> fields, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        try
        {
            using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(collection), Columns = [.. fields.Select(field => new OutputColumn(field))], Limit = 0 }, stop);
            await rows.NextAsync(stop);
            return null;
        }
        catch (DataException e) when (e.Fault.Kind == DataFaultKind.Statement)
        {
            return e.Fault;
        }
    }

    private static DataFault Wrong(string what, DataFault refused) => refused with
    {
        Kind = DataFaultKind.Unavailable,
        Detail = $"{what} ({refused.Detail.TrimEnd('.')}). The tables were changed past Hearth, or a change was left half done. Give the table back what it lacks, or restore a backup.",
    };
}
