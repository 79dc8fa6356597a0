using System.Collections.Concurrent;
using Hearth.Basics;
using Hearth.Data;

namespace Hearth.Resources.Signalling;

/// <summary>
/// Waits until every node has done what signals asked of it. Whoever changes the schema or the settings may send the next request to another node, and expects that
/// one to know.
/// </summary>
public sealed class Hearing
{
    private const string Asked = "nodes.asked";
    private const string Heard = "nodes.heard";

    // A node that has just died is among those that are asked for some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Round> rounds = new(StringComparer.Ordinal);
    private readonly Engine engine;
    private readonly Signals signals;
    private readonly TimeProvider clock;

    /// <summary>Answers the other nodes, and asks them.</summary>
    public Hearing(Engine engine, Signals signals, TimeProvider clock)
    {
        (this.engine, this.signals, this.clock) = (engine, signals, clock);
        // Behind whatever else was told before it.
        signals.On(Asked, async (signal, stop) =>
        {
            if (signal.Node != engine.Node) await signals.SendAsync(Heard, signal.Text, stop);
        });
        // Not through the queue of signals: one of them may be waiting for what asks.
        engine.Signalled += signal =>
        {
            if (signal.Topic == Heard && rounds.TryGetValue(signal.Text, out var round)) round.Take(signal.Node);
        };
    }

    /// <summary>Returns when all other nodes have followed the signals that were told until now, or after a second. It never fails: what was told is told.</summary>
    public ValueTask ByAllAsync() => AfterAsync(null);

    /// <summary>The same after a signal without a text, which is not sent when there is no other node.</summary>
    public async ValueTask AfterAsync(string? topic)
    {
        var ticket = RandomText.RecordId();
        try
        {
            var others = await engine.OtherNodesAsync(CancellationToken.None);
            if (others.Count == 0) return;
            var round = rounds[ticket] = new Round(others.Select(node => node.Id));
            if (topic is not null) await signals.SendAsync(topic, "", CancellationToken.None);
            await signals.SendAsync(Asked, ticket, CancellationToken.None);
            await round.Ended.WaitAsync(Patience, clock);
        }
        catch (Exception e) when (e is TimeoutException or DataException)
        {
            // They follow when they can.
        }
        finally
        {
            rounds.TryRemove(ticket, out _);
        }
    }

    private sealed class Round(IEnumerable<string> nodes)
    {
        private readonly HashSet<string> missing = [.. nodes];
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => ended.Task;

        public void Take(string node)
        {
            lock (missing)
            {
                if (missing.Remove(node) && missing.Count == 0) ended.TrySetResult();
            }
        }
    }
}
