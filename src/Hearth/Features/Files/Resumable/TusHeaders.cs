using System.Globalization;
using System.Text;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Files.Resumable;

/// <summary>The headers of the tus protocol, version 1.0.0.</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string BodyType = "application/offset+octet-stream";

    private const int MostMetadata = 8192;

    /// <summary>How an upload begins.</summary>
    public static RouteContract Beginning { get; } = Versioned(RouteContract.GivesHeaders(201, "It has begun.", "Location", "Upload-Offset", "Upload-Length", "Upload-Expires"))
        .Header("Upload-Length", "Bytes of the file.", isRequired: true)
        .Header("Upload-Metadata", "collection, record, field and filename, as tus writes them.", isRequired: true)
        .Refuses(413, "The field does not take a file of this size.")
        .Refuses(409, "The record was changed meanwhile.");

    /// <summary>How far an upload is.</summary>
    public static RouteContract Telling { get; } = Versioned(RouteContract.GivesHeaders(200, "How far it is.", "Upload-Offset", "Upload-Length", "Upload-Expires", "Hearth-File"))
        .Refuses(409, "The record was changed meanwhile.");

    /// <summary>More of an upload.</summary>
    public static RouteContract Receiving { get; } = Versioned(RouteContract.GivesHeaders(204, "The bytes are kept.", "Upload-Offset", "Upload-Length", "Upload-Expires", "Hearth-File"))
        .Header("Upload-Offset", "Where the bytes belong.", isRequired: true)
        .Takes(BodyType, Shape.Bytes("The bytes."))
        .Refuses(409, "The upload is at another place.")
        .Refuses(415, "The body has another type.");

    /// <summary>The end of an upload.</summary>
    public static RouteContract Removing { get; } = Versioned(RouteContract.GivesNothing("It is given up."));

    private static RouteContract Versioned(RouteContract contract) =>
        contract.Header("Tus-Resumable", "The version of tus: 1.0.0.", isRequired: true).Refuses(412, "The header Tus-Resumable must be 1.0.0.");

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
