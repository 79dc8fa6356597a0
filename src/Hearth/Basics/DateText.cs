using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Basics;

/// <summary>
/// The one form of dates on the wire and in storage: <c>YYYY-MM-DD HH:MM:SS.mmmZ</c>, UTC. The zero date is the empty text.
/// </summary>
public static partial class DateText
{
    private const string Canonical = "yyyy-MM-dd HH:mm:ss.fff'Z'";
    private const string Month = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private const string Clock = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?";
    private const string Zone = "(?<zone>[+-][0-9]{2}:?[0-9]{2}|[A-Z]{3,4})";
    private const string Weekday = "((Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?";
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Year and day stand where nobody can take one for the other.
    private static readonly string[] Plain = ["MMM d, yyyy", "MMMM d, yyyy", "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss", "yyyyMMdd"];

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>The canonical text of an instant.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(Canonical, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads any accepted form; text without a zone is UTC, and so is a zone that only has a name. False, and the zero date, when it cannot be read. The first
    /// moment of the year 1, which some programs send for "none", is no date either.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        return Read(text.Trim(), out instant) && instant.UtcTicks != 0;
    }

    /// <summary>The canonical text of any accepted form, or the empty text when it cannot be read.</summary>
    public static string Normalize(string? text) => TryParse(text, out var instant) ? Of(instant) : "";

    private static bool Read(string text, out DateTimeOffset instant)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (DateTimeOffset.TryParseExact(text, Canonical, CultureInfo.InvariantCulture, styles, out instant)) return true;
        // A year comes first in the ISO forms; anything else must match one of the classic forms exactly, so that
        // "5" or "March" are not read as dates of this month.
        if (text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-')
        {
            // Some programs write the zone twice: +0200 CEST.
            var named = NamedZone().Match(text);
            return DateTimeOffset.TryParse(named.Success ? text[..named.Index] : text, CultureInfo.InvariantCulture, styles, out instant);
        }
        foreach (var form in (Regex[])[DayFirst(), MonthFirst()])
        {
            if (form.Match(text) is { Success: true } match) return TryBuild(match, out instant);
        }
        return DateTimeOffset.TryParseExact(text, Plain, CultureInfo.InvariantCulture, styles, out instant);
    }

    private static bool TryBuild(Match match, out DateTimeOffset instant)
    {
        instant = default;
        var year = Number("year");
        // Two digits: from 1969 on, as POSIX counts them.
        if (match.Groups["year"].Length == 2) year += year >= 69 ? 1900 : 2000;
        var month = Array.IndexOf(Months, match.Groups["month"].Value.ToUpperInvariant()) + 1;
        var (day, hour, minute, second) = (Number("day"), Number("hour"), Number("minute"), Number("second"));
        if (year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        var zone = match.Groups["zone"].Value.Replace(":", "", StringComparison.Ordinal);
        var offset = TimeSpan.Zero;
        if (zone.Length > 0 && zone[0] is '+' or '-')
        {
            offset = new TimeSpan(Digits(zone[1..3]), Digits(zone[3..5]), 0);
            if (offset > TimeSpan.FromHours(14)) return false;
            if (zone[0] == '-') offset = -offset;
        }
        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;

        int Number(string group) => match.Groups[group].Value is { Length: > 0 } digits ? Digits(digits) : 0;
    }

    private static int Digits(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>RFC 1123, RFC 822 and RFC 850: <c>Wed, 31 Jan 2024 10:00:00 UTC</c>, <c>31 Jan 24 10:00 +0100</c>, <c>Wednesday, 31-Jan-24 10:00:00 UTC</c>, <c>31 Jan 2024</c>.</summary>
    [GeneratedRegex("^" + Weekday + "(?<day>[0-9]{2})[ -]" + Month + "[ -](?<year>[0-9]{4}|[0-9]{2})( " + Clock + "( " + Zone + ")?)?\\z", Options)]
    private static partial Regex DayFirst();

    /// <summary>The forms of C, Unix and Ruby: <c>Wed Jan 31 10:00:00 2024</c>, <c>Wed Jan  1 10:00:00 UTC 2024</c>, <c>Wed Jan 31 10:00:00 +0000 2024</c>.</summary>
    [GeneratedRegex("^" + Weekday + Month + "  ?(?<day>[0-9]{1,2}) " + Clock + "( " + Zone + ")? (?<year>[0-9]{4})\\z", Options)]
    private static partial Regex MonthFirst();

    [GeneratedRegex("(?<= [+-][0-9]{4}) [A-Z]{3,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamedZone();
}
