using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Input;
using Hearth.Http.Output;
using Hearth.Planning;
using Hearth.Resources.Settings;
using Hearth.Resources.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Hosting;

/// <summary>The way of every request through the server, in the order of contract 1.12. Read <see cref="RunAsync"/> and <see cref="AnswerAsync"/>.</summary>
internal sealed class RequestPipeline(ServerParts parts, CallerReader callers, OriginList origins, CrashGuard crashes)
{
    // Somebody who changes the schema step by step can overtake a request more than once; ten times in a row means that something is wrong.
    private const int MostTries = 10;

    /// <summary>Longest path with query, in bytes.</summary>
    public const int LongestTarget = 32 * 1024;

    private const long SuperuserBodyLimit = 32 * 1024 * 1024;
    private const long OpenBodyLimit = 256 * 1024; // what anybody may send should cost little

    /// <summary>Answers one request to a route.</summary>
    public async Task RunAsync(HttpContext http, RouteDefinition route)
    {
        if (CanonicalPath.Redirects(http)) return;
        var started = parts.Clock.GetTimestamp();
        CommonHeaders.Write(http, origins);
        var exchange = new Exchange(http, route, parts) { Journey = parts.Settings.Current.Journeys.Enabled ? parts.Journeys.Begin(started) : null };
        for (var tries = 1; !await TryAsync(exchange, started, mayBeStale: tries < MostTries); tries++) exchange = exchange.Again();
    }

    /// <summary>
    /// One try at an answer. False when the schema was changed under it: then the database refused what was planned with the old one, nothing
    /// was done or sent, and the request is worth another try.
    /// </summary>
    private async Task<bool> TryAsync(Exchange request, long started, bool mayBeStale)
    {
        using var exchange = request;
        Fault? fault;
        try
        {
            fault = await AnswerAsync(exchange);
            if (fault is not null) await FaultWriter.WriteAsync(exchange.Http, fault, exchange.Stop);
        }
        catch (Exception e)
        {
            var thrown = e;
            if (mayBeStale && !exchange.Http.Response.HasStarted && e is DataException { Fault.Kind: DataFaultKind.Stale or DataFaultKind.Statement } refused)
            {
                try
                {
                    if (await IsOvertakenAsync(exchange, refused)) return false;
                }
                catch (Exception away)
                {
                    // The database was lost while it was asked.
                    thrown = away;
                }
            }
            fault = await crashes.AnswerAsync(exchange, thrown);
        }
        RequestLogging.Write(exchange, fault, started, parts.Clock.GetTimestamp());
        return true;
    }

    // Waits for the change that is under way. One that is refused leaves the schema as it was, but keeps writes away for as long as it is tried.
    private async ValueTask<bool> IsOvertakenAsync(Exchange exchange, DataException refused)
    {
        var settled = await parts.SettledSchema(CancellationToken.None);
        return refused.Fault.Kind == DataFaultKind.Stale || settled.Version != exchange.Schema.Version;
    }

