using System.Security.Cryptography;
using System.Text;
using Hearth.App;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Output;
using Microsoft.AspNetCore.Http;

namespace Hearth.Hosting;

/// <summary>
/// What stands at <c>/_/</c>: the dashboard, when the program has its files, else a small page that makes the first superuser by the setup link
/// (contract 10.10) and follows the links of mails (contract 13).
/// </summary>
internal sealed class DashboardPage
{
    private const string Root = "/_/";
    private readonly DashboardSender? files;
    private readonly byte[] small = [];
    private readonly string[] parts = [];

    /// <summary>Serves built files; null the small page.</summary>
    public DashboardPage(DashboardFiles? built)
    {
        if (built is null)
        {
            small = Small();
            return;
        }
        files = new DashboardSender(built);
        parts = Encoding.UTF8.GetString(built.Page.ReadAll()).Split(ContentPolicy.NonceMark);
    }

    /// <summary>Answers GET and HEAD for <c>/_</c> and everything below.</summary>
    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        var path = http.Request.Path.Value;
        if (path == Root)
        {
            await SendPageAsync(http, exchange.Stop);
            return null;
        }
        if (path is "/_" or Root + "index.html")
        {
            CanonicalPath.RedirectTo(http, Root, StatusCodes.Status301MovedPermanently);
            return null;
        }
        return files is not null && path is not null ? await files.AnswerAsync(http, path[Root.Length..], exchange.Stop) : PublicFiles.Missing;
    }

    private async Task SendPageAsync(HttpContext http, CancellationToken stop)
    {
        var (response, page, policy) = (http.Response, small, ContentPolicy.OfSmallPage);
        if (files is not null)
        {
            // Fresh each time: what was put into one answer never opens another.
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
            (page, policy) = (Encoding.UTF8.GetBytes(string.Join(nonce, parts)), ContentPolicy.OfDashboard(nonce));
        }
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.BodyWriter.WriteAsync(page, stop);
    }

    private static byte[] Small()
    {
        using var stream = typeof(DashboardPage).Assembly.GetManifestResourceStream("Hearth.Hosting.dashboard.html")
            ?? throw new InvalidOperationException("The small page is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
