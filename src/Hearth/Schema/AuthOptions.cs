namespace Hearth.Schema;

/// <summary>Options of an auth collection (contract 4.2). Durations are in seconds.</summary>
public sealed record AuthOptions
{
    /// <summary>Who may sign in: null nobody, empty anyone, else an expression over the record that signs in.</summary>
    public string? AuthRule { get; init; } = "";

    /// <summary>Who, besides superusers, manages accounts of this collection; null nobody.</summary>
    public string? ManageRule { get; init; }

    /// <summary>Mail on a sign-in from a new place.</summary>
    public AuthAlertOptions AuthAlert { get; init; } = new();

    /// <summary>Sign-in by password.</summary>
    public PasswordAuthOptions PasswordAuth { get; init; } = new();

    /// <summary>Sign-in through other services.</summary>
    public OAuth2Options OAuth2 { get; init; } = new();

    /// <summary>A second factor.</summary>
    public MfaOptions Mfa { get; init; } = new();

    /// <summary>Sign-in by one-time code.</summary>
    public OtpOptions Otp { get; init; } = new();

    /// <summary>Codes of an authenticator app as a second factor.</summary>
    public TotpOptions Totp { get; init; } = new();

    /// <summary>Passkeys.</summary>
    public PasskeyOptions Passkeys { get; init; } = new();

    /// <summary>API keys.</summary>
    public ApiKeyOptions ApiKeys { get; init; } = new();

    /// <summary>Sessions: what lasts after a sign-in.</summary>
    public SessionOptions Sessions { get; init; } = new();

    /// <summary>Sign-in tokens.</summary>
    public TokenOptions AuthToken { get; init; } = new(432_000);

    /// <summary>Tokens of password reset mails.</summary>
    public TokenOptions PasswordResetToken { get; init; } = new(1_800);

    /// <summary>Tokens of mail change mails.</summary>
    public TokenOptions EmailChangeToken { get; init; } = new(1_800);

    /// <summary>Tokens of verification mails.</summary>
    public TokenOptions VerificationToken { get; init; } = new(86_400);

    /// <summary>Tokens for protected files.</summary>
    public TokenOptions FileToken { get; init; } = new(180);

    /// <summary>Verification mail.</summary>
    public MailTemplate VerificationTemplate { get; init; } = MailTemplate.Verification;

    /// <summary>Password reset mail.</summary>
    public MailTemplate ResetPasswordTemplate { get; init; } = MailTemplate.ResetPassword;

    /// <summary>Mail change mail, sent to the new address.</summary>
    public MailTemplate ConfirmEmailChangeTemplate { get; init; } = MailTemplate.ConfirmEmailChange;
}

/// <summary>Mail on a sign-in from a new place.</summary>
public sealed record AuthAlertOptions
{
    /// <summary>Whether it is sent.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The mail.</summary>
    public MailTemplate EmailTemplate { get; init; } = MailTemplate.AuthAlert;
}

/// <summary>Sign-in by password.</summary>
public sealed record PasswordAuthOptions
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Take passwords that everybody guesses first, too. Hearth's own option, written on the wire only when it is on.</summary>
    public bool AllowTrivial { get; init; }

    /// <summary>Fields that name an account, each with a unique index.</summary>
    public IReadOnlyList<string> IdentityFields { get; init; } = ["email"];
}

/// <summary>Sign-in through other services.</summary>
public sealed record OAuth2Options
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>The services.</summary>
    public IReadOnlyList<OAuth2Provider> Providers { get; init; } = [];

    /// <summary>Fields that take over what the service tells: keys <c>id</c>, <c>name</c>, <c>username</c>, <c>avatarURL</c>; empty when unused.</summary>
    public OAuth2MappedFields MappedFields { get; init; } = new();
}

/// <summary>Names of fields that take over what a sign-in service tells; empty when unused.</summary>
public sealed record OAuth2MappedFields(string Id = "", string Name = "", string Username = "", string AvatarUrl = "");

/// <summary>One sign-in service.</summary>
public sealed record OAuth2Provider
{
    /// <summary>Name of a known service, such as <c>google</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Client id given by the service.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Client secret given by the service. Write-only on the wire.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Authorization endpoint; empty means the service's own.</summary>
    public string AuthUrl { get; init; } = "";

    /// <summary>Token endpoint; empty means the service's own.</summary>
    public string TokenUrl { get; init; } = "";

    /// <summary>User information endpoint; empty means the service's own.</summary>
    public string UserInfoUrl { get; init; } = "";

    /// <summary>Name shown to people; empty means the service's own.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Use PKCE (RFC 7636); null means the service's default.</summary>
    public bool? Pkce { get; init; }

    /// <summary>Further options as a JSON object text; null when there are none.</summary>
    public string? ExtraJson { get; init; }
}

/// <summary>A second factor.</summary>
public sealed record MfaOptions
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Seconds in which the second factor must follow.</summary>
    public long Duration { get; init; } = 600;

    /// <summary>Records that need it; empty means all.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Methods that count as the second factor: <c>password</c>, <c>oauth2</c>, <c>otp</c>, <c>passkey</c>, <c>totp</c>, <c>recovery</c>. Empty means any. Beyond the contract.</summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    /// <summary>Seconds for which a device that has shown two factors is not asked for the second again; 0 asks each time. Beyond the contract.</summary>
    public long Remember { get; init; }
}

/// <summary>Sign-in by one-time code.</summary>
public sealed record OtpOptions
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Seconds for which a code is good.</summary>
    public long Duration { get; init; } = 180;

    /// <summary>Digits of a code.</summary>
    public int Length { get; init; } = 8;

    /// <summary>The mail that carries it.</summary>
    public MailTemplate EmailTemplate { get; init; } = MailTemplate.Otp;
}

/// <summary>One kind of token.</summary>
/// <param name="Duration">Seconds for which a token is good.</param>
public sealed record TokenOptions(long Duration)
{
    /// <summary>Second half of the signing key. Write-only on the wire.</summary>
    public string Secret { get; init; } = "";
}
