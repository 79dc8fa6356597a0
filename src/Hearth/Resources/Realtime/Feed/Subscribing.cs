using System.Runtime.CompilerServices;
using System.Text;
using Hearth.Data.News;
using Hearth.Resources.Realtime.Topics;
using Hearth.Schema;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>
/// Brings streams to what they want to listen to; a client that comes back first gets what it missed, under the rules of this moment, and goes on from there without gap
/// or repeat.
/// </summary>
public sealed class Subscribing(LiveFeed feed, OpenStreams streams)
{
    /// <summary>In the place of a position: the client begins here, and wants to know where that is.</summary>
    public const string Now = "now";

    private const int AtOnce = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConditionalWeakTable<OpenStream, SemaphoreSlim> turns = [];

    /// <summary>Replaces the subscriptions of a stream. A position of an earlier stream asks for what came behind it, for the topics that are new on this stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="wanted">The topics.</param>
    /// <param name="position">The last position that the client knows, or <see cref="Now"/>; empty when it does not care for positions.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>False when the topics of the client's address are more text than they may be; then nothing was changed.</returns>
    public async ValueTask<bool> ReplaceAsync(OpenStream stream, IReadOnlyCollection<string> wanted, string position, CancellationToken stop)
    {
        // One after the other for each stream, and for each stream alone: a client that takes nothing of what it missed holds up nobody else.
        var turn = turns.GetValue(stream, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(stop);
        try
        {
            wanted = wanted.Distinct(StringComparer.Ordinal).ToList();
            if (wanted.Any(Topic.HangsOnOwner)) await feed.ListenAsync(stop);
            if (!streams.TryPlace(stream, wanted)) return false;
            if (EventPosition.TryRead(position, streams.Position.Run, out var from) && await ReplayAsync(stream, wanted, from, stop)) return true;
            streams.TryListen(stream, wanted, null, position.Length == 0 ? null : at => Resumed(at, position == Now));
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    // Stands behind what was missed, and before what comes; or before what comes while the client loads its data anew.
    private static StreamMessage Resumed(EventPosition at, bool isGapless) =>
        new("@resume"u8.ToArray(), Encoding.UTF8.GetBytes($"{{\"resumed\":{(isGapless ? "true" : "false")},\"position\":\"{at}\"}}"));

    // False when not everything can be told any more.
    private async ValueTask<bool> ReplayAsync(OpenStream stream, IReadOnlyCollection<string> wanted, EventPosition from, CancellationToken stop)
    {
        var index = new TopicIndex();
        foreach (var topic in wanted.Except(stream.Topics.Select(static topic => topic.Text), StringComparer.Ordinal)) index.Add(topic, stream);
        // It was told elsewhere what its line here comes to later.
        if (stream.Topics.IsEmpty) stream.Since = from.Number <= streams.Position.Number ? from : EventPosition.None;
        var batch = new List<RowNews>();
        while (true)
        {
            var line = streams.PositionOf(stream.Lane);
            var told = line.Or(stream.Since);
            if (told.Run != from.Run || told.Number < from.Number) return false;
            batch.Clear();
            if (!feed.Log.TryRead(from, AtOnce, batch)) return false;
            // What is behind is told to all; the gate is closed between the last look and the beginning.
            batch.RemoveAll(news => news.Position > told.Number);
            if (batch.Count == 0)
            {
                if (streams.TryListen(stream, wanted, line, at => Resumed(at, true))) return true;
                continue;
            }
            foreach (var news in batch)
            {
                while (!stream.HasRoom && !stream.IsClosed) await Task.Delay(Pause, stop);
                await TellAsync(index, news, stop);
            }
            from = new EventPosition(from.Run, batch[^1].Position);
        }
    }

    private async ValueTask TellAsync(TopicIndex index, RowNews news, CancellationToken stop)
    {
        if (feed.DeliveryOf(news) is not var (delivery, collection)) return;
        var found = new List<Listeners>();
        index.FindRecord(collection.Name, news.Change!.Id, found);
        index.FindRecord(collection.Id, news.Change.Id, found);
        if (found.Count == 0) return;
        var undelivered = await delivery.RunAsync(found, LanePace.Missed, stop);
        foreach (var stream in undelivered.Failed.Concat(undelivered.Late)) streams.Close(stream);
    }
}
