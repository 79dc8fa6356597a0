using System.Globalization;

namespace Hearth.Basics;

/// <summary>
/// The one form of dates on the wire and in storage: <c>YYYY-MM-DD HH:MM:SS.mmmZ</c>, UTC. The zero date is the empty text.
/// </summary>
public static class DateText
{
    private const string Canonical = "yyyy-MM-dd HH:mm:ss.fff'Z'";

    private static readonly string[] Classic =
    [
        "ddd MMM d HH:mm:ss yyyy", "ddd MMM dd HH:mm:ss yyyy", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss zzz",
        "dd MMM yy HH:mm zzz", "dd MMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss", "MM/dd/yyyy", "M/d/yyyy",
        "yyyyMMdd",
    ];

    /// <summary>The canonical text of an instant.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(Canonical, CultureInfo.InvariantCulture);

    /// <summary>Reads any accepted form; text without a zone is UTC. False, and the zero date, when it cannot be read.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        text = text.Trim();
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (DateTimeOffset.TryParseExact(text, Canonical, CultureInfo.InvariantCulture, styles, out instant)) return true;
        // A year comes first in the ISO forms; anything else must match one of the classic forms exactly, so that
        // "5" or "March" are not read as dates of this month.
        if (text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-')
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out instant);
        }
        return DateTimeOffset.TryParseExact(text, Classic, CultureInfo.InvariantCulture, styles, out instant);
    }

    /// <summary>The canonical text of any accepted form, or the empty text when it cannot be read.</summary>
    public static string Normalize(string? text) => TryParse(text, out var instant) ? Of(instant) : "";
}
