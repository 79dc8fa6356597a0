namespace Hearth.Data;

/// <summary>
/// Tells whether a row may have changed since it was read, without asking the database. Each row has a count, shared with a few others;
/// it moves when a change of such a row is about to be committed, and again after the commit. What was read is good for as long as the
/// count is the one that was taken before the reading began. Only an engine through which every change goes can have a clock.
/// </summary>
public sealed class RowClock
{
    /// <summary>The count while a change is being committed: nothing that was read is known to be good.</summary>
    public const long Changing = -1;

    /// <summary>Counts that there are.</summary>
    internal const int Stripes = 4096;

    private readonly long[] counts = new long[Stripes]; // odd while a change is being committed

    /// <summary>The count of a row, or <see cref="Changing"/>. Take it before the session with which the row is read.</summary>
    /// <param name="id">Id of the row, of whatever table.</param>
    public long Read(string id)
    {
        var count = Volatile.Read(ref counts[StripeOf(id)]);
        return (count & 1) == 0 ? count : Changing;
    }

    /// <summary>Where a row is counted.</summary>
    internal static int StripeOf(string id) => string.GetHashCode(id) & (Stripes - 1);

    /// <summary>Before a commit. Only the one who commits calls this and <see cref="End"/>; a stripe may be named more than once.</summary>
    internal void Begin(int stripe) => MoveWhen(stripe, isOdd: false);

    /// <summary>After the commit, whatever came of it.</summary>
    internal void End(int stripe) => MoveWhen(stripe, isOdd: true);

    /// <summary>Before a commit that may have changed any row.</summary>
    internal void BeginAll()
    {
        for (var i = 0; i < Stripes; i++) Begin(i);
    }

    /// <summary>After it.</summary>
    internal void EndAll()
    {
        for (var i = 0; i < Stripes; i++) End(i);
    }

    private void MoveWhen(int stripe, bool isOdd)
    {
        if ((counts[stripe] & 1) == 1 == isOdd) Interlocked.Increment(ref counts[stripe]);
    }
}
