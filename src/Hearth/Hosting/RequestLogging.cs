using Hearth.Basics;
using Hearth.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Hosting;

/// <summary>Hands one request to the log (contract 10.6).</summary>
internal static class RequestLogging
{
    private const int Info = 0;
    private const int Error = 8;

    public static void Write(Exchange exchange, Fault? fault, TimeSpan took)
    {
        var (http, parts) = (exchange.Http, exchange.Parts);
        var settings = parts.Settings.Current;
        if (settings.Logs.MaxDays == 0 || (fault is null && exchange.Route.QuietLog)) return;
        var level = fault is null ? Info : Error;
        if (level < settings.Logs.MinLevel) return;
        var headers = http.Request.Headers;
        parts.Log.Add(new LogEntry
        {
            At = parts.Clock.GetUtcNow(),
            Level = level,
            Method = http.Request.Method,
            Url = SafeUrl(http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? ""),
            Status = fault?.Status ?? http.Response.StatusCode,
            Took = took,
            Auth = exchange.Caller.Collection?.Name ?? "",
            AuthId = settings.Logs.LogAuthId ? exchange.Caller.Id : "",
            Referer = headers.Referer.Count > 0 ? SafeUrl(headers.Referer[0] ?? "") : "",
            UserAgent = headers.UserAgent.Count > 0 ? headers.UserAgent[0] ?? "" : "",
            UserIP = settings.Logs.LogIP ? ClientAddress.Of(http, settings.TrustedProxy) : null,
            RemoteIP = settings.Logs.LogIP ? ClientAddress.OfSocket(http) : null,
            Error = fault?.Message,
            Details = fault?.Cause,
        });
    }

    // Tokens of files and links travel in the query; a log must not become a key ring.
    private static string SafeUrl(string url)
    {
        var start = url.IndexOf('?', StringComparison.Ordinal);
        if (start < 0) return url;
        var parts = url[(start + 1)..].Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf('=', StringComparison.Ordinal);
            if (end > 0 && Uri.UnescapeDataString(parts[i][..end]).Equals("token", StringComparison.OrdinalIgnoreCase)) parts[i] = "token=***";
        }
        return string.Concat(url.AsSpan(0, start + 1), string.Join('&', parts));
    }
}
