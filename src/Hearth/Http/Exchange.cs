using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Data;
using Hearth.Http.Input;
using Hearth.Http.Output;
using Hearth.Planning;
using Hearth.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.Http;

/// <summary>One request and its answer: who calls, which schema holds, the readers of the input, the writers of the output.</summary>
public sealed class Exchange(HttpContext http, RouteDefinition route, ServerParts parts) : IDisposable
{
    private JsonAnswer? answer;
    private RequestFacts? facts;
    private Outcome<RequestBody>? body;

    /// <summary>The HTTP request and response themselves.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>The route that was matched.</summary>
    public RouteDefinition Route { get; } = route;

    /// <summary>What all exchanges of the app share.</summary>
    public ServerParts Parts { get; } = parts;

    /// <summary>The schema for the whole request.</summary>
    public SchemaSnapshot Schema { get; } = parts.Schema();

    /// <summary>Who calls.</summary>
    public Caller Caller { get; internal set; } = Caller.Guest;

    /// <summary>The token that the caller showed; empty for guests.</summary>
    public string Token { get; internal set; } = "";

    /// <summary>The session that the caller's token belongs to; empty when it has none.</summary>
    public string SessionId { get; internal set; } = "";

    /// <summary>The parsed <c>fields</c> parameter; null when every key is wanted.</summary>
    public FieldPicker? Picker { get; internal set; }

    /// <summary>The steps of the request; null when nothing is recorded and nobody may see times.</summary>
    internal Journey? Journey { get; set; }

    /// <summary>The entry of the log that a superuser who asked for the journey finds it in; null when nobody did.</summary>
    internal string? AskedAs { get; set; }

    /// <summary>The answer was known from before.</summary>
    internal bool WasKnown { get; private set; }

    /// <summary>Cancelled when the client goes away or the app stops.</summary>
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>What rules can ask of this request. The body is empty; see <see cref="FactsWith"/>.</summary>
    public RequestFacts Facts => facts ??= new RequestFacts
    {
        Caller = Caller,
        Method = Http.Request.Method == "HEAD" ? "GET" : Http.Request.Method,
        Query = Http.Request.QueryString.HasValue ? new QueryFacts(Http.Request.Query) : ImmutableDictionary<string, string>.Empty,
        Headers = new HeaderFacts(Http.Request.Headers),
        Client = Address,
        SessionId = SessionId,
        UserAgent = Http.Request.Headers.UserAgent.Count > 0 ? Http.Request.Headers.UserAgent[0] ?? "" : "",
        Now = Parts.Clock.GetUtcNow(),
        Ticket = Journey?.Ticket ?? default,
    };

    /// <summary>The facts with a body and a context such as <c>password</c>.</summary>
    public RequestFacts FactsWith(IReadOnlyDictionary<string, JsonElement> body, string context = "default") => Facts with { Body = body, Context = context };

    /// <summary>A segment of the path, decoded once: an encoded slash stays inside its segment.</summary>
    public string PathValue(string name)
    {
        var value = Http.Request.RouteValues[name] as string ?? "";
        return value.Contains('%') ? RawSegment(name) ?? value : value;
    }

    /// <summary>The first value of a query parameter; empty when absent.</summary>
    public string Query(string name) =>
        Http.Request.QueryString.HasValue && Http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : "";

    /// <summary>
    /// A session to read records with for the answer: on a copy of the data where there is one, unless the caller has written something in the last seconds.
    /// </summary>
    /// <param name="once">It is for one question.</param>
    public ValueTask<ReadSession> ReadAsync(bool once)
    {
        var engine = Parts.Engine;
        if (engine.HasCopy && !Parts.Writers.Contains(Caller, Address)) return Followed(engine.ReadCopyAsync(Schema.Version, once, Stop));
        return Followed(once ? engine.ReadOnceAsync(Stop) : engine.ReadAsync(Stop));
    }

    /// <summary>The same for a search that may take so long; null is the engine's own limit.</summary>
    public async ValueTask<ReadSession> ReadAsync(bool once, TimeSpan? limit)
    {
        var session = await ReadAsync(once);
        if (limit is { } longest) session.LimitTo(longest);
        return session;
    }

    private ValueTask<ReadSession> Followed(ValueTask<ReadSession> opening)
    {
        if (Journey is null) return opening;
        if (!opening.IsCompletedSuccessfully) return WaitAsync(opening, Journey);
        var session = opening.Result;
        session.Follow(Journey);
        return new(session);
    }

    private static async ValueTask<ReadSession> WaitAsync(ValueTask<ReadSession> opening, Journey journey)
    {
        var began = journey.Now;
        var session = await opening;
        journey.Wait(journey.Now - began);
        session.Follow(journey);
        return session;
    }

    /// <summary>The caller is about to write, or just has: what it reads in the next seconds must have that.</summary>
    internal void NoteWrite()
    {
        if (Parts.Engine.HasCopy && Http.Request.Method is not ("GET" or "HEAD" or "OPTIONS")) Parts.Writers.Add(Caller, Address);
    }

    private string Address => ClientAddress.Text(ClientAddress.Of(Http, Parts.Settings.Current.TrustedProxy));

    /// <summary>Times a step, such as <c>plan</c> or <c>run</c>; dispose what is returned to end it.</summary>
    public Stage Step(string name) => Stages.Begin(Journey, name);

