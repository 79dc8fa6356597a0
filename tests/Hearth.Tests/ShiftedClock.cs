namespace Hearth.Tests;

/// <summary>The clock of the machine, some time ahead: what waits for hours is tested in moments.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long ahead;

    /// <summary>How far it is ahead.</summary>
    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref ahead));
        set => Interlocked.Exchange(ref ahead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
