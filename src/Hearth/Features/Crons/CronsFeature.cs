using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Audit;
using Hearth.Resources.Jobs;

namespace Hearth.Features.Crons;

/// <summary>
/// Shows the jobs of the app and runs them by hand (contract 10.8); for superusers. Keeps the database quick with one of its own.
/// Routes: <c>/api/crons</c>, <c>/api/crons/{id}</c>. Tables: none; what is due stands in <c>_jobs</c> and how it went in <c>_jobRuns</c>, through the table of jobs.
/// </summary>
internal sealed class CronsFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "crons";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Jobs.Add("__pbDBOptimize__", "0 0 * * *", setup.Engine.OptimizeAsync, isSystem: true);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/crons",
            Guard = Guard.Superuser,
            Handler = exchange => ListAsync(exchange, setup.Jobs),
            Summary = "The jobs of the app, then those of the server, with the minutes at which they are due; with runs=true also how they went last.",
            Contract = RouteContract
                .Gives(
                    Shape.ListOf(Shape.Object("", ("id", Shape.Text()), ("expression", Shape.Text()), ("lastRun?", Shape.Object("", ("at", Shape.Text()), ("took", Shape.Number("Milliseconds.")), ("failed", Shape.Truth()))))),
                    "The jobs.")
                .Asks("runs", "Tells how the jobs went last.", Shape.Truth())
                .AsksFields(),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/crons/{id}",
            Guard = Guard.Superuser,
            Handler = exchange => RunAsync(exchange, setup),
            Summary = "Runs a job now, in the background.",
            Contract = RouteContract.GivesNothing("It has begun."),
        });
    }

    private static async ValueTask<Fault?> ListAsync(Exchange exchange, JobTable jobs)
    {
        // Clients build an object from what the contract names, and some stumble over more.
        var runs = exchange.Query("runs") is "true" or "1" ? await jobs.LastRunsAsync(exchange.Stop) : null;
        var json = exchange.StartJson();
        json.WriteStartArray();
        foreach (var job in jobs.All)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, job.Id);
            json.WriteString("expression"u8, job.Schedule.Text);
            if (runs?.TryGetValue(job.Id, out var last) == true)
            {
                json.WriteStartObject("lastRun"u8);
                json.WriteString("at"u8, DateText.Of(last.At));
                json.WriteNumber("took"u8, Math.Round(last.Took.TotalMilliseconds, 3));
                json.WriteBoolean("failed"u8, last.Failed);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return await exchange.SendJsonAsync();
    }

    private static async ValueTask<Fault?> RunAsync(Exchange exchange, FeatureSetup setup)
    {
        var id = exchange.PathValue("id");
        if (!await setup.Jobs.RunAsync(id, exchange.Stop)) return Fault.NotFound("crons.not_found", "Missing or invalid cron job.");
        await setup.Audit.NoteAsync(AuditEntry.Of("cron.run", exchange.Facts) with { Details = new JsonObject { ["job"] = id } }, exchange.Stop);
        return await exchange.NoContent();
    }
}
