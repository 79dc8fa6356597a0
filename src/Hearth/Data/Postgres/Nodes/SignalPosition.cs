namespace Hearth.Data.Postgres.Nodes;

/// <summary>
/// How far a node has read the signals. Ids are taken before the commit, so a higher one can be seen before a lower one: what is missing in between is
/// looked for until no transaction that may have taken it is running any more.
/// </summary>
internal sealed class SignalPosition
{
    private const long Unmarked = long.MaxValue;

    // Missing id, and the number from which on transactions began after it was missed.
    private readonly SortedDictionary<long, long> missing = [];

    /// <summary>The highest id that was seen.</summary>
    public long Last { get; private set; }

    /// <summary>Ids below <see cref="Last"/> that may still come.</summary>
    public IReadOnlyCollection<long> Missing => missing.Keys;

    /// <summary>The lowest id that may still come.</summary>
    public long FirstMissing => missing.Count == 0 ? Last + 1 : missing.Keys.First();

    /// <summary>
    /// Some ids are missed since the last reading: <see cref="Mark"/> is to be called. Until then they are waited for.
    /// </summary>
    public bool HasUnmarked { get; private set; }

    /// <summary>Begins behind what can be seen: news from before is not for this node.</summary>
    /// <param name="seen">Ids that can be seen, rising; at least the last few thousand.</param>
    public void Begin(IReadOnlyList<long> seen)
    {
        missing.Clear();
        HasUnmarked = false;
        Last = seen.Count == 0 ? 0 : seen[0];
        foreach (var id in seen) Pass(id);
    }

    /// <summary>Takes what a reading has found.</summary>
    /// <param name="seen">Ids that were found, rising: some that were missing, and some behind the last.</param>
    /// <param name="oldest">Number of the oldest transaction that was running.</param>
    public void Take(IReadOnlyList<long> seen, long oldest)
    {
        foreach (var id in seen)
        {
            if (id <= Last) missing.Remove(id);
            else Pass(id);
        }
        // Whoever had taken one of these has ended without a commit.
        foreach (var id in missing.Where(gap => gap.Value <= oldest).Select(gap => gap.Key).ToList()) missing.Remove(id);
    }

    /// <summary>Notes when ids were missed.</summary>
    /// <param name="next">
    /// Number of a transaction that began after they were missed. The end of a snapshot is not one: transactions behind it may run already, and have taken ids.
    /// </param>
    public void Mark(long next)
    {
        if (!HasUnmarked) return;
        HasUnmarked = false;
        foreach (var id in missing.Where(static gap => gap.Value == Unmarked).Select(static gap => gap.Key).ToList()) missing[id] = next;
    }

    private void Pass(long id)
    {
        for (var between = Last + 1; between < id; between++)
        {
            missing[between] = Unmarked;
            HasUnmarked = true;
        }
        Last = Math.Max(Last, id);
    }
}
