using System.Collections.Immutable;
using Hearth.Resources.Realtime.Feed;
using Hearth.Resources.Realtime.Topics;

namespace Hearth.Resources.Realtime;

/// <summary>
/// A client that listens for events on this node (contract 9.1). Events wait in a queue; a client that does not keep up loses its stream, comes back and
/// asks for what it missed, instead of filling the memory. Safe for any number of callers at once.
/// </summary>
public sealed class OpenStream
{
    /// <summary>Most events that wait.</summary>
    public const int MostWaiting = 16_384;

    /// <summary>Most bytes that wait.</summary>
    public const long MostBytes = 16L << 20;

    private readonly Lock gate = new();
    private Queue<StreamMessage>? waiting;
    private TaskCompletionSource? waiter;
    private long bytes;
    private bool ended;

    internal OpenStream(string id, string address, string network, Lane lane, DateTimeOffset now) =>
        (Id, Address, Network, Lane, Opened, LastSent, LetterAddress) = (id, address, network, lane, now, now, StreamLetters.AddressOf(id));

    /// <summary>Id of the client: 40 letters and digits.</summary>
    public string Id { get; }

    /// <summary>By what letters of other nodes find it.</summary>
    internal UInt128 LetterAddress { get; }

    /// <summary>Address from which the stream was opened, as text.</summary>
    public string Address { get; }

    /// <summary>What its client can choose addresses from, as text; limits count by it.</summary>
    internal string Network { get; }

    /// <summary>It counts against the limits of its network.</summary>
    internal bool IsLimited { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Opened { get; }

    /// <summary>When an event was sent last.</summary>
    public DateTimeOffset LastSent { get; set; }

    /// <summary>It was closed because its client did not keep up; null while it does.</summary>
    public DateTimeOffset? Overrun { get; private set; }

    /// <summary>Cuts the connection off, for a client that does not even take the end.</summary>
    public Action? Abort { get; set; }

    /// <summary>For whom it hears.</summary>
    internal StreamOwner Owner { get; set; } = StreamOwner.Guest;

    /// <summary>What it hears of; kept by <see cref="OpenStreams"/>.</summary>
    internal ImmutableArray<Topic> Topics { get; set; } = [];

    /// <summary>What it takes; kept by <see cref="StreamBudget"/>.</summary>
    internal StreamUse Use { get; set; } = new("", 0, 0);

    /// <summary>How much its address or account asks for; who asks for little is answered first.</summary>
    internal int Weight { get; set; }

    /// <summary>The line in which it is told; kept by <see cref="OpenStreams"/>.</summary>
    internal Lane Lane { get; set; }

    /// <summary>It has heard everything up to here, though its line may not have told it yet.</summary>
    internal EventPosition Since { get; set; } = EventPosition.None;

    /// <summary>Bytes that wait.</summary>
    internal long Waiting => Interlocked.Read(ref bytes);

    /// <summary>There is room for many more.</summary>
    internal bool HasRoom => Waiting < MostBytes / 4 && (waiting?.Count ?? 0) < MostWaiting / 4;

    /// <summary>It was closed.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (gate) return ended;
        }
    }

    /// <summary>Puts an event into the queue. False when the stream is closed, or is now because the queue was full.</summary>
    internal bool TryAdd(StreamMessage message, DateTimeOffset now)
    {
        lock (gate)
        {
            if (ended) return false;
            waiting ??= new Queue<StreamMessage>(4);
            if (waiting.Count < MostWaiting && bytes + message.Json.Length <= MostBytes)
            {
                waiting.Enqueue(message);
                Interlocked.Add(ref bytes, message.Json.Length);
                Wake();
                return true;
            }
            EndOverrun(now);
            return false;
        }
    }

    /// <summary>Ends the stream of a client that does not keep up; what waits is let go of at once.</summary>
    internal void Drop(DateTimeOffset now)
    {
        lock (gate)
        {
            if (Overrun is null) EndOverrun(now);
        }
    }

    /// <summary>Takes the next event, if there is one.</summary>
    public bool TryTake(out StreamMessage message)
    {
        lock (gate)
        {
            if (waiting is null || !waiting.TryDequeue(out message))
            {
                message = default;
                return false;
            }
            Interlocked.Add(ref bytes, -message.Json.Length);
            // A burst leaves a large array behind.
            if (waiting.Count == 0) waiting = null;
            return true;
        }
    }

    /// <summary>Waits for an event. False when the stream is closed and nothing waits.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        Task until;
        lock (gate)
        {
            if (waiting is { Count: > 0 }) return true;
            if (ended) return false;
            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            until = waiter.Task;
        }
        await until;
        lock (gate) return waiting is { Count: > 0 } || !ended;
    }

    /// <summary>Ends the stream after what is waiting.</summary>
    internal void Close()
    {
        lock (gate)
        {
            ended = true;
            Wake();
        }
    }

    private void EndOverrun(DateTimeOffset now)
    {
        (Overrun, ended, waiting) = (now, true, null);
        Interlocked.Exchange(ref bytes, 0);
        Wake();
    }

    private void Wake()
    {
        waiter?.TrySetResult();
        waiter = null;
    }
}
