using Hearth.Data;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Signalling;

/// <summary>Work that is done again and again by whichever node holds the lease of its name.</summary>
internal sealed class Turn(string name, TimeSpan interval, Func<CancellationToken, ValueTask> work, Engine engine, TimeProvider clock, ILogger logger)
{
    // A node that dies is missed for at most so long; one that is alive has asked three times by then.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = Lease / 3;

    private long heldSince;
    private bool held;

    /// <summary>Takes turns until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var due = clock.GetTimestamp();
        using var timer = new PeriodicTimer(interval < Renewal ? interval : Renewal, clock);
        try
        {
            do
            {
                await TakeAsync(stop);
                if (!held || clock.GetTimestamp() < due) continue;
                due = clock.GetTimestamp() + (long)(interval.TotalSeconds * clock.TimestampFrequency);
                await WorkAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async ValueTask TakeAsync(CancellationToken stop)
    {
        // From before the question on: the database counts from a later moment.
        var asked = clock.GetTimestamp();
        try
        {
            held = await engine.TakeLeaseAsync(name, Lease, stop);
            heldSince = asked;
        }
        catch (DataException)
        {
            // The database is away: it is still ours for the rest of its time.
            held = held && clock.GetElapsedTime(heldSince) < Lease;
        }
    }

    // The lease is kept while the work runs; work whose lease was lost is told to stop.
    private async Task WorkAsync(CancellationToken stop)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = TryAsync(lost.Token);
        while (await Task.WhenAny(working, Task.Delay(Renewal, clock, CancellationToken.None)) != working)
        {
            await TakeAsync(stop);
            if (!held) await lost.CancelAsync();
        }
        await working;
    }

    private async Task TryAsync(CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            logger.LogError(e, "The work {Name} failed.", name);
        }
    }
}
