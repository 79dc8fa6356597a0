using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Hearth.Basics;

namespace Hearth.Http.Input;

/// <summary>
/// Reads JSON from outside so that nothing behind it can trip: valid UTF-8, at most <see cref="MaxDepth"/> levels, no key twice, only numbers that a 64-bit float can
/// hold, and no more values than <see cref="JsonGauge.MostValues"/>. Unpaired surrogates (RFC 8259, 8.2) become U+FFFD; what follows the value is ignored.
/// </summary>
public static class CheckedJson
{
    /// <summary>Most levels of nesting.</summary>
    public const int MaxDepth = JsonLimits.MostLevels;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Distinct = new() { MaxDepth = MaxDepth }; // where it is known that no key comes twice

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
            utf8 = utf8[..gauge.Length];
            if (JsonHalves.Mend(utf8) is { } mended) utf8 = mended;
            value = JsonElement.Parse(utf8, JsonKeys.AreDistinct(utf8) ? Distinct : Strict);
            return true;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return false;
        }
    }
}
