using System.Text;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Data.Changes;

/// <summary>What hangs on a collection goes with it: links, codes and places of its accounts (contract 4.4), and its saved views.</summary>
internal static class CollectionLeftovers
{
    private static readonly string[] OfAccounts = ["_externalAuths", "_mfas", "_otps", "_authOrigins", "_mails", .. FactorTables.Create().Select(table => table.Name)];

    private static readonly string[] OfAll = [ViewCollection.Name];

    /// <summary>Removes what belongs to a collection that is gone.</summary>
    public static async ValueTask RemoveAsync(WriteSession session, IReadOnlyList<Collection> all, Collection gone, CancellationToken stop)
    {
        foreach (var plan in Plans(all, gone, OfAll).Concat(AccountPlans(all, gone)))
        {
            foreach (var id in await IdsAsync(session, plan, stop))
            {
                if (await session.ExecuteAsync(new DeleteRow(plan.From.Collection!, id), stop) is { } fault) throw new DataException(fault); // a table: it has a collection
            }
        }
    }

    /// <summary>How many rows of its accounts would go with a collection. Saved views hold no data of anybody, so they are not counted.</summary>
    public static async ValueTask<long> CountAsync(ReadSession session, IReadOnlyList<Collection> all, Collection gone, CancellationToken stop)
    {
        var rows = 0L;
        foreach (var plan in AccountPlans(all, gone)) rows += await session.CountAsync(plan, stop);
        return rows;
    }

    private static IEnumerable<ReadPlan> AccountPlans(IReadOnlyList<Collection> all, Collection gone) => gone.Type == CollectionType.Auth ? Plans(all, gone, OfAccounts) : [];

    private static IEnumerable<ReadPlan> Plans(IReadOnlyList<Collection> all, Collection gone, string[] tables)
    {
        foreach (var table in all.Where(collection => collection.System && tables.Contains(collection.Name)))
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
