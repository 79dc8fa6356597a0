using System.Collections.Concurrent;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>
/// Documents of services that are fetched when they are first needed and kept in memory. Who asks meanwhile waits for the same fetch; when one fails the
/// document from before is good enough, and the next try waits some seconds, so that a service that is away is not asked with every request.
/// </summary>
internal sealed class KeptDocuments<T>(TimeProvider clock, Func<string, CancellationToken, ValueTask<T?>> fetch)
    where T : class
{
    // Superusers name the addresses, so there are few; a leak would still be one.
    private const int Most = 256;
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>The document of an address, at most so old unless it cannot be had anew; null when there is none.</summary>
    public async ValueTask<T?> GetAsync(string url, TimeSpan age, CancellationToken stop)
    {
        if (slots.Count >= Most) slots.Clear();
        var slot = slots.GetOrAdd(url, static _ => new Slot());
        Task? running;
        lock (slot)
        {
            if (slot.Value is not null && clock.GetElapsedTime(slot.FetchedAt) < age) return slot.Value;
            if (slot.Running is null && (slot.TriedAt == 0 || clock.GetElapsedTime(slot.TriedAt) >= Pause))
            {
                slot.TriedAt = clock.GetTimestamp();
                slot.Running = Task.Run(() => FetchAsync(url, slot), CancellationToken.None);
            }
            running = slot.Running;
        }
        if (running is not null) await running.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (slot) return slot.Value;
    }

    private async Task FetchAsync(string url, Slot slot)
    {
        T? value = null;
        try
        {
            using var limit = new CancellationTokenSource(FetchLimit, clock);
            value = await fetch(url, limit.Token);
        }
        finally
        {
            lock (slot)
            {
                slot.Running = null;
                if (value is not null) (slot.Value, slot.FetchedAt) = (value, clock.GetTimestamp());
            }
        }
    }

    private sealed class Slot
    {
        public T? Value { get; set; }

        public long FetchedAt { get; set; }

        public long TriedAt { get; set; }

        public Task? Running { get; set; }
    }
}
