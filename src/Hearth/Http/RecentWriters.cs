using System.Collections.Concurrent;
using Hearth.Data;
using Hearth.Planning;

namespace Hearth.Http;

/// <summary>
/// Who has written in the last seconds, and so must not be shown a copy of the data that may not have it yet. Callers are known by their record and by their
/// address, because who signs up is a guest before. Forgets everybody in two halves, so that it never grows beyond the writers of some seconds.
/// </summary>
internal sealed class RecentWriters(TimeProvider clock)
{
    private static readonly TimeSpan Half = Engine.CopyAge * 2;

    private readonly Lock gate = new();
    private ConcurrentDictionary<string, byte> now = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, byte> before = new(StringComparer.Ordinal);
    private long turned = clock.GetTimestamp();

    /// <summary>A caller writes.</summary>
    public void Add(Caller caller, string address)
    {
        Turn();
        now.TryAdd("@" + address, 0);
        if (caller.Collection is { } collection) now.TryAdd(collection.Id + "/" + caller.Id, 0);
    }

    /// <summary>Whether a caller has written not long ago.</summary>
    public bool Contains(Caller caller, string address)
    {
        Turn();
        return Has("@" + address) || (caller.Collection is { } collection && Has(collection.Id + "/" + caller.Id));
    }

    private bool Has(string key) => now.ContainsKey(key) || before.ContainsKey(key);

    private void Turn()
    {
        var elapsed = clock.GetElapsedTime(Volatile.Read(ref turned));
        if (elapsed < Half) return;
        lock (gate)
        {
            elapsed = clock.GetElapsedTime(turned);
            if (elapsed < Half) return;
            (before, now) = (elapsed < Half * 2 ? now : new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            Volatile.Write(ref turned, clock.GetTimestamp());
        }
    }
}
