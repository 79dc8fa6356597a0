using System.Text.Json;

namespace Hearth.Features.Accounts.OAuth2.Providers;

/// <summary>Who signs in, as the service tells it.</summary>
/// <param name="Id">Id at the service; never empty.</param>
internal sealed record Person(string Id)
{
    /// <summary>Name for people; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the account; may be empty.</summary>
    public string Username { get; init; } = "";

    /// <summary>Mail address for which the service vouches; empty when it does not.</summary>
    public string Email { get; init; } = "";

    /// <summary>Address of a picture; may be empty.</summary>
    public string AvatarUrl { get; init; } = "";

    /// <summary>Everything that the service has told.</summary>
    public required JsonElement Raw { get; init; }

    /// <summary>With what it was asked.</summary>
    public required TokenGrant Grant { get; init; }
}

/// <summary>What a code was exchanged for (RFC 6749 5.1).</summary>
internal sealed record TokenGrant(string AccessToken, JsonElement Raw)
{
    /// <summary>May be empty.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>Identity token; may be empty.</summary>
    public string IdToken { get; init; } = "";

    /// <summary>When the access token ends; null when the service does not say.</summary>
    public DateTimeOffset? Expiry { get; init; }
}
