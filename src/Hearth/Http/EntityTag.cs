using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearth.Http;

/// <summary>Strong entity tags (RFC 9110, 8.8.3): the first 128 bits of the SHA-256 of what is sent.</summary>
public static class EntityTag
{
    /// <summary>The tag of a body, with its quotes.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        Span<byte> text = stackalloc byte[24];
        text[0] = (byte)'"';
        Base64Url.EncodeToUtf8(hash[..16], text[1..], out _, out var written);
        text[written + 1] = (byte)'"';
        return Encoding.ASCII.GetString(text[..(written + 2)]);
    }

    /// <summary>A GET or HEAD whose <c>If-None-Match</c> names this tag (weakly compared) or is <c>*</c>.</summary>
    public static bool IsHeldBy(HttpRequest request, string tag) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && Names(request.Headers.IfNoneMatch, tag, weak: true);

    /// <summary>True when the request has no <c>If-Match</c>, or it names this tag (strongly compared) or is <c>*</c>.</summary>
    public static bool AllowsChange(HttpRequest request, string tag) => request.Headers.IfMatch.Count == 0 || Names(request.Headers.IfMatch, tag, weak: false);

    /// <summary>Whether a header value lists a tag. The strong comparison refuses tags that begin with <c>W/</c>.</summary>
    public static bool Names(StringValues header, string tag, bool weak)
    {
        for (var i = 0; i < header.Count; i++)
        {
            var rest = header[i].AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var item = (comma < 0 ? rest : rest[..comma]).Trim();
                rest = comma < 0 ? [] : rest[(comma + 1)..];
                if (item is "*") return true;
                if (weak && item.StartsWith("W/", StringComparison.Ordinal)) item = item[2..];
                if (item.SequenceEqual(tag)) return true;
            }
        }
        return false;
    }
}
