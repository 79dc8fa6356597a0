using System.Net;
using System.Threading.Channels;
using Hearth.Basics.Journeys;

namespace Hearth.Http;

/// <summary>One entry of the log as it is made: values only, turned into text later and elsewhere.</summary>
public readonly record struct LogEntry
{
    /// <summary>Its id, when it was told to somebody already; otherwise the writer makes one.</summary>
    internal string? Id { get; init; }

    /// <summary>When the request ended.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>-4 debug, 0 info, 4 warning, 8 error.</summary>
    public int Level { get; init; }

    /// <summary>For entries that are no request: what happened. Null for requests.</summary>
    public string? Message { get; init; }

    /// <summary>HTTP method.</summary>
    public string Method { get; init; }

    /// <summary>Path and query as they were sent.</summary>
    public string Url { get; init; }

    /// <summary>Status of the response.</summary>
    public int Status { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Collection of the caller; empty for guests.</summary>
    public string Auth { get; init; }

    /// <summary>Id of the caller; empty for guests.</summary>
    public string AuthId { get; init; }

    /// <summary>The <c>Referer</c> header.</summary>
    public string Referer { get; init; }

    /// <summary>The <c>User-Agent</c> header.</summary>
    public string UserAgent { get; init; }

    /// <summary>Address of the client.</summary>
    public IPAddress? UserIP { get; init; }

    /// <summary>Address of the other end of the connection.</summary>
    public IPAddress? RemoteIP { get; init; }

    /// <summary>What the client was told when it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The inner reason of a failure, for superusers only.</summary>
    public string? Details { get; init; }

    /// <summary>Something that the client sent was too long for the log.</summary>
    public bool WasCut { get; init; }

    /// <summary>The steps of the request; null when they are not kept.</summary>
    internal KeptJourney? Journey { get; init; }
}

/// <summary>
/// The queue between requests and the log's writer. It never holds a request up: when the writer cannot follow, new entries are dropped and counted.
/// </summary>
public sealed class RequestLog
{
    private const int Capacity = 10_000;
    private readonly Channel<LogEntry> queue = Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(Capacity)
    {
        FullMode = BoundedChannelFullMode.Wait,
    });

    private long dropped;

    /// <summary>Where the writer takes entries from.</summary>
    public ChannelReader<LogEntry> Entries => queue.Reader;

    /// <summary>Entries dropped since the last call.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref dropped, 0);

    /// <summary>Hands an entry over.</summary>
    public void Add(in LogEntry entry)
    {
        if (!queue.Writer.TryWrite(entry)) Interlocked.Increment(ref dropped);
    }

    /// <summary>No more entries will come; the writer ends after the last.</summary>
    public void Complete() => queue.Writer.TryComplete();
}
