using System.Collections.Immutable;
using System.Threading.Channels;

namespace Hearth.Resources.Realtime;

/// <summary>One event on its way to a client.</summary>
/// <param name="Name">Name of the event: the topic as the client subscribed to it.</param>
/// <param name="Json">One JSON value.</param>
public readonly record struct StreamEvent(string Name, string Json);

/// <summary>
/// A client that listens for events on this node (contract 9.1). Events wait in a short queue; a client that does not keep up loses its stream, comes back and
/// asks anew, instead of filling the memory. Safe for any number of callers at once.
/// </summary>
public sealed class OpenStream(string id, string address)
{
    private const int MostWaiting = 256;

    private readonly Channel<StreamEvent> waiting = Channel.CreateBounded<StreamEvent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Lock gate = new();
    private ImmutableHashSet<string> topics = [];
    private (string Collection, string Record)? owner;

    /// <summary>Id of the client: 40 letters and digits.</summary>
    public string Id { get; } = id;

    /// <summary>Address from which the stream was opened, as text.</summary>
    public string Address { get; } = address;

    /// <summary>What is to be sent; ends when the stream is closed.</summary>
    public ChannelReader<StreamEvent> Events => waiting.Reader;

    /// <summary>
    /// Replaces the subscriptions. False when the stream belongs to another record than the one that asks; a guest's stream becomes the property of the first
    /// record that asks.
    /// </summary>
    /// <param name="wanted">The topics.</param>
    /// <param name="asking">Collection and id of the record that asks; null for guests.</param>
    public bool TrySubscribe(IEnumerable<string> wanted, (string Collection, string Record)? asking)
    {
        lock (gate)
        {
            if (owner is not null && owner != asking) return false;
            owner ??= asking;
            topics = [.. wanted];
            return true;
        }
    }

    /// <summary>Sends an event to a subscription and ends that subscription with it, so that it is told once. False when there is no such subscription.</summary>
    public bool TrySendOnce(StreamEvent e)
    {
        lock (gate)
        {
            if (!topics.Contains(e.Name)) return false;
            topics = topics.Remove(e.Name);
        }
        if (waiting.Writer.TryWrite(e)) return true;
        Close();
        return false;
    }

    /// <summary>Ends the stream after what is waiting.</summary>
    public void Close() => waiting.Writer.TryComplete();
}
