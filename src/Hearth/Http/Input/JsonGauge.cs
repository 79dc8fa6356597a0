using System.Globalization;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Http.Input;

/// <summary>
/// Looks over JSON from outside, also while it arrives: counts its values, and finds what nothing behind it could take. One for all JSON of a request, so that several
/// texts share one allowance. What is counted here is what costs memory later: a value of two bytes becomes twelve and more.
/// </summary>
public sealed class JsonGauge
{
    /// <summary>Most values, keys included, in the JSON of a request.</summary>
    public const int MostValues = 1_000_000;

    /// <summary>Most keys of the outermost object, as of a form.</summary>
    public const int MostKeys = 16_384;

    // What arrives is looked at when so much of it is there, then again whenever it has doubled: each byte once, a token that is not whole yet at most twice.
    private const int FirstLook = 64 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonLimits.MostLevels };

    private JsonReaderState state = new(Options);
    private int seen;
    private int values;
    private int keys;
    private int nextLook = FirstLook;
    private bool ended;

    /// <summary>There are more values than anybody may send.</summary>
    public bool IsTooMuch => values > MostValues || keys > MostKeys;

    /// <summary>Bytes up to the end of the value, once it was looked at whole.</summary>
    public int Length => seen;

    /// <summary>Begins another text; what was counted stays counted.</summary>
    public void Restart() => (state, seen, keys, nextLook, ended) = (new(Options), 0, 0, FirstLook, false);

    /// <summary>Looks at what has arrived of a text, when it is much more than at the last time. Returns what is wrong; null when nothing is, so far.</summary>
    public string? Arrived(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < nextLook) return null;
        nextLook = utf8.Length * 2;
        return Look(utf8, isWhole: false);
    }

    /// <summary>Looks at a whole text. Returns what is wrong; null when nothing is. Throws a <see cref="JsonException"/> when it is no JSON.</summary>
    public string? Whole(ReadOnlySpan<byte> utf8) => Look(utf8, isWhole: true) ?? (ended ? null : "no value");

    private string? Look(ReadOnlySpan<byte> utf8, bool isWhole)
    {
        if (ended) return null;
        var reader = new Utf8JsonReader(utf8[seen..], isWhole, state);
        while (!ended && reader.Read())
        {
            values++;
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) keys++;
            if (IsTooMuch) return $"more than {MostValues} values, or {MostKeys} keys";
            if (ProblemOf(ref reader) is { } problem) return problem;
            // What follows the value is of no interest.
            ended = reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
        }
        seen += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        return null;
    }

    private static string? ProblemOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        // Below 300 characters without an exponent no number is out of range.
        JsonTokenType.Number when (reader.ValueSpan.Length > 300 || reader.ValueSpan.ContainsAny((byte)'e', (byte)'E')) && !IsFinite(reader.ValueSpan) => "a number out of range",
        _ => null,
    };

    private static bool IsFinite(ReadOnlySpan<byte> number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
