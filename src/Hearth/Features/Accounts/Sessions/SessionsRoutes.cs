using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;
using Hearth.Schema.Stock;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Accounts.Sessions;

/// <summary>
/// Sessions of accounts. A person lists and ends them through the records API of <c>_sessions</c>; the one route here ends all the others at once. Besides,
/// what was noted of their use is written every half minute, and those that have ended are removed every hour.
/// </summary>
internal static class SessionsRoutes
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(30);
    private const int RowsAtOnce = 500;

    public static void Map(FeatureSetup setup)
    {
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/collections/{collection}/end-other-sessions",
            Guard = Guard.SameCollection,
            Handler = exchange => EndOthersAsync(exchange, setup.Engine),
            Summary = "Ends all sessions of the caller but the one that asks, and tells how many there were.",
            Contract = RouteContract.Gives(Shape.Object("", ("ended", Shape.Integer())), "How many were ended.").AsksFields(),
        });
        setup.Jobs.Add(
            "__hearthSessionsCleanup__",
            "0 * * * *",
            async stop =>
            {
                await PurgeAsync(setup.Engine, setup.Schema(), FactorTables.Sessions, setup.Clock, stop);
                await PurgeAsync(setup.Engine, setup.Schema(), FactorTables.UsedChallenges, setup.Clock, stop);
            },
            isSystem: true);
        var ended = new CancellationTokenSource();
        var running = Task.CompletedTask;
        setup.OnStart(_ =>
        {
            running = WriteUseAsync(setup, ended.Token);
            return ValueTask.CompletedTask;
        });
        setup.OnStop(async stop =>
        {
            await ended.CancelAsync();
            await running;
            await FlushAsync(setup, stop);
            ended.Dispose();
        });
    }

    private static async ValueTask<Fault?> EndOthersAsync(Exchange exchange, Engine engine)
    {
        if (exchange.Schema.Find(FactorTables.Sessions) is not { } sessions || exchange.Caller.Collection is not { } collection) return Fault.NotFound();
        var ended = await engine.WriteAsync(
            exchange.Schema,
            async session =>
            {
                var plan = StoredRows.Plan(sessions, from => SystemRecords.BelongTo(from, collection, exchange.Caller.Id));
                var others = (await StoredRows.ListAsync(session, plan, exchange.Stop)).FindAll(row => row.Id != exchange.SessionId);
                foreach (var row in others) await SystemRecords.RemoveAsync(session, row, exchange.Stop);
                return others.Count;
            },
            null,
            exchange.Stop);
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteNumber("ended"u8, ended);
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    /// <summary>Removes the rows of a table whose <c>expires</c> is past: sessions whose last token has ended, challenges that nobody could answer again.</summary>
    internal static async ValueTask PurgeAsync(Engine engine, SchemaSnapshot schema, string name, TimeProvider clock, CancellationToken stop)
    {
        if (schema.Find(name) is not { } table) return;
        var expires = table.Fields[table.OrdinalOf("expires")];
        var now = new Literal(FieldValue.Text(DateText.Of(clock.GetUtcNow())));
        int removed;
        do
        {
            removed = await engine.WriteAsync(
                schema,
                async session =>
                {
                    var plan = StoredRows.Plan(table, from => new Compare(new Column(from, expires), CompareOperator.Less, now, Any: true), RowsAtOnce);
                    var rows = await StoredRows.ListAsync(session, plan, stop);
                    foreach (var row in rows) await session.ExecuteAsync(new DeleteRow(table, row.Id), stop);
                    return rows.Count;
                },
                null,
                stop);
        }
        while (removed == RowsAtOnce);
    }

    private static async Task WriteUseAsync(FeatureSetup setup, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(WriteEvery, setup.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await FlushAsync(setup, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static async Task FlushAsync(FeatureSetup setup, CancellationToken stop)
    {
        try
        {
            await setup.LastUse.FlushAsync(stop);
        }
        catch (DataException e)
        {
            setup.Loggers.CreateLogger("Hearth.Sessions").LogWarning(e, "When sessions were last used could not be written.");
        }
    }
}
