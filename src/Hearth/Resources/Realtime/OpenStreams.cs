using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Hearth.Basics;
using Hearth.Resources.Realtime.Feed;
using Hearth.Resources.Realtime.Topics;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Resources.Realtime;

/// <summary>The streams that clients of this node have open, and what they listen to.</summary>
/// <param name="clock">The clock.</param>
/// <param name="limits">How many an address may have open; null is any number.</param>
public sealed class OpenStreams(TimeProvider clock, Func<RealtimeSettings>? limits = null)
{
    private const int IdLength = 40;

    // Clients come back by themselves; what would otherwise stay open for ever is a connection whose other end is gone.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, OpenStream> streams = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly StreamBudget budget = new();

    /// <summary>How often <see cref="Sweep"/> is to be called.</summary>
    public static TimeSpan SweepEvery { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The streams of this moment.</summary>
    public IEnumerable<OpenStream> All => streams.Select(static pair => pair.Value);

    /// <summary>How many there are.</summary>
    public int Count => streams.Count;

    /// <summary>The line of those who ask for no more than others do.</summary>
    internal Lane First { get; } = new(LanePace.First);

    /// <summary>The line of those who would hold the others up.</summary>
    internal Lane Second { get; } = new(LanePace.Second);

    /// <summary>How far the events of records are told on this node.</summary>
    internal EventPosition Position => PositionOf(First);

    /// <summary>Opens a stream for a client at an address.</summary>
    public OpenStream Open(string address) => TryOpen(address, address, isLimited: false)!; // without a limit it is never null

    /// <summary>The same, or null when the network of the address has as many as it may have.</summary>
    internal OpenStream? TryOpen(string address, string network, bool isLimited)
    {
        var stream = new OpenStream(RandomText.Of(IdLength), address, network, First, clock.GetUtcNow()) { IsLimited = isLimited };
        lock (gate)
        {
            if (!budget.TryOpen(stream, MostOf(stream))) return null;
        }
        streams[stream.Id] = stream;
        return stream;
    }

    /// <summary>The stream of an id, or null when it is not open on this node.</summary>
    public OpenStream? Find(string id) => streams.GetValueOrDefault(id);

    /// <summary>The stream for which something holds, or null.</summary>
    internal OpenStream? Find(Func<OpenStream, bool> holds) => streams.Values.FirstOrDefault(holds);

    /// <summary>Ends and forgets a stream.</summary>
    public void Close(OpenStream stream)
    {
        var was = streams.TryRemove(stream.Id, out _);
        stream.Close();
        lock (gate)
        {
            Listen(stream, []);
            if (!was) return;
            budget.Close(stream);
            if (stream.Lane == Second) Second.Count--;
        }
    }

    /// <summary>Ends all streams for which something holds; their clients come back.</summary>
    internal void Close(Func<OpenStream, bool> which)
    {
        foreach (var stream in streams.Values.Where(which)) Close(stream);
    }

    /// <summary>Ends all streams: the server stops.</summary>
    public void CloseAll() => Close(static _ => true);

    /// <summary>
    /// Makes a stream the property of who asks. False when it belongs to another record already; a guest's stream becomes the property of the first record that asks.
    /// </summary>
    internal bool TryOwn(OpenStream stream, StreamOwner asking)
    {
        lock (gate)
        {
            if (stream.Owner.Key.Length > 0 && stream.Owner.Key != asking.Key) return false;
            stream.Owner = asking;
            return true;
        }
    }

    /// <summary>Replaces whom a stream hears for, when that is still who it was.</summary>
    internal void Replace(OpenStream stream, StreamOwner known, StreamOwner now)
    {
        lock (gate)
        {
            if (ReferenceEquals(stream.Owner, known)) stream.Owner = now;
        }
    }

    /// <summary>
    /// Finds a stream its line by what it is going to listen to. False when the topics of its address are more text than they may be; then nothing was changed.
    /// </summary>
    internal bool TryPlace(OpenStream stream, IReadOnlyCollection<string> topics)
    {
        var use = new StreamUse(stream.Owner.Key, topics.Count(static topic => topic.Contains('?', StringComparison.Ordinal)), topics.Sum(static topic => (long)topic.Length));
        lock (gate)
        {
            if (!streams.ContainsKey(stream.Id)) return true;
            if (!budget.TryCount(stream, use, MostOf(stream))) return false;
            stream.Weight = budget.WeightOf(stream);
            if (stream.Lane == First && budget.IsHeavy(stream, clock.GetUtcNow())) Move(stream, First.Position);
            return true;
        }
    }

    /// <summary>Answering for a stream takes too long: it goes on in the second line, behind a position.</summary>
    internal void PutBack(OpenStream stream, EventPosition since)
    {
        lock (gate)
        {
            if (stream.Lane != First || !streams.ContainsKey(stream.Id)) return;
            budget.MarkHeavy(stream, clock.GetUtcNow());
            Move(stream, since);
        }
    }

    /// <summary>
    /// Replaces what a stream listens to, when its line has told the events up to a position, or whatever it is when that is null. False when it is further.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="topics">What it listens to from now on.</param>
    /// <param name="at">The position.</param>
    /// <param name="greeting">What the client is told of where it begins, before anything that comes behind; null to tell nothing.</param>
    internal bool TryListen(OpenStream stream, IReadOnlyCollection<string> topics, EventPosition? at, Func<EventPosition, StreamMessage>? greeting)
    {
        lock (gate)
        {
            if (at is { } expected && expected != stream.Lane.Position) return false;
            if (!streams.ContainsKey(stream.Id)) topics = [];
            Listen(stream, topics);
            // How far the stream has heard: as far as its line, or further when it stood in another.
            if (greeting is not null) stream.TryAdd(greeting(stream.Lane.Position.Or(stream.Since)), clock.GetUtcNow());
            return true;
        }
    }

    /// <summary>How far a line has told the events.</summary>
    internal EventPosition PositionOf(Lane lane)
    {
        lock (gate) return lane.Position;
    }

    /// <summary>Takes note that a line has passed a position, when nobody is there who could have heard what came before it. False when somebody is.</summary>
    internal bool TryPass(Lane lane, EventPosition reached)
    {
        lock (gate)
        {
            if ((lane == First ? streams.Count : lane.Count) > 0) return false;
            lane.Position = reached;
            return true;
        }
    }

    /// <summary>Takes note of how far a line has told the events.</summary>
    internal void Reach(Lane lane, EventPosition reached)
    {
        lock (gate) lane.Position = reached;
    }

    /// <summary>The same for a change of a record, with those in the line who listen to it at that moment: later ones begin behind it.</summary>
    internal List<Listeners> Reach(Lane lane, EventPosition reached, Collection collection, string record)
    {
        var found = new List<Listeners>();
        lock (gate)
        {
            lane.Position = reached;
            lane.Index.FindRecord(collection.Name, record, found);
            lane.Index.FindRecord(collection.Id, record, found);
        }
        return found;
    }

    /// <summary>Sends an event to a subscription and ends that subscription with it, so that it is told once. False when there is no such subscription.</summary>
    internal bool TrySendOnce(OpenStream stream, StreamEvent e)
    {
        lock (gate)
        {
            var topic = stream.Topics.FirstOrDefault(topic => topic.Text == e.Name);
            if (topic is null) return false;
            stream.Lane.Index.Remove(topic, stream);
            stream.Topics = stream.Topics.Remove(topic);
        }
        return stream.TryAdd(new StreamMessage(Encoding.UTF8.GetBytes(e.Name), Encoding.UTF8.GetBytes(e.Json)), clock.GetUtcNow());
    }

    /// <summary>Those who listen to a topic by its path, such as one of an app's own.</summary>
    internal List<Listeners> Of(string path)
    {
        var found = new List<Listeners>();
        lock (gate)
        {
            First.Index.Find(path, true, found);
            Second.Index.Find(path, true, found);
        }
        return found;
    }

    /// <summary>Ends streams that were silent for five minutes, or are open for thirty, or whose token has ended, or whose clients do not take anything any more.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var stream in streams.Values)
        {
            if (stream.Overrun is { } overrun)
            {
                if (now - overrun >= Farewell) stream.Abort?.Invoke();
            }
            // Its end was due, and its client does not take what stands before it.
            else if (now - stream.Opened >= Longest + Farewell || now - stream.LastSent >= LongestSilence + Farewell) stream.Drop(now);
            else if (now - stream.Opened >= Longest || now - stream.LastSent >= LongestSilence || stream.Owner.HasEnded(now)) stream.Close();
        }
        lock (gate) budget.Tidy(now);
    }

