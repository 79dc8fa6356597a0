using System.Collections.Concurrent;

namespace Hearth.Tests;

/// <summary>The system's clock, whose timers can also be fired by a test, by what they were set to.</summary>
public sealed class HeldTimers : TimeProvider
{
    private readonly ConcurrentQueue<(TimeSpan Due, Action Call)> timers = new();

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
