using System.Numerics;

namespace Hearth.Http;

/// <summary>
/// What happened in the last 60 seconds: how often, how long it took, how often it failed. Noting is one addition to a number; figures are read seldom and are as good as
/// a picture of a busy place needs to be. Safe for any number of callers at once.
/// </summary>
internal sealed class TrafficWindow(TimeProvider clock)
{
    /// <summary>Seconds that are told.</summary>
    public const int Seconds = 60;

    // Four steps for each doubling from a microsecond on: a middle is at most an eighth off. The last one holds all above a minute.
    private const int Steps = 4 * 27;
    private const int Width = Steps + 1;
    private const int Slots = 64; // the seconds that are told, the one that runs, and some room
    private readonly long[] stamps = new long[Slots];
    private readonly int[] counts = new int[Slots * Width];

    /// <summary>Something ended at a moment of the clock and took so long, both in ticks.</summary>
    public void Add(long at, long took, bool failed = false)
    {
        var row = RowOf(at / clock.TimestampFrequency);
        Interlocked.Increment(ref counts[row + StepOf(took * 1_000_000 / clock.TimestampFrequency)]);
        if (failed) Interlocked.Increment(ref counts[row + Steps]);
    }

    /// <summary>The last 60 whole seconds.</summary>
    public TrafficFigures Read()
    {
        var now = clock.GetTimestamp() / clock.TimestampFrequency;
        var (calls, failed, sums) = (new int[Seconds], new int[Seconds], new long[Steps]);
        for (var i = 0; i < Seconds; i++)
        {
            var second = now - Seconds + i;
            var slot = (int)(second & (Slots - 1));
            if (second < 0 || Volatile.Read(ref stamps[slot]) != second) continue;
            for (var step = 0; step < Steps; step++)
            {
                var count = counts[(slot * Width) + step];
                calls[i] += count;
                sums[step] += count;
            }
            failed[i] = counts[(slot * Width) + Steps];
        }
        return new TrafficFigures(calls, failed, At(sums, 0.5), At(sums, 0.95));
    }

    private int RowOf(long second)
    {
        var slot = (int)(second & (Slots - 1));
        var stamp = Volatile.Read(ref stamps[slot]);
        // Whoever is the first of a second clears what the slot held a minute ago; what others add in the same moment may go with it.
        if (stamp != second && Interlocked.CompareExchange(ref stamps[slot], second, stamp) == stamp) Array.Clear(counts, slot * Width, Width);
        return slot * Width;
    }

    private static int StepOf(long micros)
    {
        if (micros < 4) return (int)Math.Max(0, micros);
        var log = BitOperations.Log2((ulong)micros);
        return Math.Min(Steps - 1, (4 * (log - 1)) + (int)((micros >> (log - 2)) & 3));
    }

    // The middle of the step in milliseconds.
    private static double MillisecondsOf(int step)
    {
        if (step < 4) return (step + 0.5) / 1000;
        var (log, part) = ((step / 4) + 1, step % 4);
        return (1L << (log - 2)) * (4 + part + 0.5) / 1000;
    }

    private static double? At(long[] sums, double share)
    {
        var (total, seen) = (sums.Sum(), 0L);
        if (total == 0) return null;
        for (var step = 0; step < Steps; step++)
        {
            seen += sums[step];
            if (seen >= share * total) return Math.Round(MillisecondsOf(step), 3);
        }
        return null;
    }
}

/// <summary>Figures of a minute.</summary>
/// <param name="Calls">How often it happened in each second, the oldest first.</param>
/// <param name="Failed">How often it failed.</param>
/// <param name="Median">Half took no longer, in milliseconds; null when nothing happened.</param>
/// <param name="Most">95 of 100 took no longer.</param>
internal sealed record TrafficFigures(int[] Calls, int[] Failed, double? Median, double? Most)
{
    /// <summary>How often it happened.</summary>
    public int Count => Calls.Sum();

    /// <summary>How often it failed.</summary>
    public int Failures => Failed.Sum();
}
