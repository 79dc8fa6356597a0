using System.Text.Json.Nodes;

namespace Hearth.Resources.Audit;

/// <summary>
/// Keeps what anybody can cause from filling the disk. In each window of ten minutes the first of a kind (same action, account and address) is noted at once
/// and the others are counted; the count is noted when the window ends. At most fifty kinds are told apart in a window, the rest is one count.
/// </summary>
internal sealed class AuditBounds(TimeProvider clock)
{
    /// <summary>Length of a window.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Most kinds that a window tells apart.</summary>
    public const int MostKinds = 50;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Action, string Collection, string Record, string Client), (AuditEntry First, int More)> kinds = [];
    private int others;
    private long began = clock.GetTimestamp();

    /// <summary>What is to be noted now: the entry itself, or nothing; before it what the window that has just ended had counted.</summary>
    public IReadOnlyList<AuditEntry> Take(AuditEntry entry)
    {
        lock (gate)
        {
            var due = EndIfOver();
            var kind = (entry.Action, entry.Collection, entry.Record, entry.Actor.Client);
            if (kinds.TryGetValue(kind, out var known)) kinds[kind] = known with { More = known.More + 1 };
            else if (kinds.Count >= MostKinds) others++;
            else
            {
                kinds[kind] = (entry, 0);
                due.Add(entry);
            }
            return due;
        }
    }

    /// <summary>What the window that is over has counted; with <paramref name="now"/> also of one that is not over yet.</summary>
    public IReadOnlyList<AuditEntry> End(bool now)
    {
        lock (gate) return now ? EndWindow() : EndIfOver();
    }

    private List<AuditEntry> EndIfOver() => clock.GetElapsedTime(began) < Window ? [] : EndWindow();

    private List<AuditEntry> EndWindow()
    {
        var due = new List<AuditEntry>();
        foreach (var (first, more) in kinds.Values)
        {
            if (more > 0) due.Add(first with { Details = new JsonObject { ["more"] = more } });
        }
        if (others > 0) due.Add(new AuditEntry("audit.counted", AuditActor.Program) { Details = new JsonObject { ["more"] = others } });
        kinds.Clear();
        (others, began) = (0, clock.GetTimestamp());
        return due;
    }
}
