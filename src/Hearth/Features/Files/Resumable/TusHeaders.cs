using System.Globalization;
using System.Text;
using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Files.Resumable;

/// <summary>The headers of the tus protocol, version 1.0.0.</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string BodyType = "application/offset+octet-stream";

    private const int MostMetadata = 8192;

    /// <summary>Checks the version and writes what every answer has; the fault when the client speaks another one.</summary>
    public static Fault? Begin(Exchange exchange)
    {
        var headers = exchange.Http.Response.Headers;
        headers["Tus-Resumable"] = Version;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,expiration,termination";
        headers.CacheControl = "no-store";
        // Beside the ones that every page may read.
        headers.AccessControlExposeHeaders = "Location, Upload-Offset, Upload-Length, Upload-Expires, Tus-Resumable, Tus-Version, Tus-Extension, Hearth-File";
        return exchange.Http.Request.Headers["Tus-Resumable"].ToString() == Version
            ? null
            : Fault.Of(412, "uploads.version", "The header Tus-Resumable must be 1.0.0.");
    }

    /// <summary>A header that is a whole number from 0 on; null when it is missing or something else.</summary>
    public static long? Number(Exchange exchange, string name) =>
        long.TryParse(exchange.Http.Request.Headers[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The pairs of <c>Upload-Metadata</c>; null when it cannot be read.</summary>
    public static Dictionary<string, string>? Metadata(Exchange exchange)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var header = exchange.Http.Request.Headers["Upload-Metadata"].ToString();
        if (header.Length > MostMetadata) return null;
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = pair.IndexOf(' ', StringComparison.Ordinal);
            var bytes = new byte[pair.Length];
            if (!Convert.TryFromBase64String(space < 0 ? "" : pair[(space + 1)..].Trim(), bytes, out var count)) return null;
            pairs[space < 0 ? pair : pair[..space]] = Encoding.UTF8.GetString(bytes, 0, count);
        }
        return pairs;
    }

    /// <summary>Tells how far an upload is.</summary>
    public static void Write(Exchange exchange, ResumableUpload upload)
    {
        var headers = exchange.Http.Response.Headers;
        headers["Upload-Offset"] = upload.Received.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        if (upload.Expires is { } expires) headers["Upload-Expires"] = expires.ToString("R", CultureInfo.InvariantCulture);
        if (upload.Stored.Length > 0) headers["Hearth-File"] = upload.Stored;
    }
}
