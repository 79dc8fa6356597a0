using Hearth.Basics;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Basics;

[RunsOnce]
public sealed class PaceTests
{
    private readonly HandClock clock = new();
    private TimeSpan used;

    [Theory]
    [InlineData(0, 0)] // nobody else: no rest
    [InlineData(0.5, 50)] // half of what there is: the piece, and one and a half times as long again
    [InlineData(1, 80)]
    public void It_rests_the_longer_the_busier_others_are(double others, int rest)
    {
        var pace = new Pace(clock, () => used, 2);
        Work(20, others);
        pace.End().TotalMilliseconds.ShouldBe(rest, 0.01);
    }

    [Fact]
    public void It_never_rests_for_longer_than_a_quarter_of_a_second()
    {
        var pace = new Pace(clock, () => used, 2);
        Work(1000, 1);
        pace.End().ShouldBe(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void What_others_did_while_it_rested_counts_once()
    {
        var pace = new Pace(clock, () => used, 2);
        Work(20, 1);
        clock.Passed += pace.End();
        used += TimeSpan.FromMilliseconds(160); // two processors for the 80 ms of the rest
        pace.Begin();
        Work(20, 0);
        pace.End().TotalMilliseconds.ShouldBe(20 * (1 + (3 * 0.8)), 0.01); // 160 of the 200 ms that two processors had
        Work(20, 0);
        pace.End().ShouldBe(TimeSpan.Zero);
    }

    // The work keeps one of two processors busy, and others a share of what both had; the two cannot be more than there is, but for the sum that does not matter.
    private void Work(double ms, double others)
    {
        clock.Passed += TimeSpan.FromMilliseconds(ms);
        used += TimeSpan.FromMilliseconds(ms + (2 * ms * others));
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
