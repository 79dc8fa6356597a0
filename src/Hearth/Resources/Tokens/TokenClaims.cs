namespace Hearth.Resources.Tokens;

/// <summary>What a token says.</summary>
/// <param name="Kind">What it is good for.</param>
/// <param name="RecordId">Id of its record.</param>
/// <param name="CollectionId">Id of its record's collection.</param>
/// <param name="Expires">When it ends.</param>
public sealed record TokenClaims(TokenKind Kind, string RecordId, string CollectionId, DateTimeOffset Expires)
{
    /// <summary>For auth tokens: it may be exchanged for a newer one.</summary>
    public bool Refreshable { get; init; }

    /// <summary>For auth tokens: the session that must still be there; empty for those that need none.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>For auth tokens of sessions whose refresh rotates: which one of its tokens this is, from 0.</summary>
    public long Generation { get; init; }

    /// <summary>For file tokens: the hash of the API key that asked for it; empty for those that came with a sign-in. What the key may not see, they do not show.</summary>
    public string KeyHash { get; init; } = "";

    /// <summary>For verification, password reset and mail change: the address it was made for.</summary>
    public string Email { get; init; } = "";

    /// <summary>For mail change: the new address.</summary>
    public string NewEmail { get; init; } = "";
}
