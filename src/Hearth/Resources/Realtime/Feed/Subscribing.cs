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
public sealed class Subscribing(LiveFeed feed, OpenStreams streams, TimeProvider clock)
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
    public async ValueTask ReplaceAsync(OpenStream stream, IReadOnlyCollection<string> wanted, string position, CancellationToken stop)
    {
        // One after the other for each stream, and for each stream alone: a client that takes nothing of what it missed holds up nobody else.
        var turn = turns.GetValue(stream, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(stop);
        try
        {
            if (wanted.Any(Topic.HangsOnOwner)) await feed.ListenAsync(stop);
            if (position.Length > 0 && EventPosition.TryParse(position, out var from) && await ReplayAsync(stream, wanted, from, stop))
            {
                Tell(stream, "true", streams.Position);
                return;
            }
            var at = streams.Position;
            streams.TryListen(stream, wanted, null);
            if (position.Length > 0) Tell(stream, position == Now ? "true" : "false", at);
        }
        finally
        {
            turn.Release();
        }
    }

    // Behind what was missed; or before the client loads its data anew, which it can take up from this position then.
    private void Tell(OpenStream stream, string resumed, EventPosition at) =>
        stream.TryAdd(new StreamMessage("@resume"u8.ToArray(), Encoding.UTF8.GetBytes($"{{\"resumed\":{resumed},\"position\":\"{at}\"}}")), clock.GetUtcNow());

    private async ValueTask<bool> ReplayAsync(OpenStream stream, IReadOnlyCollection<string> wanted, EventPosition from, CancellationToken stop)
    {
        var index = new TopicIndex();
        foreach (var topic in wanted.Except(stream.Topics.Select(static topic => topic.Text), StringComparer.Ordinal)) index.Add(topic, stream);
        var batch = new List<RowNews>();
        while (true)
        {
            var told = streams.Position;
            if (told.Run != from.Run || told.Number < from.Number) return false;
            batch.Clear();
            if (!feed.Log.TryRead(from, AtOnce, batch)) return false;
            // What is behind is told to all; the gate is closed between the last look and the beginning.
            batch.RemoveAll(news => news.Position > told.Number);
            if (batch.Count == 0)
            {
                if (streams.TryListen(stream, wanted, told)) return true;
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
        Find(index, collection.Name, news.Change!.Id, found);
        Find(index, collection.Id, news.Change.Id, found);
        if (found.Count == 0) return;
        foreach (var failed in await delivery.RunAsync(found, stop)) streams.Close(failed);
    }

    private static void Find(TopicIndex index, string name, string record, List<Listeners> found)
    {
        index.Find(name + "/*", true, found);
        index.Find(name, true, found);
        index.Find($"{name}/{record}", false, found);
    }
}
