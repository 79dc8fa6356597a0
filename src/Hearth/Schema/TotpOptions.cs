namespace Hearth.Schema;

/// <summary>Codes of an authenticator app (RFC 6238) as a second factor.</summary>
public sealed record TotpOptions
{
    /// <summary>Records may add one; who has one is asked for it at every sign-in. Off by default, as the contract does not have it.</summary>
    public bool Enabled { get; init; }
}
