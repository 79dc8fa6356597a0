using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hearth.Http.Output;

/// <summary>What the conditions of a request come to.</summary>
public enum BlobCondition
{
    /// <summary>Send it.</summary>
    None,

    /// <summary>The client has it already.</summary>
    Held,

    /// <summary>It is not the one that the client wants.</summary>
    Failed,
}

/// <summary>The conditions that a client puts on a blob, in the order of RFC 9110, 13.2.2.</summary>
public static class BlobConditions
{
    /// <summary>Whether to send it.</summary>
    public static BlobCondition Of(HttpRequest request, SentBlob sent)
    {
        var headers = request.Headers;
        if (headers.IfMatch.Count > 0)
        {
            if (!EntityTag.Names(headers.IfMatch, sent.Tag, weak: false)) return BlobCondition.Failed;
        }
        else if (DateOf(headers.IfUnmodifiedSince) is { } unmodified && sent.Modified > unmodified) return BlobCondition.Failed;
        if (headers.IfNoneMatch.Count > 0) return EntityTag.Names(headers.IfNoneMatch, Strong(sent.Tag), weak: true) ? BlobCondition.Held : BlobCondition.None;
        return DateOf(headers.IfModifiedSince) is { } modified && sent.Modified <= modified ? BlobCondition.Held : BlobCondition.None;
    }

    /// <summary>Whether ranges count: <c>If-Range</c> is not there, or names exactly what is stored.</summary>
    public static bool RangeHolds(HttpRequest request, SentBlob sent)
    {
        if (request.Headers.IfRange.Count == 0) return true;
        var text = request.Headers.IfRange.ToString().Trim();
        return text.StartsWith('"') ? text == sent.Tag : DateOf(text) is { } date && date == sent.Modified;
    }

    // The weak comparison leaves the mark out on both sides.
    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static DateTimeOffset? DateOf(StringValues header) => header.Count == 1 && HeaderUtilities.TryParseDate(header[0], out var date) ? date : null;
}
