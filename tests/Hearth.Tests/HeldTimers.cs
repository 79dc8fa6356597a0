using System.Collections.Concurrent;

namespace Hearth.Tests;

/// <summary>The system's clock, some time ahead when a test says so, whose timers can also be fired, by what they were set to.</summary>
public sealed class HeldTimers : TimeProvider
{
    private readonly ConcurrentQueue<(TimeSpan Due, Action Call)> timers = new();

    /// <summary>How far it is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        timers.Enqueue((dueTime, () => callback(state)));
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public void Fire(TimeSpan due)
    {
        foreach (var timer in timers.Where(timer => timer.Due == due)) timer.Call();
    }
}
