using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hearth.Tests.Differential;

/// <summary>
/// The values that data and conditions are made of. Few, so that they meet; each is there because two databases may see it differently.
/// </summary>
internal static class Pools
{
    /// <summary>Case, accents, order by code point and by UTF-16, numbers as text, patterns, blanks, JSON as text.</summary>
    public static readonly string[] Texts =
    [
        "", "a", "A", "b", "ab", "aB", "abc", "z", "Z", "_", "é", "É", "e\u0301", "ß", "ss", "İ", "I", "i", "ı", "Σ", "ς", "日本", "\ufb01", "\uffee", "😀", "\ue000",
        "0", "1", "10", "10.0", "9", "-3", "2.5", "1e1", " 10", "10 ", "0x10", "+1", "1.", ".5", "inf", "nan", "true", "null",
        "a%b", "a_b", "%", "_%", "\\", "a\\b", "\\%", "'", "\"", "a b", " ", "a ", " a", "\t", "a\nb", "\u00a0", "\u00a010", "1_0", "1e", "١", "\u200b", "--", "[", "[]", "[\"a\"]", "{\"a\":1}", "$1", ":a", "?",
        "2025-02-03 10:11:12.345Z", "2025-02-03",
        "a\0b", "\0", "\b\f", "\x7f",
    ];

    public static readonly string[] Emails = ["", "a@x.test", "A@X.test", "b@x.test", "a_b@x.test", "é@x.test"];

    public static readonly string[] Urls = ["", "https://a.test", "https://a.test/%41?b=1", "https://A.test"];

    public static readonly string[] Dates =
    [
        "", "2025-02-03 10:11:12.345Z", "2025-02-03 10:11:12.346Z", "2025-02-03 00:00:00.000Z", "2024-02-29 23:59:59.999Z", "1969-12-31 23:59:59.000Z", "0001-01-01 00:00:00.000Z",
        "9999-12-31 23:59:59.999Z", "2025-01-31 12:00:00.000Z", "2024-12-30 12:00:00.500Z", "1500-03-01 00:00:00.000Z",
    ];

    /// <summary>Times as people write them, and some that nobody should.</summary>
    public static readonly string[] Times =
    [
        "2025-02-03T10:11", "10:11", "2025-02-30", "20250203", "2025-02-03 10:11:12+02:00", "x", "2025-02-03 24:00", "2025-02-31 24:00:00", "24:00", "24:59:59.9", "25:00", "2025-02-29 12:00Z", "0000-01-01", "-4713-11-24 12:00",
        "-4713-11-24 11:59", "9999-12-31 23:59:59.9996", "9999-12-31 24:00", "10:11:12.3456", "10:11:12.3455", "10:11:59.9996", "2025-02-03 10:11:12.123456789", "2025-02-03 10:11:12 -14:00", "2025-02-03 10:11+15:00", " 2025-02-03",
        "2025-02-03 ", "2025-2-3", "2025-02-03 10", "2025-13-01", "2025-00-10", "2025-02-03T10:11:12Zx", "NOW ", "2460709.5", "1738577472", "1e6", "-1", "+5",
    ];

    /// <summary>Whole and broken, great and small, such as are rounded, and both zeros.</summary>
    public static readonly double[] Numbers =
        [0, 1, 10, 2.5, -3, -0.0, 9, 0.1, 0.1 + 0.2, 1e21, 1e-7, 9007199254740992, 9007199254740994, -9223372036854775808, 1e300, 123456789.125, 1.0 / 3, 100, 1000000, 5e-324, 999999999999999, 1e15, 1e16, 123456789012345678, 0.0001, 0.00001, 1.7976931348623157e307, 4294967296, 0.5, 1.5, -2.5, 99999.99999999999];

    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "1", "10", "2.5", "-3", "1e21", "0.1", "12345678901234567890", "\"\"", "\"a\"", "\"A\"", "\"10\"", "\"é\"", "\"😀\"", "\"null\"", "\"true\"", "\"[1]\"", "\"\\\"\"",
        "[]", "[1]", "[\"a\",\"b\"]", "[null]", "[[1,2],{\"a\":\"x\"}]", "{}", "{\"a\":1}", "{\"a\":\"1\"}", "{\"a\":null}", "{\"a\":true}", "{\"a\":[1,2,{\"b\":\"x\"}]}", "{\"a\":{\"b\":2.5,\"0\":\"zero\"}}",
        "{\"b\":\"a\",\"a\":\"b\"}", "{\"a\":\"é\"}", "{\"a\":\"\"}", "{\"0\":\"x\"}", "{\"a\":1,\"A\":2}", "{\"a\":{}}", "{\"a\":[]}", "{\"a\":1e300}", "{\"a\":false,\"b\":[true]}", "\"a\\u0000b\"", "{\"a\\u0000\":1}", "{\"b\":\"\\ud83d\"}", "\"\\b\\u0001\"",
    ];

    public static readonly string[] Points =
        ["{\"lon\":0,\"lat\":0}", "{\"lon\":23.32,\"lat\":42.69}", "{\"lon\":-180,\"lat\":90}", "{\"lon\":180,\"lat\":-90}", "{\"lon\":2.35,\"lat\":48.85}", "{\"lon\":0.1,\"lat\":-0.1}"];

    public static readonly string[] Choices = ["a", "b", "A", "é", "10", "x,y", "it's", "\"q\"", "[z]"];

    public static readonly string[] Keys = ["a", "b", "A", "0", "1", "2", "a.b", "a.0", "a.2.b", "0.1", "1.a", "a.b.0", "x"];

    public static readonly string[] DateFormats =
        ["%Y", "%Y-%m", "%d", "%H:%M:%S", "%f", "%j", "%w", "%u", "%W", "%s", "%J", "%%", "%Y-%m-%d %H:%M:%fZ", "%F", "%T", "%e", "%I%p", "%l", "%k", "%G-%V", "%U", "%R", "%g", "%P", "%S", "%M", "%m", "%s %f", "%", "%Q", "a%%b%d", "plain", ""];

    public static readonly string[] DateModifiers =
        ["+1 day", "-1 day", "+1 month", "-1 months", "+1 year", "+90 minutes", "-1.5 hours", "+0.001 seconds", "start of month", "start of year", "start of day", "weekday 0", "weekday 3", "+12:30",
            "utc", "localtime", "unixepoch", "julianday", "auto", "subsec", "nonsense", "+2024-01-02", "ceiling", "floor", "-0000-01-00", "+0001-00-00 12:30:30.5", "-23:59:59.999", "+1 DAYS", "START OF MONTH", "+ 1 day", "1 day", "+1day", "+1.5 months", "-0.5 years", "weekday 7", "weekday 1.0", "+1e1 days", "+10000 years", "+5 weeks", "Subsecond", "UTC", ""];

    public static readonly string[] Macros =
        ["@now", "@yesterday", "@tomorrow", "@second", "@minute", "@hour", "@day", "@month", "@year", "@weekday", "@todayStart", "@todayEnd", "@monthStart", "@monthEnd", "@yearStart", "@yearEnd"];

    /// <summary>A text as JSON, and as the filter language takes it; readable.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Readable);

    public static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number as the filter language takes it: without an exponent.</summary>
    public static string Digits(double number) =>
        ((decimal)Math.Clamp(Math.Abs(number) < 1e-20 ? 0 : number, -1e25, 1e25)).ToString("0.############################", CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
