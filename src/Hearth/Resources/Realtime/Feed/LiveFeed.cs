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
    private const long KeptBytes = 64L << 20;

    // All waiting events together; a stream that holds much of them is closed.
    private const long MostWaiting = 256L << 20;
    private const long MuchWaiting = 1L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceOfGreetings = TimeSpan.FromSeconds(2);

    private readonly Engine engine;
    private readonly OpenStreams streams;
    private readonly SchemaStore schemas;
    private readonly TimeProvider clock;
    private readonly Telling first;
    private readonly Telling second;
    private readonly EventLog log;
    private readonly OwnerWatch owners;
    private readonly RecordReader reader = new();
    private readonly CancellationTokenSource ended = new();
    private Task running = Task.CompletedTask;

    /// <summary>Follows an engine.</summary>
    public LiveFeed(Engine engine, OpenStreams streams, SchemaStore schemas, Signals signals, TimeProvider clock, ILogger logger)
    {
        (this.engine, this.streams, this.schemas, this.clock) = (engine, streams, schemas, clock);
        first = new Telling(this, streams, streams.First, null, clock, logger);
        second = new Telling(this, streams, streams.Second, first, clock, logger);
        log = new EventLog(KeptBytes, Engine.NotedFor, clock);
        owners = new OwnerWatch(streams, engine);
        engine.RowsChanged += news =>
        {
            log.Take(news);
            first.Wake();
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
    public void Start() => running = Task.WhenAll(Task.Run(() => first.RunAsync(second.Wake, ended.Token)), Task.Run(() => second.RunAsync(static () => { }, ended.Token)), Task.Run(SweepAsync));

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
        first.Dispose();
        second.Dispose();
    }

    /// <summary>
    /// How far the events are told, for a client that has just come; when nothing was noted until now, it begins here. Empty when the database is away.
    /// </summary>
    internal async ValueTask<string> GreetAsync(CancellationToken stop)
    {
        try
        {
            using var patience = new CancellationTokenSource(PatienceOfGreetings, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            await engine.NoteRowsAsync(either.Token);
            while (Position.Length == 0) await Task.Delay(TimeSpan.FromMilliseconds(2), clock, either.Token);
        }
        catch (Exception e) when (e is DataException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // It can ask for a position when it subscribes.
        }
        return Position;
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
        return Find(schema, news) is { } collection ? (new Delivery(engine, reader, schema, collection, news, clock, Picking), collection) : null;
    }

    /// <summary>The same, after what it changes for those who listen has been looked at.</summary>
    internal async ValueTask<(Delivery Delivery, Collection Collection)?> FollowAsync(RowNews news, Func<Func<ValueTask>, ValueTask> tryAsync, CancellationToken stop)
    {
        // Made by another node a moment ago, and this one has not heard of it yet.
        if (Find(schemas.Current, news) is null) await tryAsync(async () => await schemas.FollowAsync(stop));
        if (DeliveryOf(news) is not { } found) return null;
        await tryAsync(() => owners.FollowAsync(found.Collection, news, stop)); // only changes are told
        return found;
    }

    private static Collection? Find(SchemaSnapshot schema, RowNews news) => schema.Find(news.Change!.CollectionId) is { } found && found.Id == news.Change.CollectionId ? found : null;

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
}
