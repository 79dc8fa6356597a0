using Hearth.Data;
using Hearth.Data.News;
using Hearth.Resources.Realtime.Topics;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>Tells the changes of records to the streams of one line, one after the other.</summary>
/// <param name="feed">Where they come from.</param>
/// <param name="streams">The streams of this node.</param>
/// <param name="lane">The line.</param>
/// <param name="first">The first line, for the second one, which never gets ahead of it; null for the first itself.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where faults go.</param>
internal sealed class Telling(LiveFeed feed, OpenStreams streams, Lane lane, Telling? first, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int AtOnce = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim woken = new(0, 1);
    private readonly Lock gate = new();
    private EventPosition done = EventPosition.None;

    /// <summary>What is up to here has been brought to everybody in the line.</summary>
    private EventPosition Done
    {
        get
        {
            lock (gate) return done;
        }

        set
        {
            lock (gate) done = value;
        }
    }

    /// <summary>There is something to tell.</summary>
    public void Wake()
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

    /// <summary>Tells until it is stopped.</summary>
    /// <param name="told">Called when something was told.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action told, CancellationToken stop)
    {
        var batch = new List<RowNews>();
        while (true)
        {
            batch.Clear();
            var ahead = first?.Done;
            // Nobody stands in the line: whoever comes begins behind what the first one has told.
            if (ahead is { } reached) streams.TryPass(lane, reached);
            var (from, start) = (streams.PositionOf(lane), feed.Log.Start);
            if (!feed.Log.TryRead(from, AtOnce, batch))
            {
                Restart(from, start);
                told();
                continue;
            }
            if (ahead is { } limit) batch.RemoveAll(news => news.Run != limit.Run || news.Position > limit.Number);
            foreach (var news in batch)
            {
                await TellAsync(news, stop);
                Done = new EventPosition(news.Run, news.Position);
                told();
            }
            if (batch.Count == 0) await woken.WaitAsync(stop);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => woken.Dispose();

    // Another run, or more changes than could be told: who was listening may lack some of them, and must ask anew.
    private void Restart(EventPosition told, EventPosition start)
    {
        if (told.Run.Length > 0)
        {
            streams.Close(stream => stream.Lane == lane && stream.Topics.Any(static topic => Topic.HangsOnOwner(topic.Path)));
            LiveLog.Restarted(logger);
        }
        streams.Reach(lane, start);
        Done = start;
    }

    private async Task TellAsync(RowNews news, CancellationToken stop)
    {
        var reached = new EventPosition(news.Run, news.Position);
        if (streams.TryPass(lane, reached)) return;
        if ((first is null ? await feed.FollowAsync(news, work => TryAsync(work, stop), stop) : feed.DeliveryOf(news)) is not var (delivery, collection))
        {
            streams.Reach(lane, reached);
            return;
        }
        var listeners = streams.Reach(lane, reached, collection, news.Change!.Id); // only changes are read
        if (listeners.Count == 0) return;
        var undelivered = new Undelivered([.. listeners.SelectMany(static one => one.Streams)], []);
        await TryAsync(async () => undelivered = await delivery.RunAsync(listeners, lane.Pace, stop), stop);
        foreach (var stream in undelivered.Failed) streams.Close(stream);
        foreach (var stream in undelivered.Late)
        {
            if (first is null) streams.PutBack(stream, new EventPosition(news.Run, news.Position - 1));
            else streams.Close(stream);
        }
    }

    // The database may be away for a moment.
    private async ValueTask TryAsync(Func<ValueTask> work, CancellationToken stop)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (e is not DataException || clock.GetElapsedTime(began) > Patience)
                {
                    LiveLog.Failed(logger, e);
                    return;
                }
            }
            await Task.Delay(Pause, clock, stop);
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
