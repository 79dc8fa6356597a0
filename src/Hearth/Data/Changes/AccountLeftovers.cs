using System.Text;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Data.Changes;

/// <summary>Links, codes and places of the accounts of a collection go with it (contract 4.4).</summary>
internal static class AccountLeftovers
{
    private static readonly string[] Tables = ["_externalAuths", "_mfas", "_otps", "_authOrigins", "_mails", .. FactorTables.Create().Select(table => table.Name)];

    /// <summary>Removes what belongs to accounts of a collection that is gone.</summary>
    public static async ValueTask RemoveAsync(WriteSession session, IReadOnlyList<Collection> all, Collection gone, CancellationToken stop)
    {
        foreach (var plan in Plans(all, gone))
        {
            foreach (var id in await IdsAsync(session, plan, stop))
            {
                if (await session.ExecuteAsync(new DeleteRow(plan.From.Collection!, id), stop) is { } fault) throw new DataException(fault); // a table: it has a collection
            }
        }
    }

    /// <summary>How many rows would go with a collection.</summary>
    public static async ValueTask<long> CountAsync(ReadSession session, IReadOnlyList<Collection> all, Collection gone, CancellationToken stop)
    {
        var rows = 0L;
        foreach (var plan in Plans(all, gone)) rows += await session.CountAsync(plan, stop);
        return rows;
    }

    private static IEnumerable<ReadPlan> Plans(IReadOnlyList<Collection> all, Collection gone)
    {
        if (gone.Type != CollectionType.Auth) yield break;
        foreach (var table in all.Where(collection => collection.System && Tables.Contains(collection.Name)))
        {
            if (table.FindField("collectionRef") is not { } reference) continue;
            var from = new BaseSource(table);
            yield return new ReadPlan
            {
                From = from,
                Columns = [new OutputColumn(table.Fields[table.OrdinalOf("id")])],
                Where = new Compare(new Column(from, reference), CompareOperator.Equal, new Literal(FieldValue.Text(gone.Id)), true),
            };
        }
    }

    private static async ValueTask<List<string>> IdsAsync(ReadSession session, ReadPlan plan, CancellationToken stop)
    {
        using var rows = await session.QueryAsync(plan, stop);
        var ids = new List<string>();
        while (await rows.NextAsync(stop)) ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
        return ids;
    }
}
