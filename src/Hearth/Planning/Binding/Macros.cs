using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>The names that stand for a moment or a part of it (contract 2.3), all in UTC and all of one moment.</summary>
internal static class Macros
{
    /// <summary>The value of a macro, or null when there is none of that name.</summary>
    public static FieldValue? ValueOf(string name, DateTimeOffset now)
    {
        now = now.ToUniversalTime();
        return name switch
        {
            "@now" => Instant(now),
            "@yesterday" => Instant(Shifted(now, TimeSpan.FromDays(-1))),
            "@tomorrow" => Instant(Shifted(now, TimeSpan.FromDays(1))),
            "@second" => FieldValue.Number(now.Second),
            "@minute" => FieldValue.Number(now.Minute),
            "@hour" => FieldValue.Number(now.Hour),
            "@day" => FieldValue.Number(now.Day),
            "@month" => FieldValue.Number(now.Month),
            "@year" => FieldValue.Number(now.Year),
            "@weekday" => FieldValue.Number((int)now.DayOfWeek),
            "@todayStart" => Start(now.Year, now.Month, now.Day),
            "@todayEnd" => End(now.Year, now.Month, now.Day),
            "@monthStart" => Start(now.Year, now.Month, 1),
            "@monthEnd" => End(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month)),
            "@yearStart" => Start(now.Year, 1, 1),
            "@yearEnd" => End(now.Year, 12, 31),
            _ => null,
        };
    }

    private static FieldValue Instant(DateTimeOffset instant) => FieldValue.Text(DateText.Of(instant));

    private static FieldValue Start(int year, int month, int day) => Instant(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));

    private static FieldValue End(int year, int month, int day) => Instant(new DateTimeOffset(year, month, day, 23, 59, 59, 999, TimeSpan.Zero));

    /// <summary>Facts without a moment start at year one, from which no day can be taken.</summary>
    private static DateTimeOffset Shifted(DateTimeOffset now, TimeSpan by)
    {
        var ticks = Math.Clamp(now.Ticks + by.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
