using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Hearth.Probe;

/// <summary>Adds up the runtime's own count of allocated bytes, which it tells every second.</summary>
internal sealed class AllocationCounter : IDisposable
{
    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;
    private readonly Task reading;
    private readonly SemaphoreSlim tick = new(0);
    private double bytes, before;

    private AllocationCounter(int process)
    {
        var everySecond = new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" };
        session = new DiagnosticsClient(process).StartEventPipeSession(
            new EventPipeProvider("System.Runtime", EventLevel.Informational, arguments: everySecond), requestRundown: false);
        source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += Read;
        reading = Task.Run(source.Process);
    }

    /// <summary>Counts from now on.</summary>
    public static async Task<AllocationCounter> StartAsync(int process)
    {
        var counter = new AllocationCounter(process);
        await counter.tick.WaitAsync();
        counter.before = Volatile.Read(ref counter.bytes);
        return counter;
    }

    /// <summary>Bytes since the start. The count that has begun already may end before the work did, so one more is waited for.</summary>
    public async Task<double> StopAsync()
    {
        while (tick.Wait(0)) { }
        await tick.WaitAsync();
        await tick.WaitAsync();
        var counted = Volatile.Read(ref bytes) - before;
        session.Stop();
        await reading;
        return counted;
    }

    public void Dispose()
    {
        source.Dispose();
        session.Dispose();
    }

    private void Read(TraceEvent seen)
    {
        if (seen.EventName != "EventCounters" || seen.PayloadValue(0) is not IDictionary<string, object> outer) return;
        if (outer["Payload"] is not IDictionary<string, object> counter || (string)counter["Name"] != "alloc-rate") return;
        Volatile.Write(ref bytes, bytes + (double)counter["Increment"]);
        tick.Release();
    }
}
