using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Hearth.Probe;

/// <summary>Samples the type of what is being allocated, about every 100 KB.</summary>
internal sealed class TypeSampler : IDisposable
{
    private const int Shown = 40;
    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;
    private readonly Task reading;
    private readonly Dictionary<string, long> samples = new(StringComparer.Ordinal);

    private TypeSampler(int process)
    {
        session = new DiagnosticsClient(process).StartEventPipeSession(
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GC), requestRundown: false);
        source = new EventPipeEventSource(session.EventStream);
        source.Clr.GCAllocationTick += seen =>
        {
            lock (samples) samples[seen.TypeName] = samples.GetValueOrDefault(seen.TypeName) + seen.AllocationAmount64;
        };
        reading = Task.Run(source.Process);
    }

    /// <summary>Samples from now on.</summary>
    public static Task<TypeSampler> StartAsync(int process) => Task.FromResult(new TypeSampler(process));

    /// <summary>The types that took most, with their share of all.</summary>
    public async Task<IReadOnlyList<(string Type, double Share)>> StopAsync()
    {
        session.Stop();
        await reading;
        var all = (double)samples.Values.Sum();
        return [.. samples.OrderByDescending(s => s.Value).Take(Shown).Select(s => (s.Key, s.Value / all))];
    }

    public void Dispose()
    {
        source.Dispose();
        session.Dispose();
    }
}
