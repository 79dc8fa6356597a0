using System.Globalization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Resources.Settings;

namespace Hearth.Features.Batch;

/// <summary>POST a batch: reads it, does what is slow, then everything in one write session, and tells the listeners after the commit.</summary>
internal sealed class RunBatch(RecordStore store, RecordReader reader)
{
    // A day: more than any batch may hold the writer, and less than a timer can wait.
    private const long LongestSeconds = 86_400;

    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        var settings = exchange.Parts.Settings.Current.Batch;
        if (!settings.Enabled || settings.MaxRequests <= 0) return Fault.Forbidden("batch.off", "Batch requests are not allowed.");

        // parse
        if ((await exchange.ReadBodyAsync()).Failed(out var fault, out var body)) return fault;
        if (BatchEnvelope.Read(body, settings.MaxRequests).Failed(out fault, out var items)) return fault;

        // plan, hook, run
        var results = new BatchResults();
        var steps = new List<BatchStep>(items.Count);
        foreach (var item in items) steps.Add(new BatchStep(exchange, store, reader, item));
        var done = false;
        try
        {
            if ((fault = await RunAsync(exchange, steps, results, settings)) is not null) return fault;
            done = true;
        }
        finally
        {
            if (!done)
            {
                foreach (var step in steps) await step.DiscardAsync();
            }
        }
        foreach (var step in steps) await step.AnnounceAsync();

        // write
        results.WriteTo(exchange.StartJson());
        return await exchange.SendJsonAsync();
    }

    private async ValueTask<Fault?> RunAsync(Exchange exchange, List<BatchStep> steps, BatchResults results, BatchSettings settings)
    {
        // Storing files may take long and holds nobody up; the limit is for the rest.
        foreach (var step in steps.Where(static step => step.HasUploads)) await step.PrepareSlowAsync(exchange.Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(exchange.Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.Timeout > 0 ? Math.Min(settings.Timeout, LongestSeconds) : 3));
        try
        {
            foreach (var step in steps.Where(static step => !step.HasUploads)) await step.PrepareSlowAsync(limit.Token);
            using (exchange.Step("run")) return await store.Engine.WriteAsync(exchange.Schema, session => RunAsync(exchange, session, steps, results, limit.Token), static f => f is null, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !exchange.Stop.IsCancellationRequested)
        {
            return Failed(new FaultMap()).Because("the time limit of batches was reached");
        }
    }

    private static async ValueTask<Fault?> RunAsync(Exchange exchange, WriteSession session, List<BatchStep> steps, BatchResults results, CancellationToken stop)
    {
        session.Follow(exchange.Journey);
        results.Clear();
        for (var i = 0; i < steps.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (await steps[i].RunAsync(session, results, stop) is not { } fault) continue;
            var path = string.Create(CultureInfo.InvariantCulture, $"requests.{i}");
            return Failed(new FaultMap().AddAt(path, new FieldFault("batch_request_failed", "Batch request failed.") { Response = fault }));
        }
        return null;
    }

    private static Fault Failed(FaultMap data) => Fault.BadRequest("batch.failed", "Batch transaction failed.", data);
}