    /// <summary>
    /// Reads the whole body: JSON object, multipart or form (contract 1.3, 1.4). Everything wrong with it is a 4xx; <paramref name="message"/>
    /// replaces the default message when it cannot be decoded.
    /// </summary>
    public async ValueTask<Outcome<RequestBody>> ReadBodyAsync(string? message = null) => body ??= await ReadNotedAsync(message);

    private async ValueTask<Outcome<RequestBody>> ReadNotedAsync(string? message)
    {
        var began = Journey?.Now ?? 0;
        var read = await BodyReader.ReadAsync(Http, message, Stop);
        if (Journey is null || (!read.Failed(out _, out var got) && ReferenceEquals(got, RequestBody.Empty))) return read;
        var type = Http.Request.ContentType ?? "";
        var kind = type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) ? "multipart" : type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? "json" : "form";
        Journey.Body(began, kind, Http.Request.ContentLength ?? -1);
        return read;
    }

    /// <summary>The same request from the start, with the schema of now; a body that was read stays read.</summary>
    internal Exchange Again() => new(Http, Route, Parts) { body = body, Journey = Journey, AskedAs = AskedAs };

    /// <summary>
    /// Counts this request against the rate limits, for routes with <see cref="RouteDefinition.ChecksRateItself"/>. Returns the 429 when it is one too many.
    /// </summary>
    public Fault? CheckRate(Collection collection) => CheckRate(collection.Name, RouteDefinition.TagsIn(collection, Route.Tags));

    /// <summary>Counts a request of another kind, such as an item of a batch.</summary>
    public Fault? CheckRate(string collection, IReadOnlyList<string> tags)
    {
        if (!Parts.Settings.Current.RateLimits.Enabled) return null;
        var question = new RateQuestion(ClientAddress.Of(Http, Parts.Settings.Current.TrustedProxy), Caller, Http.Request.Method, Http.Request.Path.Value ?? "", collection, tags);
        var refused = Parts.Rates.Check(question, out var count);
        if (count.Rule is { } rule) Journey?.Limits(rule.Label, rule.MaxRequests, count.Used);
        return refused;
    }

    /// <summary>
    /// Begins a JSON response; finish it with <see cref="SendJsonAsync"/>. Until something is sent a returned fault still takes its place.
    /// <paramref name="paged"/>: the body is a page, and <c>fields</c> applies to its <c>items</c>.
    /// </summary>
    public Utf8JsonWriter StartJson(int status = StatusCodes.Status200OK, bool paged = false) =>
        (answer ??= Parts.RentAnswer()).Start(Http, status, Picker, paged);

    /// <summary>Sends what a long response has so far. Call it between rows, and with no session in hand: the client may take its time.</summary>
    public async ValueTask<Fault?> FlushJsonAsync() => answer is null ? null : await SendLargeAsync(answer, isPart: true, tag: false, keep: null);

    /// <summary>
    /// Sends the JSON response that <see cref="StartJson"/> began. With <paramref name="tag"/> it carries a strong entity tag of its bytes
    /// and becomes a 304 when the client already has them. <paramref name="keep"/> is handed the body and the tag, and must copy the bytes.
    /// </summary>
    public async ValueTask<Fault?> SendJsonAsync(bool tag = false, Action<ReadOnlyMemory<byte>, string>? keep = null)
    {
        if (answer is null) throw new InvalidOperationException("StartJson was not called.");
        Journey?.Answering();
        if (answer.Length < UnsentAnswers.Least)
        {
            await answer.SendAsync(tag, Stop, keep);
            return null;
        }
        return await SendLargeAsync(answer, isPart: false, tag, keep);
    }

    // For as long as the client takes, the answer waits in memory.
    private async ValueTask<Fault?> SendLargeAsync(JsonAnswer large, bool isPart, bool tag, Action<ReadOnlyMemory<byte>, string>? keep)
    {
        var (client, length) = (ClientAddress.Of(Http, Parts.Settings.Current.TrustedProxy), large.Length);
        // What has begun goes on.
        if (!Parts.Unsent.TryAdd(client, length))
        {
            if (!Http.Response.HasStarted) return Fault.Of(429, "answers.unread", "Too many large answers wait for you. Read them before you ask for more.") with { RetryAfter = 1 };
            length = 0;
        }
        try
        {
            await (isPart ? large.FlushAsync(Stop) : large.SendAsync(tag, Stop, keep));
            return null;
        }
        finally
        {
            if (length > 0) Parts.Unsent.Remove(client, length);
        }
    }

    /// <summary>Sends a body that is known from before.</summary>
    public async ValueTask<Fault?> SendKnownAsync(KnownAnswer known)
    {
        WasKnown = true;
        await JsonAnswer.SendKnownAsync(Http, known, Stop);
        return null;
    }

    /// <summary>Answers 204.</summary>
    public ValueTask<Fault?> NoContent()
    {
        Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return ValueTask.FromResult<Fault?>(null);
    }

    /// <summary>Gives back what was rented.</summary>
    public void Dispose()
    {
        if (answer is null) return;
        Parts.Return(answer);
        answer = null;
    }

    // The server leaves %2F as it is and decodes the rest, so that %252F and %2F look alike afterwards: decode the raw segment instead.
    private string? RawSegment(string name)
    {
        var raw = Http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = raw.IndexOf('?');
        var segments = (query < 0 ? raw : raw[..query]).Split('/');
        var wanted = Route.Path.Split('/');
        var index = Array.IndexOf(wanted, "{" + name + "}");
        return index >= 0 && segments.Length == wanted.Length ? Uri.UnescapeDataString(segments[index]) : null;
    }
}
