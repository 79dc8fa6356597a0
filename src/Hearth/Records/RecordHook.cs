using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>
/// A hook over records of all or of named collections. Handlers run in the order of their adding; the first fault ends the run.
/// When nobody listens for a collection the event is not even made.
/// </summary>
/// <typeparam name="TEvent">What the handlers are told.</typeparam>
public sealed class RecordHook<TEvent>
{
    private ImmutableArray<Entry> entries = [];

    /// <summary>True when a handler listens for this collection.</summary>
    public bool Listens(Collection collection)
    {
        foreach (var entry in entries)
        {
            if (entry.Takes(collection)) return true;
        }
        return false;
    }

    /// <summary>Adds a handler that may refuse by returning a fault. Without collection names (or ids) it hears of every collection.</summary>
    public void Add(Func<TEvent, CancellationToken, ValueTask<Fault?>> handler, params string[] collections) =>
        ImmutableInterlocked.Update(ref entries, static (list, item) => list.Add(item), new Entry(handler, collections));

    /// <summary>Adds a handler that cannot refuse.</summary>
    public void Add(Func<TEvent, CancellationToken, ValueTask> handler, params string[] collections) => Add(async (e, stop) =>
    {
        await handler(e, stop);
        return null;
    }, collections);

    /// <summary>Adds a plain handler that cannot refuse.</summary>
    public void Add(Action<TEvent> handler, params string[] collections) => Add((e, _) =>
    {
        handler(e);
        return ValueTask.FromResult<Fault?>(null);
    }, collections);

    internal async ValueTask<Fault?> RunAsync(TEvent e, Collection collection, CancellationToken stop)
    {
        foreach (var entry in entries)
        {
            if (entry.Takes(collection) && await entry.Handler(e, stop) is { } fault) return fault;
        }
        return null;
    }

    internal async ValueTask AnnounceAsync(TEvent e, Collection collection, Action<Exception> failed, CancellationToken stop)
    {
        foreach (var entry in entries)
        {
            if (!entry.Takes(collection)) continue;
            try
            {
                await entry.Handler(e, stop);
            }
            catch (Exception exception)
            {
                // The write is committed and must be answered as such, whatever a listener does.
                failed(exception);
            }
        }
    }

    private sealed record Entry(Func<TEvent, CancellationToken, ValueTask<Fault?>> Handler, string[] Collections)
    {
        public bool Takes(Collection collection)
        {
            if (Collections.Length == 0) return true;
            foreach (var name in Collections)
            {
                if (name == collection.Id || string.Equals(name, collection.Name, StringComparison.OrdinalIgnoreCase)) return true;
            }
            return false;
        }
    }
}
