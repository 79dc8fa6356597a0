using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Hearth.Http;

namespace Hearth.Features.Records;

/// <summary>
/// Slows down who asks for many filters that find nothing in a list under a rule (contract 6.1): each answer tells a little about hidden
/// records by the time it took. More than 3 such requests in 3 seconds from one address wait up to half a second.
/// </summary>
internal sealed class ProbeDelay(TimeProvider clock)
{
    private const int Free = 3;
    private const int MostMilliseconds = 500;
    private const int SweepAt = 10_000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<IPAddress, Window> windows = new();

    /// <summary>Counts the request, and waits when there were too many.</summary>
    public async ValueTask WaitAsync(Exchange exchange)
    {
        if (ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy) is not { } client) return;
        var now = clock.GetTimestamp();
        if (windows.Count >= SweepAt) Sweep(now);
        var window = windows.AddOrUpdate(client, static (_, at) => new Window(at), (_, held, at) => clock.GetElapsedTime(held.Began, at) > Span ? new Window(at) : held, now);
        if (Interlocked.Increment(ref window.Count) <= Free) return;
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MostMilliseconds)), clock, exchange.Stop);
    }

    private void Sweep(long now)
    {
        foreach (var (client, window) in windows)
        {
            if (clock.GetElapsedTime(window.Began, now) > Span) windows.TryRemove(KeyValuePair.Create(client, window));
        }
    }

    private sealed class Window(long began)
    {
        public readonly long Began = began;
        public int Count;
    }
}
