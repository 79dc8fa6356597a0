using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Hosting;

/// <summary>Paths with double slashes, <c>.</c> or <c>..</c> are answered with a redirect to the clean path, before anything looks at them.</summary>
internal static class CanonicalPath
{
    /// <summary>Answers with a redirect when the path is not clean: 301 for GET and HEAD, else 308, which keeps the method.</summary>
    public static bool Redirects(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/') return false;
        var path = target.AsSpan();
        var query = path.IndexOf('?');
        if (query >= 0) path = path[..query];
        if (!path.Contains("//", StringComparison.Ordinal) && !HasDotSegment(path)) return false;
        RedirectTo(http, http.Request.Path.Value ?? "/", HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? 301 : 308);
        return true;
    }

    /// <summary>Redirects to a path of this site; the query stays. Slashes are collapsed, so that a path can never become another host.</summary>
    public static void RedirectTo(HttpContext http, string path, int status)
    {
        var clean = new System.Text.StringBuilder("/", path.Length + 1);
        foreach (var c in path.Replace('\\', '/'))
        {
            if (c != '/' || clean[^1] != '/') clean.Append(c);
        }
        http.Response.StatusCode = status;
        http.Response.Headers.Location = new PathString(clean.ToString()).ToUriComponent() + http.Request.QueryString.ToUriComponent();
        http.Response.ContentLength = 0;
    }

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        // The server has already taken these out of the path it gives us; here we only want to know whether there were any.
        if (!path.Contains('.') && !path.Contains('%')) return false;
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment is "." or ".." || (segment.Length is > 2 and <= 6 && Uri.UnescapeDataString(segment) is "." or "..")) return true;
        }
        return false;
    }
}
