using System.Collections.Immutable;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>How a sign-in service works, as data: its addresses, what is asked for, and where in its answers a person is told.</summary>
/// <param name="Name">Name in options and requests, as in <see cref="Schema.Stock.SignInServices"/>.</param>
internal sealed record ProviderDefinition(string Name)
{
    /// <summary>Where people are sent; empty when it must be configured.</summary>
    public string AuthUrl { get; init; } = "";

    /// <summary>Where a code becomes a token; empty when it must be configured.</summary>
    public string TokenUrl { get; init; } = "";

    /// <summary>Where the person is told; empty when the identity token tells it, or when it must be configured.</summary>
    public string UserUrl { get; init; } = "";

    /// <summary>What is asked for.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>PKCE (RFC 7636) unless the options say otherwise.</summary>
    public bool Pkce { get; init; } = true;

    /// <summary>Further parameters of the address where people are sent.</summary>
    public ImmutableArray<(string Name, string Value)> AuthParameters { get; init; } = [];

    /// <summary>The client proves itself with HTTP Basic at the token endpoint (RFC 6749 2.3.1) instead of with fields of the form.</summary>
    public bool UsesBasic { get; init; }

    /// <summary>The token endpoint takes JSON instead of a form.</summary>
    public bool TakesJson { get; init; }

    /// <summary>Further headers when the person is asked for; <c>{clientId}</c> stands for the client id.</summary>
    public ImmutableArray<(string Name, string Value)> UserHeaders { get; init; } = [];

    /// <summary>A GraphQL question that is posted to <see cref="UserUrl"/>; empty for a plain GET.</summary>
    public string Question { get; init; } = "";

    /// <summary>Where in the answer a person is told.</summary>
    public required PersonShape Person { get; init; }

    /// <summary>A list of addresses to ask for, where the person's own data does not say which are verified.</summary>
    public EmailList? Emails { get; init; }

    /// <summary>The person is told by an identity token (OpenID Connect Core 2).</summary>
    public IdentityTokenRules? Identity { get; init; }

    /// <summary>The service may be described by its discovery document, and its claims may be mapped.</summary>
    public bool IsOpenId { get; init; }
}

/// <summary>
/// Where in the JSON of a service a person is told. Each place is a path such as <c>data.0.id</c>. <c>a|b</c> takes the first that is not empty,
/// <c>a+b</c> joins with a blank, and a text that begins with <c>https://</c> is filled at <c>{path}</c>, or empty when one of these is.
/// </summary>
internal sealed record PersonShape(string Id)
{
    /// <summary>Name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the account.</summary>
    public string Username { get; init; } = "";

    /// <summary>Mail address; only where the service vouches for it.</summary>
    public string Email { get; init; } = "";

    /// <summary>
    /// What must hold for the address to count: a path whose value is true (<c>verified</c>), is there at all (<c>confirmed_at?</c>), is a given one
    /// (<c>state=confirmed</c>; <c>state?=active</c> when it is told at all), or is nothing (<c>!suspended_at</c>); <c>&amp;</c> stands between several. Empty: the
    /// service tells verified addresses only.
    /// </summary>
    public string EmailHolds { get; init; } = "";

    /// <summary>Address of a picture.</summary>
    public string AvatarUrl { get; init; } = "";

    /// <summary>What must hold for the account to be usable at all, in the same form; empty for nothing.</summary>
    public string Holds { get; init; } = "";
}

/// <summary>A list of a person's addresses.</summary>
/// <param name="Url">Relative to where the person is told, so that it moves with it.</param>
/// <param name="Items">Path of the list; empty when it is the whole answer.</param>
/// <param name="Holds">What must hold for the address to count, in the form of <see cref="PersonShape.EmailHolds"/>.</param>
internal sealed record EmailList(string Url, string Items, params ImmutableArray<string> Holds);

/// <summary>What an identity token must satisfy.</summary>
/// <param name="JwksUrl">Keys of the issuer.</param>
/// <param name="Issuer">The issuer; <c>{claim}</c> stands for a claim of the token itself.</param>
internal sealed record IdentityTokenRules(string JwksUrl, string Issuer);
