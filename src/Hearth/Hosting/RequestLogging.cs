using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Hosting;

/// <summary>Hands one request to the log (contract 10.6).</summary>
internal static class RequestLogging
{
    private const int Info = 0;
    private const int Error = 8;

    // What clients send is theirs to choose, and stands in every entry.
    private const int LongestUrl = 2000;
    private const int LongestAgent = 500;

    public static void Write(Exchange exchange, Fault? fault, long started, long ended)
    {
        var (http, parts) = (exchange.Http, exchange.Parts);
        var (settings, took) = (parts.Settings.Current, parts.Clock.GetElapsedTime(started, ended));
        var level = fault is null ? Info : Error;
        var status = fault?.Status ?? http.Response.StatusCode;
        // What is not logged is open for as long as its client wishes, or is there to look at the others.
        if (fault is not null || !exchange.Route.QuietLog) parts.Traffic.Add(started, ended, status, exchange.Journey);
        var logs = settings.Logs.MaxDays > 0 && (exchange.AskedAs is not null || ((fault is not null || !exchange.Route.QuietLog) && level >= settings.Logs.MinLevel));
        var journey = JourneyOf(exchange, settings, logs, status, took, ended);
        if (!logs) return;
        var headers = http.Request.Headers;
        var wasCut = false;
        var entry = new LogEntry
        {
            Id = exchange.AskedAs,
            At = parts.Clock.GetUtcNow(),
            Level = level,
            Method = http.Request.Method,
            Url = Cut(SafeUrl(http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? ""), LongestUrl, ref wasCut),
            Status = status,
            Took = took,
            Auth = exchange.Caller.Collection?.Name ?? "",
            AuthId = settings.Logs.LogAuthId ? exchange.Caller.Id : "",
            Referer = headers.Referer.Count > 0 ? Cut(SafeUrl(headers.Referer[0] ?? ""), LongestUrl, ref wasCut) : "",
            UserAgent = headers.UserAgent.Count > 0 ? Cut(headers.UserAgent[0] ?? "", LongestAgent, ref wasCut) : "",
            UserIP = settings.Logs.LogIP ? ClientAddress.Of(http, settings.TrustedProxy) : null,
            RemoteIP = settings.Logs.LogIP ? ClientAddress.OfSocket(http) : null,
            Error = fault?.Message,
            Details = fault?.Cause,
            Journey = journey,
        };
        parts.Log.Add(wasCut ? entry with { WasCut = true } : entry);
    }

    private static string Cut(string text, int longest, ref bool wasCut)
    {
        if (text.Length <= longest) return text;
        wasCut = true;
        return text[..longest];
    }

    // The end of the journey: handed to the log when it is kept, and to the next request when not.
    private static KeptJourney? JourneyOf(Exchange exchange, AppSettings settings, bool logs, int status, TimeSpan took, long ended)
    {
        if (exchange.Journey is not { } journey) return null;
        exchange.Journey = null;
        var parts = exchange.Parts;
        if (!logs || !settings.Journeys.Enabled || parts.Journeys.WhyKept(settings.Journeys, exchange.AskedAs is not null, status, took) is not { } why)
        {
            parts.Journeys.Return(journey);
            return null;
        }
        var caller = exchange.Caller;
        var named = settings.Logs.LogAuthId || exchange.AskedAs is not null;
        journey.NameCaller(
            caller.IsGuest ? "guest" : caller.Scope is not null ? "key" : caller.IsSuperuser ? "superuser" : "record",
            caller.Collection?.Name,
            named && !caller.IsGuest ? caller.Id : null,
            named ? NameOf(caller) : null);
        journey.End(ended, status, exchange.Http.Response.ContentLength ?? -1, exchange.WasKnown);
        return new KeptJourney(journey, why, parts.Engine.Kind, parts.Engine.IsShared ? parts.Engine.Node : null);
    }

    private static string? NameOf(Caller caller)
    {
        if (caller.IsGuest) return null;
        return caller.Get("name").AsText is { Length: > 0 } name ? name : caller.Get("email").AsText is { Length: > 0 } email ? email : null;
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
