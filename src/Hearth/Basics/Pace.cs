namespace Hearth.Basics;

/// <summary>
/// How long background work rests after each piece: not at all while the process has nothing else to do, and up to four times as long as the piece took while
/// others use all processors, because nobody waits for a copy as they wait for their answers.
/// </summary>
/// <param name="clock">Measures the pieces.</param>
/// <param name="processors">The processor time that the process has used so far, over all processors; by default asked of the system.</param>
/// <param name="count">Processors there are; by default asked of the system.</param>
public sealed class Pace(TimeProvider clock, Func<TimeSpan>? processors = null, int? count = null)
{
    private const double Idle = 0.05;
    private const double MostRest = 4;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);
    private readonly Func<TimeSpan> processors = processors ?? (() => Environment.CpuUsage.TotalTime);
    private readonly int count = count ?? Environment.ProcessorCount;
    private TimeSpan used = (processors ?? (() => Environment.CpuUsage.TotalTime))();
    private long since = clock.GetTimestamp();
    private long began = clock.GetTimestamp();

    /// <summary>How long the piece has taken so far.</summary>
    public TimeSpan Worked => clock.GetElapsedTime(began);

    /// <summary>Ends a piece: how long to rest now, at most 250 ms. Call <see cref="Begin"/> after it.</summary>
    public TimeSpan End()
    {
        var worked = Worked;
        var passed = clock.GetElapsedTime(since) * count;
        var now = processors();
        // The work itself is taken to have used one processor; when it waited for a disk others look less busy than they are, hence the lower bound.
        var others = passed > TimeSpan.Zero ? Math.Clamp((now - used - worked) / passed, 0, 1) : 0;
        (used, since) = (now, clock.GetTimestamp());
        if (others < Idle) return TimeSpan.Zero;
        var rest = worked * (1 + ((MostRest - 1) * others));
        return rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>Begins the next piece.</summary>
    public void Begin() => began = clock.GetTimestamp();
}
