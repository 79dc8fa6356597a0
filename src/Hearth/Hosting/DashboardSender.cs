using Hearth.App;
using Hearth.Basics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Hearth.Hosting;

/// <summary>Sends the files of the dashboard: compressed as they are stored, and not at all to who has them (RFC 9110, 8.4 and 13).</summary>
internal sealed class DashboardSender(DashboardFiles files)
{
    // The build puts a digest into the names of what it makes.
    private const string Made = "assets/";
    private const string Forever = "public, max-age=31536000, immutable";
    private readonly FileExtensionContentTypeProvider types = new();

    /// <summary>Answers for a path below the dashboard's own; a fault when no such file was built.</summary>
    public async ValueTask<Fault?> AnswerAsync(HttpContext http, string path, CancellationToken stop)
    {
        if (files.Find(path) is not { } file) return PublicFiles.Missing;
        var response = http.Response;
        var coding = file.Best(brotli: Takes(http.Request, "br"), gzip: Takes(http.Request, "gzip"));
        var tag = file.Tag(coding);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = path.StartsWith(Made, StringComparison.Ordinal) ? Forever : "no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Has(http.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        response.ContentType = TypeOf(path);
        if (coding != Coding.Plain) response.Headers.ContentEncoding = coding == Coding.Brotli ? "br" : "gzip";
        await using var bytes = file.Open(coding);
        if (bytes.CanSeek) response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await bytes.CopyToAsync(response.Body, stop);
        return null;
    }

    private static bool Takes(HttpRequest request, string coding)
    {
        foreach (var one in request.GetTypedHeaders().AcceptEncoding)
        {
            if (one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) return one.Quality is null or > 0;
        }
        return false;
    }

    private static bool Has(HttpRequest request, string tag)
    {
        foreach (var one in request.GetTypedHeaders().IfNoneMatch)
        {
            if (one.Tag.Equals(tag, StringComparison.Ordinal) || one.Tag == "*") return true;
        }
        return false;
    }

    private string TypeOf(string path)
    {
        if (!types.TryGetContentType(path, out var type)) return "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
    }
}
