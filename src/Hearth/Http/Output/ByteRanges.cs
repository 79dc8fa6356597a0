using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hearth.Http.Output;

/// <summary>A part of a body.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes, at least one.</param>
public readonly record struct ByteRange(long Offset, long Length);

/// <summary>Reads the <c>Range</c> header (RFC 9110, 14).</summary>
public static class ByteRanges
{
    // More of them, or ones that lie over each other, help nobody but who wants to keep the server busy.
    private const int Most = 32;

    /// <summary>
    /// The parts that are asked for; null when the whole is to be sent: there is no such header, it cannot be understood, or it asks for more than the whole. Empty when
    /// nothing of it is there.
    /// </summary>
    public static IReadOnlyList<ByteRange>? Of(HttpRequest request, long length)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Headers.Range.Count != 1 || length == 0) return null;
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header) || header.Unit != "bytes" || header.Ranges.Count is 0 or > Most) return null;
        var parts = new List<ByteRange>(header.Ranges.Count);
        var total = 0L;
        foreach (var range in header.Ranges)
        {
            var from = range.From ?? Math.Max(0, length - (range.To ?? 0));
            var to = range.From is null ? length - 1 : Math.Min(range.To ?? (length - 1), length - 1);
            if (from >= length || to < from) continue;
            parts.Add(new ByteRange(from, to - from + 1));
            total += to - from + 1;
        }
        return total > length ? null : parts;
    }
}
