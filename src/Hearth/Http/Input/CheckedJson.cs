using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Hearth.Basics;

namespace Hearth.Http.Input;

/// <summary>
/// Reads JSON from outside so that nothing behind it can trip: valid UTF-8, at most <see cref="MaxDepth"/> levels, no unpaired surrogates
/// (RFC 8259, 8.2), only numbers that a 64-bit float can hold, and no more values than <see cref="JsonGauge.MostValues"/>. Of equal keys the last one counts;
/// what follows the value is ignored.
/// </summary>
public static class CheckedJson
{
    /// <summary>Most levels of nesting.</summary>
    public const int MaxDepth = JsonLimits.MostLevels;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one value. On failure <paramref name="problem"/> says why, for the log.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, JsonGauge gauge, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = null;
        try
        {
            if (!Utf8.IsValid(utf8)) problem = "not valid UTF-8";
            else problem = gauge.Whole(utf8);
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
}
