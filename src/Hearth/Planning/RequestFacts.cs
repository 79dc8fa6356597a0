using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics.Journeys;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>What rules can ask of a request: <c>@request.*</c> (contract 2.4). Made once, changes no more.</summary>
public sealed record RequestFacts
{
    /// <summary>Facts of work that came from no request.</summary>
    public static RequestFacts None { get; } = new() { Caller = Caller.System };

    /// <summary>Facts of work that a person asked for on the command line.</summary>
    public static RequestFacts CommandLine { get; } = new() { Caller = Caller.System, IsCommandLine = true };

    /// <summary>Who asks.</summary>
    public required Caller Caller { get; init; }

    /// <summary>Address of the client (contract 10.4); empty when there is none. Rules cannot ask for it.</summary>
    public string Client { get; init; } = "";

    /// <summary>The <c>User-Agent</c> header, or on the command line who runs it on which machine. Rules cannot ask for it here.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Id of the session that asks; empty when there is none. Rules cannot ask for it.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>A person asked on the command line.</summary>
    public bool IsCommandLine { get; init; }

    /// <summary>The work of the program itself: no request, no command.</summary>
    public bool IsProgram => ReferenceEquals(Caller, Caller.System) && !IsCommandLine && Client.Length == 0;

    /// <summary>HTTP method; for an item of a batch the item's.</summary>
    public string Method { get; init; } = "GET";

    /// <summary><c>default</c>, <c>batch</c>, <c>expand</c>, <c>realtime</c>, <c>oauth2</c>, <c>otp</c>, <c>password</c> or <c>protectedFile</c>.</summary>
    public string Context { get; init; } = "default";

    /// <summary>First value of each query parameter.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>First value of each header, names lower-cased with <c>_</c> for everything that is not a word character.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What was submitted, after modifiers were resolved.</summary>
    public IReadOnlyDictionary<string, JsonElement> Body { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>What the submitted fields are going to hold, for rules of a write; null where nothing is written, and the body is only what was sent.</summary>
    internal IReadOnlyList<BodyValue>? BodyValues { get; init; }

    /// <summary>The moment that macros such as <c>@now</c> mean.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Where the steps of the request are noted.</summary>
    internal JourneyTicket Ticket { get; init; }

    /// <summary>The same while the request goes on; null when nothing is noted.</summary>
    internal Journey? Journey => Ticket.Open;
}

/// <summary>A submitted field with the value that it is going to hold, whatever form it was sent in.</summary>
internal readonly record struct BodyValue(Field Field, FieldValue Value);
