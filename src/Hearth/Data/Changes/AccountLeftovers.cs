using System.Text;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Changes;

/// <summary>Links, codes and places of the accounts of a collection go with it (contract 4.4).</summary>
internal static class AccountLeftovers
{
    private static readonly string[] Tables = ["_externalAuths", "_mfas", "_otps", "_authOrigins"];

    /// <summary>Removes what belongs to accounts of a collection that is gone.</summary>
    public static async ValueTask RemoveAsync(WriteSession session, SchemaSnapshot schema, Collection gone, CancellationToken stop)
    {
        if (gone.Type != CollectionType.Auth) return;
        foreach (var name in Tables)
        {
            if (schema.Find(name) is not { } table || table.FindField("collectionRef") is not { } reference) continue;
            foreach (var id in await IdsAsync(session, table, reference, gone.Id, stop))
            {
                if (await session.ExecuteAsync(new DeleteRow(table, id), stop) is { } fault) throw new DataException(fault);
            }
        }
    }

    private static async ValueTask<List<string>> IdsAsync(ReadSession session, Collection table, Field reference, string collectionId, CancellationToken stop)
    {
        var from = new BaseSource(table);
        var plan = new ReadPlan
        {
            From = from,
            Columns = [new OutputColumn(table.Fields[table.OrdinalOf("id")])],
            Where = new Compare(new Column(from, reference), CompareOperator.Equal, new Literal(FieldValue.Text(collectionId)), true),
        };
        using var rows = await session.QueryAsync(plan, stop);
        var ids = new List<string>();
        while (await rows.NextAsync(stop)) ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
        return ids;
    }
}
