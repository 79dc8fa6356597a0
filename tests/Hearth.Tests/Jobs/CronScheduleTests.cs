using System.Globalization;
using Hearth.Basics;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Jobs;

[RunsOnce]
public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "2026-03-04 05:06", true)]
    [InlineData("6 * * * *", "2026-03-04 05:06", true)]
    [InlineData("5 * * * *", "2026-03-04 05:06", false)]
    [InlineData("*/3 5 * * *", "2026-03-04 05:06", true)]
    [InlineData("*/4 5 * * *", "2026-03-04 05:06", false)]
    [InlineData("1-10/5 * * * *", "2026-03-04 05:06", true)]
    [InlineData("1-10/5 * * * *", "2026-03-04 05:07", false)]
    [InlineData("0,30 0,12 * * *", "2026-03-04 12:30", true)]
    [InlineData("0,30 0,12 * * *", "2026-03-04 13:30", false)]
    [InlineData("0 0 1 1 *", "2026-01-01 00:00", true)]
    [InlineData("@yearly", "2026-01-01 00:00", true)]
    [InlineData("@yearly", "2026-02-01 00:00", false)]
    [InlineData("@monthly", "2026-02-01 00:00", true)]
    [InlineData("@weekly", "2026-03-01 00:00", true)] // a Sunday
    [InlineData("@weekly", "2026-03-02 00:00", false)]
    [InlineData("@midnight", "2026-03-02 00:00", true)]
    [InlineData("@hourly", "2026-03-02 07:00", true)]
    [InlineData("@hourly", "2026-03-02 07:01", false)]
    [InlineData("0 0 2 * 0", "2026-03-01 00:00", false)] // day and weekday: both must match
    [InlineData("0 0 1 * 0", "2026-03-01 00:00", true)]
    public void Due_or_not(string expression, string at, bool due) =>
        CronSchedule.Parse(expression)!.Matches(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).ShouldBe(due);

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 7")]
    [InlineData("5/2 * * * *")]
    [InlineData("9-3 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("@often")]
    [InlineData("*  * * * *")]
    public void No_expression(string text) => CronSchedule.Parse(text).ShouldBeNull();
}
