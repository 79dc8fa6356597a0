namespace Hearth.Tests;

/// <summary>
/// A clock that stands at the beginning of a minute until a test moves it: nothing becomes due because a test happens to run while the minute of the machine changes. Its
/// timers run as long as they say.
/// </summary>
internal sealed class StandingClock : TimeProvider
{
    private long now = System.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;

    public void Advance(TimeSpan time) => Interlocked.Add(ref now, time.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);
}
