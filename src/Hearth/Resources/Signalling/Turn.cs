using Hearth.Data;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Signalling;

/// <summary>Work that is done again and again by whichever node holds the lease of its name.</summary>
internal sealed class Turn(string name, TimeSpan interval, Func<CancellationToken, ValueTask> work, Engine engine, TimeProvider clock, ILogger logger)
{
    // A node that dies is missed for at most so long; one that is alive has asked three times by then.
    private readonly TimeSpan lease = engine.Takeover;
    private readonly TimeSpan renewal = engine.Takeover / 3;

    private readonly SemaphoreSlim asked = new(0, 1);
    private long? asking;
    private long heldSince;
    private bool held;
    private volatile bool hurries;
    private volatile bool isAway;

    /// <summary>Takes turns until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var due = clock.GetTimestamp();
        using var timer = new PeriodicTimer(interval < renewal ? interval : renewal, clock);
        try
        {
            Task<bool>? tick = null;
            Task? ask = null;
            do
            {
                // However often the work is due: an idle node writes nothing but this.
                if (asking is null || clock.GetElapsedTime(asking.Value) >= renewal) await TakeAsync(stop);
                var hurry = hurries;
                hurries = false;
                if (!held || (!hurry && clock.GetTimestamp() < due)) continue;
                due = clock.GetTimestamp() + (long)(interval.TotalSeconds * clock.TimestampFrequency);
                await WorkAsync(stop);
            }
            while (await NextAsync());

            async Task<bool> NextAsync()
            {
                tick ??= timer.WaitForNextTickAsync(stop).AsTask();
                ask ??= asked.WaitAsync(stop);
                if (await Task.WhenAny(tick, ask) == ask)
                {
                    await ask;
                    ask = null;
                    return true;
                }
                var more = await tick;
                tick = null;
                return more;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Begins the work at once if it is this node's turn, else leaves it to the one whose turn it is.</summary>
    public void Hurry()
    {
        hurries = true;
        try
        {
            asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Asked already.
        }
    }

    private async ValueTask TakeAsync(CancellationToken stop)
    {
        // From before the question on: the database counts from a later moment.
        var began = clock.GetTimestamp();
        asking = began;
        try
        {
            held = await engine.TakeLeaseAsync(name, lease, stop);
            heldSince = began;
        }
        catch (DataException)
        {
            // The database is away: it is still ours for the rest of its time.
            held = held && clock.GetElapsedTime(heldSince) < lease;
        }
    }

    // The lease is kept while the work runs; work whose lease was lost is told to stop.
    private async Task WorkAsync(CancellationToken stop)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = TryAsync(lost.Token);
        while (await Task.WhenAny(working, Task.Delay(renewal, clock, CancellationToken.None)) != working)
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
            isAway = false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.Unavailable or DataFaultKind.Uncertain or DataFaultKind.Full)
        {
            // Told once, not with every try until the database is back.
            if (!isAway) logger.LogError("The work {Name} waits for the database: {Reason}", name, e.Message);
            isAway = true;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The work {Name} failed.", name);
        }
    }
}
