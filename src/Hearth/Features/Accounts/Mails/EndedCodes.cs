using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>Removes one-time codes and first factors whose time is over (contract 4.4).</summary>
internal static class EndedCodes
{
    private const int RowsAtOnce = 500;

    /// <summary>Removes those of one table.</summary>
    /// <param name="setup">The app.</param>
    /// <param name="name">Name of the table.</param>
    /// <param name="duration">For how many seconds they count, by the options of their account's collection.</param>
    /// <param name="stop">Gives up.</param>
    public static async ValueTask RemoveAsync(FeatureSetup setup, string name, Func<AuthOptions, long> duration, CancellationToken stop)
    {
        var schema = setup.Schema();
        var now = setup.Clock.GetUtcNow();
        foreach (var collection in schema.Collections)
        {
            if (collection is not { Type: CollectionType.Auth, Auth: { } options }) continue;
            await RemoveAsync(setup.Engine, schema.Find(name), collection, now.AddSeconds(-duration(options)), stop);
        }
    }

    private static async ValueTask RemoveAsync(Engine engine, Collection? table, Collection owner, DateTimeOffset before, CancellationToken stop)
    {
        if (table?.FindField("collectionRef") is not { } reference || table.FindField("created") is not { } created) return;
        var plan = StoredRows.Plan(
            table,
            from => Filter.Both(StoredRows.TextIs(from, reference, owner.Id), new Compare(new Column(from, created), CompareOperator.LessOrEqual, new Literal(FieldValue.Text(DateText.Of(before))), false)),
            RowsAtOnce);
        int removed;
        do
        {
            removed = await engine.WriteAsync(
                async session =>
                {
                    var ended = await StoredRows.ListAsync(session, plan, stop);
                    foreach (var row in ended) await session.ExecuteAsync(new DeleteRow(table, row.Id), stop);
                    return ended.Count;
                },
                null,
                stop);
        }
        while (removed == RowsAtOnce);
    }
}
