using System.Collections.Immutable;

namespace Hearth.Schema;

/// <summary>Subject and HTML body of a mail with placeholders (contract 13).</summary>
public sealed record MailTemplate(string Subject, string Body)
{
    /// <summary>
    /// The same in other languages, by tags such as <c>de</c> or <c>pt-BR</c> (BCP 47). Hearth's own: on the wire the key <c>languages</c>, which is left out
    /// when there are none.
    /// </summary>
    public IReadOnlyDictionary<string, MailTemplate> Languages { get; init; } = ImmutableDictionary<string, MailTemplate>.Empty;

    /// <summary>Default verification mail.</summary>
    public static MailTemplate Verification { get; } = new(
        "Verify your {APP_NAME} email",
        "<p>Hello,</p>\n<p>Thank you for joining {APP_NAME}. Please confirm that this address is yours.</p>\n<p><a class=\"btn\" href=\"{APP_URL}/_/#/auth/confirm-verification/{TOKEN}\" target=\"_blank\" rel=\"noopener\">Verify</a></p>\n<p>If you did not sign up, you can ignore this message.</p>\n<p>Kind regards,<br/>{APP_NAME}</p>");

    /// <summary>Default password reset mail.</summary>
    public static MailTemplate ResetPassword { get; } = new(
        "Reset your {APP_NAME} password",
        "<p>Hello,</p>\n<p>Somebody, hopefully you, asked for a new password. Choose one here:</p>\n<p><a class=\"btn\" href=\"{APP_URL}/_/#/auth/confirm-password-reset/{TOKEN}\" target=\"_blank\" rel=\"noopener\">Reset password</a></p>\n<p><i>If it was not you, you can ignore this message; your password stays as it is.</i></p>\n<p>Kind regards,<br/>{APP_NAME}</p>");

    /// <summary>Default mail change mail.</summary>
    public static MailTemplate ConfirmEmailChange { get; } = new(
        "Confirm your {APP_NAME} new email address",
        "<p>Hello,</p>\n<p>Please confirm that you want to use this address from now on.</p>\n<p><a class=\"btn\" href=\"{APP_URL}/_/#/auth/confirm-email-change/{TOKEN}\" target=\"_blank\" rel=\"noopener\">Confirm new email</a></p>\n<p><i>If you did not ask for this, you can ignore this message.</i></p>\n<p>Kind regards,<br/>{APP_NAME}</p>");

    /// <summary>Default one-time code mail.</summary>
    public static MailTemplate Otp { get; } = new(
        "OTP for {APP_NAME}",
        "<p>Hello,</p>\n<p>Your one-time code is <strong>{OTP}</strong></p>\n<p><i>If you did not ask for it, you can ignore this message.</i></p>\n<p>Kind regards,<br/>{APP_NAME}</p>");

    /// <summary>Default mail on a sign-in from a new place.</summary>
    public static MailTemplate AuthAlert { get; } = new(
        "Login from a new location",
        "<p>Hello,</p>\n<p>Your {APP_NAME} account was just used from a new place:</p>\n<p><em>{ALERT_INFO}</em></p>\n<p><strong>If it was not you, change your password at once: that signs out every other place.</strong></p>\n<p>If it was you, there is nothing to do.</p>\n<p>Kind regards,<br/>{APP_NAME}</p>");
}
