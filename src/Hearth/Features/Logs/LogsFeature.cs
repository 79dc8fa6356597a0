using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Planning;
using Hearth.Resources.Jobs;
using Hearth.Resources.Tokens;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Logs;

/// <summary>
/// Keeps request logs and shows them to superusers (contract 10.6).
/// Routes: <c>/api/logs</c>, <c>/api/logs/stats</c>, <c>/api/logs/{id}</c>, <c>/api/logs/journey-token</c>. Tables: <c>_logs</c>, with one node in the database <c>logs.db</c> of its own.
/// </summary>
internal sealed class LogsFeature : Feature
{
    private const string HourForm = "yyyy-MM-dd HH";
    private const string MinuteForm = "yyyy-MM-dd HH:mm";
    private const string Created = "created";
    private const string Wanted = "logs.wanted";

    /// <inheritdoc/>
    public override string Name => "logs";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        var shared = setup.Engine.IsShared;
        var store = new LogStore(shared ? setup.Engine : Engines.OpenAside(setup.DataDirectory, "logs", Migrations.Logs, setup.Clock));
        var writer = new LogWriter(setup.Log, store, setup.Settings, setup.Clock, setup.Loggers.CreateLogger("Hearth.Logs"));
        setup.Signals.On(Wanted, (_, _) => new(writer.FlushAsync()));
        setup.OnStart(async stop =>
        {
            if (!shared) await store.Engine.StartAsync(stop);
            writer.Start();
            // A server that is started now and then would never be there at the right hour.
            await writer.CleanAsync(stop);
        });
        setup.Jobs.Put(new Job("__pbLogsCleanup__", CronSchedule.Parse("0 */6 * * *")!, writer.CleanAsync) { IsSystem = true, OnEachNode = true }); // it is an expression
        setup.OnStop(async _ =>
        {
            await writer.StopAsync();
            if (!shared) await store.Engine.DisposeAsync();
        });
        setup.Settings.Changed.Add(async (settings, stop) =>
        {
            if (settings.Logs.MaxDays == 0) await store.TruncateAsync(stop);
        });

        // What a reader of the log has just done may wait at another node.
        async Task GatherAsync()
        {
            await writer.FlushAsync();
            await setup.Hearing.AfterAsync(Wanted);
        }
        setup.Map(Route("GET", "/api/logs", "Log entries, page by page.", exchange => TableAnswers.PageAsync(exchange, store.Engine, LogStore.Table, GatherAsync), TableAnswers.PageContract(LogStore.Table)));
        setup.Map(Route("GET", "/api/logs/stats", "Number of log entries in each hour, or with step=minute in each minute.", exchange => CountAsync(exchange, store, GatherAsync), Counts));
        setup.Map(Route("GET", "/api/logs/{id}", "One log entry.", exchange => TableAnswers.OneAsync(exchange, store.Engine, LogStore.Table, Fault.NotFound("logs.not_found"), writer.FlushAsync), TableAnswers.OneContract(LogStore.Table)));
        setup.Map(Route("POST", "/api/logs/journey-token", "A token of a minute for the header X-Hearth-Journey; it is good for nothing else.", exchange => TokenAnswer.SendAsync(exchange, setup.Tokens, TokenKind.Journey), TokenAnswer.Contract));
        setup.Map(Route("DELETE", "/api/logs", "Removes all log entries.", exchange => TruncateAsync(exchange, store, GatherAsync), RouteContract.GivesNothing("They are gone.")));
    }

    private static RouteDefinition Route(string method, string path, string summary, Handler handler, RouteContract contract) =>
        new() { Method = method, Path = path, Guard = Guard.Superuser, QuietLog = true, Handler = handler, Summary = summary, Contract = contract };

    private static RouteContract Counts { get; } = RouteContract
        .Gives(Shape.ListOf(Shape.Object("", ("total", Shape.Integer()), ("date", Shape.Text("Beginning of the hour or minute.")))), "The counts.")
        .Asks("filter", "Only entries for which this holds.")
        .Asks("step", "With minute: one number for each minute.")
        .AsksFields();

    private static async ValueTask<Fault?> CountAsync(Exchange exchange, LogStore store, Func<Task> gather)
    {
        var planned = new Planner(exchange.Schema, exchange.Facts).List(LogStore.Table, null, new ListQuery(exchange.Query("filter"), Created, 1, 1));
        if (planned.Failed(out var fault, out var plan)) return Fault.BadRequest("logs.filter", "Invalid filter format.").Because(fault.Message);
        await gather();
        // Beyond the contract: a picture of the last hour needs more than one number.
        var (form, rest) = exchange.Query("step") == "minute" ? (MinuteForm, ":00.000Z") : (HourForm, ":00:00.000Z");
        var created = LogStore.Table.FindField(Created) ?? throw new InvalidOperationException("The log has no dates.");
        var json = exchange.StartJson();
        json.WriteStartArray();
        using (var session = await store.Engine.ReadAsync(exchange.Stop))
        {
            using var rows = await session.QueryAsync(plan with { Columns = [new OutputColumn(created)], Limit = null, Offset = 0 }, exchange.Stop);
            var (time, count) = ("", 0L);
            while (await rows.NextAsync(exchange.Stop))
            {
                var next = StartOf(rows.Utf8Of(0), form);
                if (next != time && count > 0) WriteCount(time, count);
                (time, count) = next == time ? (time, count + 1) : (next, 1);
            }
            if (count > 0) WriteCount(time, count);
        }
        json.WriteEndArray();
        return await exchange.SendJsonAsync();

        void WriteCount(string time, long total)
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, total);
            json.WriteString("date"u8, time + rest);
            json.WriteEndObject();
        }
    }

    private static async ValueTask<Fault?> TruncateAsync(Exchange exchange, LogStore store, Func<Task> gather)
    {
        await gather();
        await store.TruncateAsync(exchange.Stop);
        return await exchange.NoContent();
    }

    private static string StartOf(ReadOnlySpan<byte> date, string form) => Encoding.UTF8.GetString(date[..Math.Min(form.Length, date.Length)]);
}
