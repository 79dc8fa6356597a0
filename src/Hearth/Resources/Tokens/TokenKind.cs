using Hearth.Schema;

namespace Hearth.Resources.Tokens;

/// <summary>What a token is good for (contract 7.1).</summary>
public enum TokenKind
{
    /// <summary>Signing in.</summary>
    Auth,

    /// <summary>Protected files.</summary>
    File,

    /// <summary>Confirming a mail address.</summary>
    Verification,

    /// <summary>Setting a new password.</summary>
    PasswordReset,

    /// <summary>Changing the mail address.</summary>
    EmailChange,

    /// <summary>A device that has shown two factors. Beyond the contract.</summary>
    Device,

    /// <summary>Asking for the journey of a request that is made as somebody else or as nobody; no right to anything. Beyond the contract.</summary>
    Journey,
}

/// <summary>Names and options of <see cref="TokenKind"/>.</summary>
public static class TokenKinds
{
    /// <summary>The claim <c>type</c>.</summary>
    public static string WireName(this TokenKind kind) => kind switch
    {
        TokenKind.File => "file",
        TokenKind.Verification => "verification",
        TokenKind.PasswordReset => "passwordReset",
        TokenKind.EmailChange => "emailChange",
        TokenKind.Device => "device",
        TokenKind.Journey => "journey",
        _ => "auth",
    };

    /// <summary>Lifetime and secret of a kind in a collection.</summary>
    public static TokenOptions OptionsOf(this TokenKind kind, AuthOptions auth) => kind switch
    {
        TokenKind.File => auth.FileToken,
        TokenKind.Verification => auth.VerificationToken,
        TokenKind.PasswordReset => auth.PasswordResetToken,
        TokenKind.EmailChange => auth.EmailChangeToken,
        TokenKind.Device => auth.AuthToken with { Duration = auth.Mfa.Remember },
        // It is asked for with each request that it goes along with.
        TokenKind.Journey => auth.FileToken with { Duration = 60 },
        _ => auth.AuthToken,
    };
}
