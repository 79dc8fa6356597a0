using Hearth.Data.News;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>The last changes of records, for those who tell them and for clients that come back: at most some minutes and some bytes of them.</summary>
/// <param name="mostBytes">About how many bytes are kept.</param>
/// <param name="longest">How long at most.</param>
/// <param name="clock">The clock.</param>
internal sealed class EventLog(long mostBytes, TimeSpan longest, TimeProvider clock)
{
    private const int DropAtLeast = 1024;

    private readonly Lock gate = new();
    private readonly List<(RowNews News, long At)> kept = [];
    private EventPosition start = EventPosition.None;
    private long bytes;
    private int dropped;

    /// <summary>Everything behind this position is kept.</summary>
    public EventPosition Start
    {
        get
        {
            lock (gate) return start;
        }
    }

    /// <summary>The last position that was heard of.</summary>
    public EventPosition End
    {
        get
        {
            lock (gate) return kept.Count > dropped ? new EventPosition(start.Run, kept[^1].News.Position) : start;
        }
    }

    /// <summary>Takes the next news.</summary>
    public void Take(RowNews news)
    {
        lock (gate)
        {
            if (news.Change is null || news.Run != start.Run)
            {
                kept.Clear();
                (bytes, dropped) = (0, 0);
                start = new EventPosition(news.Run, news.Position);
                return;
            }
            var now = clock.GetTimestamp();
            kept.Add((news, now));
            bytes += news.Change.Size;
            Trim(now);
        }
    }

    /// <summary>The changes behind a position, some at a time. False when some of them are not kept any more.</summary>
    public bool TryRead(EventPosition after, int most, List<RowNews> found)
    {
        lock (gate)
        {
            if (after.Run != start.Run || after.Number < start.Number) return false;
            var (low, high) = (dropped, kept.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (kept[middle].News.Position <= after.Number) low = middle + 1;
                else high = middle;
            }
            for (var i = low; i < kept.Count && found.Count < most; i++) found.Add(kept[i].News);
            return true;
        }
    }

    private void Trim(long now)
    {
        while (dropped < kept.Count && (bytes > mostBytes || clock.GetElapsedTime(kept[dropped].At, now) > longest))
        {
            var oldest = kept[dropped].News;
            bytes -= oldest.Change!.Size; // only changes are kept
            start = new EventPosition(oldest.Run, oldest.Position);
            kept[dropped++] = default;
        }
        // Taken out by many at once, because what is left moves.
        if (dropped < DropAtLeast || dropped < kept.Count / 2) return;
        kept.RemoveRange(0, dropped);
        dropped = 0;
    }
}
