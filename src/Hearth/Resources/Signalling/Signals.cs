using System.Collections.Immutable;
using System.Threading.Channels;
using Hearth.Data;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Signalling;

/// <summary>
/// The one door to the other nodes of an app: news that reaches each of them, and work that one of them does for all. With one node everything
/// stays in the process and works the same.
/// </summary>
/// <remarks>
/// A signal that was sent within a write (<see cref="WriteSession.Tell"/>) is told when that write is committed, and only then. Each node hears each signal once. The
/// signals of one write come in their order; those of different writes may change places.
/// </remarks>
public sealed class Signals
{
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    // Null says that some may have been missed.
    private readonly Channel<Signal?> waiting = Channel.CreateUnbounded<Signal?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource ended = new();
    private ImmutableDictionary<string, ImmutableArray<Func<Signal, CancellationToken, ValueTask>>> handlers = ImmutableDictionary<string, ImmutableArray<Func<Signal, CancellationToken, ValueTask>>>.Empty;
    private ImmutableArray<Func<CancellationToken, ValueTask>> missed = [];
    private ImmutableArray<Turn> turns = [];
    private ImmutableArray<Task> running = [];

    /// <summary>News of an engine's data.</summary>
    public Signals(Engine engine, TimeProvider clock, ILogger logger)
    {
        (this.engine, this.clock, this.logger) = (engine, clock, logger);
        engine.Signalled += signal =>
        {
            if (handlers.ContainsKey(signal.Topic)) waiting.Writer.TryWrite(signal);
        };
        engine.SignalsMissed += () => waiting.Writer.TryWrite(null);
        Every("signals.tidy", TimeSpan.FromMinutes(1), engine.TidyAsync);
    }

    /// <summary>This process among those that use the same data; see <see cref="Signal.Node"/>.</summary>
    public string Node => engine.Node;

    /// <summary>Calls a handler for every signal of a topic, one after the other. What it throws is logged.</summary>
    public void On(string topic, Func<Signal, CancellationToken, ValueTask> handler) => ImmutableInterlocked.AddOrUpdate(ref handlers, topic, [handler], (_, list) => list.Add(handler));

    /// <summary>Calls a handler when signals may have been missed, because the database was away for too long: look for yourself what has changed.</summary>
    public void OnMissed(Func<CancellationToken, ValueTask> handler) => ImmutableInterlocked.Update(ref missed, static (list, item) => list.Add(item), handler);

    /// <summary>Tells every node, this one too. Returns when it is certain that they will hear of it.</summary>
    /// <param name="topic">At most 100 characters.</param>
    /// <param name="text">What happened, in a form that the topic defines.</param>
    /// <param name="stop">Gives up.</param>
    public Task SendAsync(string topic, string text, CancellationToken stop) => engine.WriteAsync(
        session =>
        {
            session.Tell(topic, text);
            return new ValueTask<bool>(true);
        },
        null,
        stop);

    /// <summary>
    /// Does some work again and again, on one node of all. When that node dies another one takes over within half a minute. Declare it before the app
    /// starts. The work must bear being done a little more often than asked for. What it throws is logged.
    /// </summary>
    /// <param name="name">Names the work among all of the app.</param>
    /// <param name="interval">Time between two beginnings.</param>
    /// <param name="work">The work; cancelled when the app stops or the node loses its turn.</param>
    /// <returns>Asks for the work at once, if this node is the one that does it; a node that is not does nothing.</returns>
    public Action Every(string name, TimeSpan interval, Func<CancellationToken, ValueTask> work)
    {
        var turn = new Turn(name, interval, work, engine, clock, logger);
        ImmutableInterlocked.Update(ref turns, static (list, item) => list.Add(item), turn);
        return turn.Hurry;
    }

    /// <summary>Begins to tell what was sent since the engine was started, and to take turns.</summary>
    internal void Start() => running = [Task.Run(TellAsync), .. turns.Select(turn => Task.Run(() => turn.RunAsync(ended.Token)))];

    /// <summary>Ends all of it and lets other nodes take over at once.</summary>
    internal async Task StopAsync(CancellationToken stop)
    {
        if (running.IsEmpty) return;
        await ended.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await engine.ReturnLeasesAsync(stop);
        }
        catch (DataException)
        {
            // The database is away: they end by themselves.
        }
    }

    private async Task TellAsync()
    {
        await foreach (var signal in waiting.Reader.ReadAllAsync(ended.Token))
        {
            if (signal is null)
            {
                foreach (var handler in missed) await TryAsync("missed signals", () => handler(ended.Token));
            }
            else
            {
                foreach (var handler in handlers.GetValueOrDefault(signal.Topic, [])) await TryAsync(signal.Topic, () => handler(signal, ended.Token));
            }
        }
    }

    private async ValueTask TryAsync(string what, Func<ValueTask> handler)
    {
        try
        {
            await handler();
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            logger.LogError(e, "A handler of {What} failed.", what);
        }
    }
}
