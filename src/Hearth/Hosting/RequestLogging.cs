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

    // Tokens of files and links travel in the query, and so does what a sign-in service sends back; a log must not become a key ring.
    private static string SafeUrl(string url)
    {
        var start = url.IndexOf('?', StringComparison.Ordinal) + 1;
        if (start > 0 && url.Contains("/oauth2-redirect?", StringComparison.Ordinal)) return string.Concat(url.AsSpan(0, start), "***");
        if (start == 0 || !HasToken(url.AsSpan(start))) return url;
        var parts = url[start..].Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            if (IsToken(parts[i])) parts[i] = Uri.UnescapeDataString(parts[i][..parts[i].IndexOf('=')]) + "=***";
        }
        return string.Concat(url.AsSpan(0, start), string.Join('&', parts));
    }

    private static bool HasToken(ReadOnlySpan<char> query)
    {
        foreach (var part in query.Split('&'))
        {
            if (IsToken(query[part])) return true;
        }
        return false;
    }

    private static bool IsToken(ReadOnlySpan<char> parameter)
    {
        var end = parameter.IndexOf('=');
        if (end <= 0) return false;
        var name = parameter[..end];
        return name.Contains('%') ? IsSecret(Uri.UnescapeDataString(name)) : IsSecret(name);
    }

    // The id of a first factor stands for it until it ends.
    private static bool IsSecret(ReadOnlySpan<char> name) => name.Equals("token", StringComparison.OrdinalIgnoreCase) || name.Equals("mfaId", StringComparison.OrdinalIgnoreCase);
}
