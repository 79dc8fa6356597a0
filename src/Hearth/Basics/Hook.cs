using System.Collections.Immutable;

namespace Hearth.Basics;

/// <summary>
/// A point where an app's own code joins in. Handlers run in the order of their adding; the first fault ends the run and refuses the work.
/// </summary>
/// <typeparam name="TEvent">What the handlers are told.</typeparam>
public sealed class Hook<TEvent>
{
    private ImmutableArray<Func<TEvent, CancellationToken, ValueTask<Fault?>>> handlers = [];

    /// <summary>True when nobody listens, so that the caller need not make the event at all.</summary>
    public bool IsEmpty => handlers.IsEmpty;

    /// <summary>Adds a handler that may refuse by returning a fault.</summary>
    public void Add(Func<TEvent, CancellationToken, ValueTask<Fault?>> handler) =>
        ImmutableInterlocked.Update(ref handlers, static (list, item) => list.Add(item), handler);

    /// <summary>Adds a handler that cannot refuse.</summary>
    public void Add(Func<TEvent, CancellationToken, ValueTask> handler) => Add(async (e, stop) =>
    {
        await handler(e, stop);
        return null;
    });

    /// <summary>Adds a plain handler that cannot refuse.</summary>
    public void Add(Action<TEvent> handler) => Add((e, _) =>
    {
        handler(e);
        return ValueTask.FromResult<Fault?>(null);
    });

    /// <summary>Runs the handlers; the first fault is returned and ends the run.</summary>
    public async ValueTask<Fault?> RunAsync(TEvent e, CancellationToken stop)
    {
        foreach (var handler in handlers)
        {
            if (await handler(e, stop) is { } fault) return fault;
        }
        return null;
    }
}
