using System.Globalization;
using System.Text.Json;

namespace Hearth.Basics;

/// <summary>
/// Numbers as JSON spells them: the shortest digits that read back as the same number, whole up to 10^21 and down to 10^-6, beyond that with an exponent
/// (<c>1e+21</c>, <c>1e-7</c>), as JavaScript writes them. So programs that look for a whole number find one.
/// </summary>
public static class NumberText
{
    private const double Exact = 9_007_199_254_740_992;

    /// <summary>The text of a finite number.</summary>
    public static string Of(double number)
    {
        var shortest = (number + 0.0).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0) return shortest;
        var exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= -6 and < 21) return Plain(number);
        return string.Create(CultureInfo.InvariantCulture, $"{shortest[..e]}e{(exponent < 0 ? "" : "+")}{exponent}");
    }

    /// <summary>The text of a finite number without an exponent, whatever its size.</summary>
    public static string Plain(double number)
    {
        var shortest = (number + 0.0).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0) return shortest;
        var exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var mantissa = shortest[sign.Length..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? mantissa.Length : point) + exponent;
        if (whole <= 0) return $"{sign}0.{new string('0', -whole)}{digits}";
        return whole >= digits.Length ? sign + digits.PadRight(whole, '0') : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>Writes a finite number.</summary>
    public static void Write(Utf8JsonWriter writer, double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) <= Exact) writer.WriteNumberValue((long)number);
        else writer.WriteRawValue(Of(number), skipInputValidation: true);
    }
}
