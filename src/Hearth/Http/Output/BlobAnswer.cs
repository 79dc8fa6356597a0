using System.Globalization;
using System.Text;
using Hearth.Basics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hearth.Http.Output;

/// <summary>
/// Sends a blob: whole or in parts, or that the client has it already (RFC 9110, 13 and 14). Bytes go from the store to the connection piece by piece.
/// </summary>
public static class BlobAnswer
{
    private const int PieceLength = 64 * 1024;

    /// <summary>Opens a part of the blob; null when it has gone.</summary>
    public delegate ValueTask<Stream?> Opener(long offset, long? length, CancellationToken stop);

    /// <summary>Answers a GET or HEAD.</summary>
    public static async ValueTask<Fault?> SendAsync(Exchange exchange, SentBlob sent, Opener open)
    {
        var (http, length) = (exchange.Http, sent.Blob.Length);
        var condition = BlobConditions.Of(http.Request, sent);
        if (condition == BlobCondition.Failed) return Fault.Of(412, "files.changed", "The file is not the one that was asked for.");
        if (condition == BlobCondition.Held)
        {
            WriteHeaders(exchange, sent);
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        var parts = BlobConditions.RangeHolds(http.Request, sent) ? ByteRanges.Of(http.Request, length) : null;
        if (parts is { Count: 0 })
        {
            http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            return Fault.Of(416, "files.no_such_range", "The file is shorter than the part that was asked for.");
        }
        var first = parts is [var only] ? only : new ByteRange(0, length);
        if (parts is { Count: > 1 }) return await SendPartsAsync(exchange, sent, parts, open);

        // Opened before anything is said: what has gone meanwhile is still an ordinary 404.
        var isHead = HttpMethods.IsHead(http.Request.Method);
        await using var content = isHead ? null : await open(first.Offset, parts is null ? null : first.Length, exchange.Stop);
        if (!isHead && content is null) return Fault.NotFound("files.not_found");
        WriteHeaders(exchange, sent);
        http.Response.ContentLength = first.Length;
        if (parts is not null)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = RangeText(first, length);
        }
        if (content is not null) await CopyAsync(http, content, first.Length, exchange.Stop);
        return null;
    }

    private static async ValueTask<Fault?> SendPartsAsync(Exchange exchange, SentBlob sent, IReadOnlyList<ByteRange> parts, Opener open)
    {
        var (http, length) = (exchange.Http, sent.Blob.Length);
        var boundary = RandomText.Of(30);
        var heads = parts.Select((part, i) => Encoding.ASCII.GetBytes(
            $"{(i == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {sent.ContentType}\r\nContent-Range: {RangeText(part, length)}\r\n\r\n")).ToArray();
        var end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        WriteHeaders(exchange, sent);
        http.Response.StatusCode = StatusCodes.Status206PartialContent;
        http.Response.ContentType = "multipart/byteranges; boundary=" + boundary;
        http.Response.ContentLength = parts.Sum(static part => part.Length) + heads.Sum(static head => head.Length) + end.Length;
        for (var i = 0; i < parts.Count; i++)
        {
            await using var content = await open(parts[i].Offset, parts[i].Length, exchange.Stop);
            if (content is null)
            {
                if (i == 0 && !http.Response.HasStarted)
                {
                    http.Response.Clear();
                    return Fault.NotFound("files.not_found");
                }
                http.Abort();
                return null;
            }
            await http.Response.BodyWriter.WriteAsync(heads[i], exchange.Stop);
            await CopyAsync(http, content, parts[i].Length, exchange.Stop);
        }
        await http.Response.BodyWriter.WriteAsync(end, exchange.Stop);
        return null;
    }

    private static void WriteHeaders(Exchange exchange, SentBlob sent)
    {
        var download = exchange.Query("download") is "1" or "t" or "T" or "true" or "TRUE" or "True";
        var headers = exchange.Http.Response.Headers;
        headers.ContentType = sent.ContentType;
        headers.ContentDisposition = sent.Disposition(download);
        headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers.CacheControl = sent.IsPrivate ? "private, no-store" : "max-age=2592000, stale-while-revalidate=86400";
        headers.LastModified = HeaderUtilities.FormatDate(sent.Modified);
        headers.AcceptRanges = "bytes";
        headers.ETag = sent.Tag;
        headers.Remove(HeaderNames.XFrameOptions);
    }

    private static string RangeText(ByteRange part, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {part.Offset}-{part.Offset + part.Length - 1}/{length}");

    private static async ValueTask CopyAsync(HttpContext http, Stream content, long length, CancellationToken stop)
    {
        var writer = http.Response.BodyWriter;
        while (length > 0)
        {
            var room = writer.GetMemory(PieceLength);
            var count = await content.ReadAsync(room.Length > length ? room[..(int)length] : room, stop);
            if (count == 0)
            {
                // Shorter than what was announced: the client must not take it for the whole.
                http.Abort();
                return;
            }
            writer.Advance(count);
            length -= count;
            if ((await writer.FlushAsync(stop)).IsCompleted) return;
        }
    }
}
