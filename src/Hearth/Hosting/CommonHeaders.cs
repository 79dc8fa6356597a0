using Microsoft.AspNetCore.Http;

namespace Hearth.Hosting;

/// <summary>Headers of every response: cross-origin (Fetch standard) and security.</summary>
internal static class CommonHeaders
{
    private const string Methods = "GET,HEAD,PUT,PATCH,POST,DELETE";

    /// <summary>Headers of an ordinary response.</summary>
    public static void Write(HttpContext http, OriginList origins)
    {
        WriteSecurity(http.Response);
        http.Response.Headers.Vary = "Origin";
        var origin = http.Request.Headers.Origin;
        if (origin.Count > 0 && origins.AnswerTo(origin[0] ?? "") is { } allowed) http.Response.Headers.AccessControlAllowOrigin = allowed;
    }

    /// <summary>Answers OPTIONS, for any path: 204, with leave to call when the origin is allowed.</summary>
    public static void AnswerPreflight(HttpContext http, OriginList origins)
    {
        var (request, headers) = (http.Request, http.Response.Headers);
        WriteSecurity(http.Response);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.Vary = new(["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"]);
        if (request.Headers.Origin.Count == 0 || origins.AnswerTo(request.Headers.Origin[0] ?? "") is not { } allowed) return;
        headers.AccessControlAllowOrigin = allowed;
        headers.AccessControlAllowMethods = Methods;
        if (request.Headers.AccessControlRequestHeaders.Count > 0) headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
    }

    private static void WriteSecurity(HttpResponse response)
    {
        response.Headers.XXSSProtection = "1; mode=block";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
