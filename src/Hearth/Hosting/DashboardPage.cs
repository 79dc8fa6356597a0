using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Http;

namespace Hearth.Hosting;

/// <summary>What stands at <c>/_/</c>: a page that makes the first superuser by the setup link (contract 10.10), and follows the links of mails (contract 13).</summary>
internal sealed class DashboardPage
{
    private readonly byte[] html = Load();

    /// <summary>Answers GET and HEAD for <c>/_</c> and everything below.</summary>
    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        var path = http.Request.Path.Value;
        if (path != "/_/")
        {
            CanonicalPath.RedirectTo(http, "/_/", path == "/_" ? StatusCodes.Status301MovedPermanently : StatusCodes.Status302Found);
            return null;
        }
        var response = http.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.BodyWriter.WriteAsync(html, exchange.Stop);
        return null;
    }

    private static byte[] Load()
    {
        using var stream = typeof(DashboardPage).Assembly.GetManifestResourceStream("Hearth.Hosting.dashboard.html")
            ?? throw new InvalidOperationException("The dashboard page is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