    /// <summary>Ends the streams for which much waits, and lets go of it: all of them together hold more than there should be.</summary>
    internal void Drop(long much)
    {
        var now = clock.GetUtcNow();
        foreach (var stream in streams.Values.Where(stream => stream.Waiting > much))
        {
            stream.Drop(now);
            lock (gate) Listen(stream, []);
        }
    }

    /// <summary>True for a text in the form of a client's id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiLetterOrDigit);

    private int MostOf(OpenStream stream) => stream.IsLimited ? limits?.Invoke().MaxStreamsPerIP ?? 0 : 0;

    // In the second line it hears what is behind a position, which the line has not passed.
    private void Move(OpenStream stream, EventPosition since)
    {
        foreach (var topic in stream.Topics) First.Index.Remove(topic, stream);
        (stream.Lane, stream.Since) = (Second, since);
        Second.Count++;
        stream.Topics = [.. stream.Topics.Select(topic => Second.Index.Add(topic.Text, stream))];
    }

    private static void Listen(OpenStream stream, IReadOnlyCollection<string> topics)
    {
        var before = stream.Topics;
        var now = ImmutableArray.CreateBuilder<Topic>(topics.Count);
        foreach (var text in topics.Distinct(StringComparer.Ordinal)) now.Add(stream.Lane.Index.Add(text, stream));
        stream.Topics = now.ToImmutable();
        foreach (var topic in before)
        {
            if (!stream.Topics.Contains(topic)) stream.Lane.Index.Remove(topic, stream);
        }
    }
}
