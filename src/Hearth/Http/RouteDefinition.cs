using Hearth.Basics;
using Hearth.Http.Contracts;
using Hearth.Schema;

namespace Hearth.Http;

/// <summary>Answers a request: writes the response and returns null, or returns the fault to answer with.</summary>
public delegate ValueTask<Fault?> Handler(Exchange exchange);

/// <summary>Who may call a route at all; record routes decide by rules instead.</summary>
public enum Guard
{
    /// <summary>Anyone.</summary>
    None,

    /// <summary>Superusers only: 401 for guests, 403 for others.</summary>
    Superuser,

    /// <summary>Any signed-in record: 401 for guests.</summary>
    SignedIn,

    /// <summary>A signed-in record of the collection in the path: 401 for guests, 403 for others.</summary>
    SameCollection,
}

/// <summary>One route of the API, as data: how it is reached, who may call it, and what it does.</summary>
public sealed record RouteDefinition
{
    private static readonly string[] SigningUp = ["create", "signUp"];

    /// <summary>HTTP method; GET routes also answer HEAD.</summary>
    public required string Method { get; init; }

    /// <summary>Path pattern with <c>{name}</c> segments, such as <c>/api/collections/{collection}/records/{id}</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it does.</summary>
    public required Handler Handler { get; init; }

    /// <summary>Who may call it.</summary>
    public Guard Guard { get; init; } = Guard.None;

    /// <summary>Tags for rate-limit rules (contract 7.14), such as <c>list</c>; empty for path rules only.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The tags of a route that is asked for a collection: to add a record where people sign in is to sign up, too, so that a rule can speak of that alone.</summary>
    internal static IReadOnlyList<string> TagsIn(Collection collection, IReadOnlyList<string> tags) => collection.Type == CollectionType.Auth && tags is ["create"] ? SigningUp : tags;

    /// <summary>Most bytes of the body; null means 32 MiB where only superusers may call, and 256 KiB elsewhere. 0 or less means no limit.</summary>
    public long? BodyLimit { get; init; }

    /// <summary>Most bytes of the body where that depends on the request; takes the place of <see cref="BodyLimit"/>.</summary>
    public Func<Exchange, long>? BodyLimitBy { get; init; }

    /// <summary>The handler counts the request itself with <see cref="Exchange.CheckRate(Schema.Collection)"/>, after looking the collection up.</summary>
    public bool ChecksRateItself { get; init; }

    /// <summary>API keys may call it, because it looks at their scope itself, record by record. All other routes must stand in the scope.</summary>
    public bool LooksAtScope { get; init; }

    /// <summary>Not written to the request log when it succeeds.</summary>
    public bool QuietLog { get; init; }

    /// <summary>One plain sentence for the API reference: what a caller gets.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What a caller sends and gets, for the API reference; null describes neither.</summary>
    public RouteContract? Contract { get; init; }
}
