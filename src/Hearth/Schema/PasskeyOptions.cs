namespace Hearth.Schema;

/// <summary>Passkeys (WebAuthn) of a collection.</summary>
public sealed record PasskeyOptions
{
    /// <summary>Records may add passkeys and sign in with them. Off by default, as the contract does not have it.</summary>
    public bool Enabled { get; init; }

    /// <summary>Domain that the passkeys are for, such as <c>example.com</c> (WebAuthn's RP ID); empty means the host of <c>meta.appURL</c>. Changing it voids every passkey.</summary>
    public string RpId { get; init; } = "";

    /// <summary>Pages that may use them, such as <c>https://app.example.com</c>; empty means that of <c>meta.appURL</c>, and for localhost those of any port.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether the device must see that it is its owner (fingerprint, face, PIN): <c>required</c>, <c>preferred</c> or <c>discouraged</c>. Only with it a passkey is two factors in one.</summary>
    public string UserVerification { get; init; } = "required";
}
