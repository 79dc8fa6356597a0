using System.Globalization;

namespace Hearth.Basics;

/// <summary>
/// When something is due (contract 10.8): minute, hour, day, month and weekday (0 is Sunday) with <c>*</c>, lists, ranges and steps, or a macro such as <c>@daily</c>.
/// All five must match; UTC.
/// </summary>
public sealed class CronSchedule
{
    private static readonly (int Min, int Max)[] Ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

    private readonly ulong[] fields;

    private CronSchedule(string text, ulong[] fields) => (Text, this.fields) = (text, fields);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression; null when it is none.</summary>
    public static CronSchedule? Parse(string text)
    {
        var parts = Expanded(text).Split(' ');
        if (parts.Length != Ranges.Length) return null;
        var fields = new ulong[Ranges.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            foreach (var part in parts[i].Split(','))
            {
                if (Bits(part, Ranges[i]) is not { } bits) return null;
                fields[i] |= bits;
            }
        }
        return new CronSchedule(text, fields);
    }

    /// <summary>Whether it is due in the minute of an instant.</summary>
    public bool Matches(DateTimeOffset instant)
    {
        var at = instant.UtcDateTime;
        return Has(0, at.Minute) && Has(1, at.Hour) && Has(2, at.Day) && Has(3, at.Month) && Has(4, (int)at.DayOfWeek);
    }

    private bool Has(int field, int value) => (fields[field] & (1UL << value)) != 0;

    private static string Expanded(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => text,
    };

    private static ulong? Bits(string part, (int Min, int Max) range)
    {
        var pieces = part.Split('/');
        var step = 1;
        if (pieces.Length > 2 || (pieces.Length == 2 && !IsNumber(pieces[1], 1, range.Max, out step))) return null;
        var (from, to) = range;
        if (pieces[0] != "*")
        {
            var bounds = pieces[0].Split('-');
            if (bounds.Length > 2 || !IsNumber(bounds[0], range.Min, range.Max, out from)) return null;
            if (bounds.Length == 1 && pieces.Length == 2) return null;
            to = from;
            if (bounds.Length == 2 && !IsNumber(bounds[1], from, range.Max, out to)) return null;
        }
        var bits = 0UL;
        for (var value = from; value <= to; value += step) bits |= 1UL << value;
        return bits;
    }

    private static bool IsNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;
}
