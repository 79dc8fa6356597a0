using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Hearth.Basics;

namespace Hearth.Http.Input;

/// <summary>
/// Reads JSON from outside so that nothing behind it can trip: valid UTF-8, at most <see cref="MaxDepth"/> levels, no unpaired surrogates
/// (RFC 8259, 8.2), and only numbers that a 64-bit float can hold. Of equal keys the last one counts; what follows the value is ignored.
/// </summary>
public static class CheckedJson
{
    /// <summary>Most levels of nesting.</summary>
    public const int MaxDepth = JsonLimits.MostLevels;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one value. On failure <paramref name="problem"/> says why, for the log.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = null;
        try
        {
            if (!Utf8.IsValid(utf8)) problem = "not valid UTF-8";
            else problem = FindProblem(utf8);
            if (problem is not null) return false;
            var reader = new Utf8JsonReader(utf8, Options);
            value = JsonElement.ParseValue(ref reader);
            return true;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return false;
        }
    }

    private static string? FindProblem(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        do
        {
            if (!reader.Read()) return "no value";
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan):
                    return "an unpaired surrogate";
                // Below 300 characters without an exponent no number is out of range.
                case JsonTokenType.Number when (reader.ValueSpan.Length > 300 || reader.ValueSpan.ContainsAny((byte)'e', (byte)'E')) && !IsFinite(reader.ValueSpan):
                    return "a number out of range";
                default:
                    break;
            }
        }
        while (reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray);
        return null;
    }

    private static bool IsFinite(ReadOnlySpan<byte> number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var high = false;
        for (var i = 0; i < escaped.Length; i++)
        {
            var unit = -1;
            if (escaped[i] == '\\')
            {
                i++;
                if (escaped[i] == 'u')
                {
                    unit = int.Parse(escaped.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                    i += 4;
                }
            }
            var low = unit is >= 0xDC00 and <= 0xDFFF;
            if (low != high) return true;
            high = unit is >= 0xD800 and <= 0xDBFF;
        }
        return high;
    }
}
