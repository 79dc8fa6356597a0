using Hearth.Data;
using Hearth.Data.News;
using Hearth.Records.Reading;
using Hearth.Resources.Realtime.Topics;
using Hearth.Resources.Signalling;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>
/// Tells the changes of records to the streams of this node, one after the other in the order that all nodes share (contract 9.4). The writers only put them into a
/// queue; rules are asked here.
/// </summary>
public sealed partial class LiveFeed : IDisposable
{
    private const int AtOnce = 256;
    private const long KeptBytes = 64L << 20;

    // All waiting events together; a stream that holds much of them is closed.
    private const long MostWaiting = 256L << 20;
    private const long MuchWaiting = 1L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Engine engine;
    private readonly OpenStreams streams;
    private readonly SchemaStore schemas;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly EventLog log;
    private readonly OwnerWatch owners;
    private readonly RecordReader reader = new();
    private readonly SemaphoreSlim woken = new(0, 1);
    private readonly CancellationTokenSource ended = new();
    private Task running = Task.CompletedTask;

    /// <summary>Follows an engine.</summary>
    public LiveFeed(Engine engine, OpenStreams streams, SchemaStore schemas, Signals signals, TimeProvider clock, ILogger logger)
    {
        (this.engine, this.streams, this.schemas, this.clock, this.logger) = (engine, streams, schemas, clock, logger);
        log = new EventLog(KeptBytes, Engine.NotedFor, clock);
        owners = new OwnerWatch(streams, engine);
        engine.RowsChanged += news =>
        {
            log.Take(news);
            Wake();
        };
        // Declared after the one by which the schema itself follows.
        signals.On(SchemaStore.Topic, (_, _) =>
        {
            owners.Follow(schemas.Current);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>How the <c>fields</c> of a topic are picked; set once, before the app starts.</summary>
    public RecordPicking Picking { get; set; } = static (_, record) => record;

    /// <summary>How far the events are told on this node, as clients know it; empty when nothing is noted.</summary>
    public string Position => streams.Position.ToString();

    internal EventLog Log => log;

    /// <summary>Begins to tell.</summary>
    public void Start() => running = Task.WhenAll(Task.Run(RunAsync), Task.Run(SweepAsync));

    /// <summary>Ends it.</summary>
    public async ValueTask StopAsync()
    {
        await ended.CancelAsync();
        streams.CloseAll();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ended.Dispose();
        woken.Dispose();
    }

    /// <summary>Asks the nodes to note changes, and waits until this one has told what was done before: who listens from now on does not hear of it.</summary>
    internal async ValueTask ListenAsync(CancellationToken stop)
    {
        await engine.NoteRowsAsync(stop);
        await engine.HearAsync(stop);
        var end = log.End;
        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience && IsBefore(streams.Position, end);) await Task.Delay(TimeSpan.FromMilliseconds(2), clock, stop);

        static bool IsBefore(EventPosition told, EventPosition end) => told.Run.Length == 0 || (told.Run == end.Run && told.Number < end.Number);
    }

    /// <summary>The delivery of a change of a record that still has a collection; null for others.</summary>
    internal (Delivery Delivery, Collection Collection)? DeliveryOf(RowNews news)
    {
        var schema = schemas.Current;
        return Find(schema, news) is { } collection ? (new Delivery(engine, reader, schema, collection, news, clock.GetUtcNow(), Picking), collection) : null;
    }

    private static Collection? Find(SchemaSnapshot schema, RowNews news) => schema.Find(news.Change!.CollectionId) is { } found && found.Id == news.Change.CollectionId ? found : null;

    private async Task RunAsync()
    {
        var batch = new List<RowNews>();
        while (true)
        {
            batch.Clear();
            var told = streams.Position;
            var start = log.Start;
            if (!log.TryRead(told, AtOnce, batch))
            {
                Restart(told, start);
                continue;
            }
            foreach (var news in batch) await TellAsync(news);
            if (batch.Count == 0) await woken.WaitAsync(ended.Token);
        }
    }

    // Another run, or more changes than could be told: who was listening may lack some of them, and must ask anew.
    private void Restart(EventPosition told, EventPosition start)
    {
        if (told.Run.Length > 0)
        {
            streams.Close(static stream => stream.Topics.Any(static topic => Topic.HangsOnOwner(topic.Path)));
            LiveLog.Restarted(logger);
        }
        streams.Reach(start);
    }

    private async Task TellAsync(RowNews news)
    {
        var reached = new EventPosition(news.Run, news.Position);
        var change = news.Change!; // only changes are read
        if (streams.Count == 0)
        {
            streams.Reach(reached);
            return;
        }
        // Made by another node a moment ago, and this one has not heard of it yet.
        if (Find(schemas.Current, news) is null) await TryAsync(() => schemas.FollowAsync(ended.Token));
        if (DeliveryOf(news) is not var (delivery, collection))
        {
            streams.Reach(reached);
            return;
        }
        await TryAsync(() => owners.FollowAsync(schemas.Current, collection, change, ended.Token));
        var listeners = streams.Reach(reached, collection, change.Id);
        if (listeners.Count == 0) return;
        IEnumerable<OpenStream> failed = listeners.SelectMany(static one => one.Streams);
        await TryAsync(async () => failed = await delivery.RunAsync(listeners, ended.Token));
        // Nobody knows what these should have heard.
        foreach (var stream in failed) streams.Close(stream);
    }

    // The database may be away for a moment.
    private async ValueTask<bool> TryAsync(Func<ValueTask> work)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                await work();
                return true;
            }
            catch (Exception e) when (!ended.IsCancellationRequested)
            {
                if (e is not DataException || clock.GetElapsedTime(began) > Patience)
                {
                    LiveLog.Failed(logger, e);
                    return false;
                }
            }
            await Task.Delay(Pause, clock, ended.Token);
        }
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(OpenStreams.SweepEvery, clock);
        while (await timer.WaitForNextTickAsync(ended.Token))
        {
            streams.Sweep();
            if (streams.All.Sum(static stream => stream.Waiting) > MostWaiting) streams.Drop(MuchWaiting);
            if (!streams.All.Any(static stream => stream.Topics.Any(static topic => Topic.HangsOnOwner(topic.Path)))) continue;
            try
            {
                await engine.NoteRowsAsync(ended.Token);
            }
            catch (DataException)
            {
                // The database is away: asked again in a moment.
            }
        }
    }

    private void Wake()
    {
        if (woken.CurrentCount > 0) return;
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was quicker.
        }
    }
}

internal static partial class LiveLog
{
    [LoggerMessage(EventId = 700, Level = LogLevel.Warning, Message = "Changes of records were missed; streams that listen for them were closed, and their clients come back")]
    public static partial void Restarted(ILogger logger);

    [LoggerMessage(EventId = 701, Level = LogLevel.Error, Message = "A change of a record could not be told to those who listen; their streams were closed")]
    public static partial void Failed(ILogger logger, Exception exception);
}
