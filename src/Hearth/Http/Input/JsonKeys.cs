using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Http.Input;

/// <summary>Tells without memory of its own that no key comes twice, which is so of most bodies: the parser's own check costs more than what it checks.</summary>
internal static class JsonKeys
{
    private const int Most = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonLimits.MostLevels };

    /// <summary>Whether it is plain that no object of a valid JSON text has a key twice. False when one may have: then the parser must tell.</summary>
    public static bool AreDistinct(ReadOnlySpan<byte> utf8)
    {
        Span<(int At, int Length, int Depth)> keys = stackalloc (int, int, int)[Most];
        var count = 0;
        var reader = new Utf8JsonReader(utf8, Options);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            // Two objects side by side may have the same keys, and an escape may spell one that is there: neither is looked into here.
            if (count == Most || reader.ValueIsEscaped) return false;
            foreach (var (at, length, depth) in keys[..count])
            {
                if (depth == reader.CurrentDepth && utf8.Slice(at, length).SequenceEqual(reader.ValueSpan)) return false;
            }
            keys[count++] = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.CurrentDepth);
        }
        return true;
    }
}
