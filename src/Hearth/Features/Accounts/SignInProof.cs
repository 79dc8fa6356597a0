using System.Text.Json;

namespace Hearth.Features.Accounts;

/// <summary>What somebody has just proved to be who they say they are.</summary>
/// <param name="Method"><c>password</c>, <c>oauth2</c>, <c>otp</c>, <c>passkey</c>, <c>totp</c> or <c>recovery</c>: the context of rules, and what a second factor must differ from.</param>
/// <param name="Body">The submitted body, for rules and the <c>mfaId</c> of a second factor.</param>
internal sealed record SignInProof(string Method, IReadOnlyDictionary<string, JsonElement> Body)
{
    /// <summary>Writes the value of <c>meta</c> in the answer; null leaves it out.</summary>
    public Action<Utf8JsonWriter>? Meta { get; init; }

    /// <summary>It is two factors in one, such as a passkey that asked for a fingerprint: no other is asked for.</summary>
    public bool IsStrong { get; init; }

    /// <summary>The record was made by this sign-in.</summary>
    public bool IsNew { get; init; }
}