    private async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var settings = parts.Settings.Current;
        await LoadCallerAsync(exchange);
        await LookForAskingAsync(exchange, settings);
        ShowTimings(exchange);
        if (OutsideSuperuserNetworks(exchange, settings) is { } outside) return outside;
        if (CheckRate(exchange, settings) is { } limited) return limited;
        if (LimitTarget(exchange) is { } tooLong) return tooLong;
        if (LimitBody(exchange) is { } tooLarge) return tooLarge;
        if (CheckGuard(exchange) is { } refused) return refused;
        if (ReadPicker(exchange) is { } wrongFields) return wrongFields;
        // Before and behind it: the answer may be read before the handler has returned, and the handler may take long.
        exchange.NoteWrite();
        try
        {
            using (exchange.Step("answer")) return await exchange.Route.Handler(exchange);
        }
        finally
        {
            exchange.NoteWrite();
        }
    }

    private async ValueTask LoadCallerAsync(Exchange exchange)
    {
        var (header, journey) = (exchange.Http.Request.Headers.Authorization, exchange.Journey);
        if (header.Count == 0 || string.IsNullOrEmpty(header[0]))
        {
            journey?.Caller(journey.Started, journey.Started);
            return;
        }
        var token = header[0]!; // not empty, as just seen
        if (token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) token = token["Bearer ".Length..].Trim();
        if (await callers.FindAsync(token, TokenKind.Auth, exchange.Schema, exchange.Stop) is { } found)
        {
            (exchange.Caller, exchange.Token, exchange.SessionId) = (found.Caller, token, found.Claims.SessionId);
        }
        journey?.Caller(journey.Started, journey.Now);
    }

    // A superuser may ask for a request of its own, or for one that it makes as somebody else or as nobody. Proxies write this header down, so what it proves that with opens nothing.
    private async ValueTask LookForAskingAsync(Exchange exchange, AppSettings settings)
    {
        var header = exchange.Http.Request.Headers[Journeys.Header];
        if (header.Count == 0 || exchange.AskedAs is not null || exchange.Journey is null) return;
        var asks = header[0] is null or "" or "1" or "true"
            ? exchange.Caller
            : (await callers.FindAsync(header[0]!, TokenKind.Journey, exchange.Schema, exchange.Stop))?.Caller; // not null, as just seen
        if (asks is not { IsSuperuser: true, Scope: null } || !SuperuserNetworks.Allow(exchange.Http, settings) || settings.Logs.MaxDays == 0) return;
        exchange.Http.Response.Headers[Journeys.Header] = exchange.AskedAs = RandomText.RecordId();
    }

    private void ShowTimings(Exchange exchange)
    {
        if (!parts.Development && !exchange.Caller.IsSuperuser) return;
        var journey = exchange.Journey ??= parts.Journeys.Begin(parts.Clock.GetTimestamp());
        if (journey.ShowsStages) return; // another try of the same request
        journey.ShowsStages = true;
        exchange.Http.Response.OnStarting(
            static state =>
            {
                var (response, ticket) = ((HttpResponse, JourneyTicket))state;
                if (ticket.Open is { } shown) response.Headers["Server-Timing"] = Stages.Header(shown);
                return Task.CompletedTask;
            },
            (exchange.Http.Response, journey.Ticket));
    }

    private static Fault? OutsideSuperuserNetworks(Exchange exchange, AppSettings settings) =>
        settings.SuperuserIPs.Count == 0 || !exchange.Caller.IsSuperuser || SuperuserNetworks.Allow(exchange.Http, settings)
            ? null
            : Fault.Forbidden("superusers.network");

    private static Fault? CheckRate(Exchange exchange, AppSettings settings)
    {
        var route = exchange.Route;
        if (route.ChecksRateItself) return null;
        if (route.Tags.Count == 0) return settings.RateLimits.Enabled ? exchange.CheckRate("", route.Tags) : null;
        return exchange.Schema.Find(exchange.PathValue("collection")) is { } collection
            ? exchange.CheckRate(collection)
            : Fault.NotFound("collections.not_found", "Missing or invalid collection context.");
    }

    private static Fault? LimitTarget(Exchange exchange) => exchange.Http.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > LongestTarget
        ? Fault.Of(StatusCodes.Status414UriTooLong, "request.target_too_long", $"The address is longer than {LongestTarget / 1024} KiB. Send less in its query.")
        : null;

    private static Fault? LimitBody(Exchange exchange)
    {
        var route = exchange.Route;
        var limit = route.BodyLimitBy?.Invoke(exchange) ?? route.BodyLimit ?? (route.Guard == Guard.Superuser ? SuperuserBodyLimit : OpenBodyLimit);
        var isTooLarge = limit > 0 && exchange.Http.Request.ContentLength > limit;
        // The server counts chunked bodies while they are read. One of which it is known before is not told to it: it would cut the connection before the client has
        // sent enough to read the answer, where it otherwise reads on for some seconds and throws away.
        if (exchange.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit <= 0 || isTooLarge ? null : limit;
        return isTooLarge ? BodyReader.TooLarge : null;
    }

    private static Fault? CheckGuard(Exchange exchange)
    {
        var (caller, route) = (exchange.Caller, exchange.Route);
        if (caller.Scope is { } scope && !route.LooksAtScope && !scope.AllowsRoute(route.Method, route.Path))
        {
            return Fault.Forbidden("caller.out_of_scope", "The API key is not allowed to perform this action.");
        }
        if (exchange.Route.Guard == Guard.None) return null;
        if (caller.IsGuest) return Fault.Unauthorized("caller.guest", "The request requires valid record authorization token.");
        return exchange.Route.Guard switch
        {
            Guard.Superuser when !caller.IsSuperuser => Fault.Forbidden("caller.not_superuser", "The authorized record is not allowed to perform this action."),
            Guard.SameCollection when exchange.Schema.Find(exchange.PathValue("collection"))?.Id != caller.Collection?.Id =>
                Fault.Forbidden("caller.other_collection", $"The request requires auth record from {caller.Collection?.Name} collection."),
            _ => null,
        };
    }

    private static Fault? ReadPicker(Exchange exchange)
    {
        if (!exchange.Http.Request.QueryString.HasValue) return null;
        var picker = FieldPicker.Parse(exchange.Query("fields"));
        if (picker.Failed(out var fault)) return fault;
        exchange.Picker = picker.Value;
        return null;
    }
}
