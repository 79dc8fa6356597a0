namespace Hearth.Schema;

/// <summary>What a collection asks of the sessions of its records.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// Each refresh voids the token that was refreshed for further refreshes, and one that comes again ends the session (RFC 9700, 4.14.2). Off by default,
    /// because apps that keep copies of a token in several places would sign their people out.
    /// </summary>
    public bool RotateRefresh { get; init; }
}
