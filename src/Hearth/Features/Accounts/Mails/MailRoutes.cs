using Hearth.Basics;
using Hearth.Http;
using Hearth.Records.Writing;
using Hearth.Resources.Tries;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>What happens by mail: proving an address, a new password, another address, one-time codes (contract 7.7 and 7.11 to 7.13).</summary>
internal static class MailRoutes
{
    private const string Path = "/api/collections/{collection}/";

    public static void Map(FeatureSetup setup, AccountMails mails, SignIn signIn)
    {
        var (verification, reset, change, codes) = (new VerificationMail(mails), new PasswordResetMail(mails), new EmailChangeMail(mails), new OtpMail(mails));
        setup.Mail.On(VerificationMail.Kind, verification);
        setup.Mail.On(PasswordResetMail.Kind, reset);
        setup.Mail.On(EmailChangeMail.Kind, change);
        setup.Mail.On(OtpMail.Kind, codes);
        var tries = new TryBook(setup.Engine, setup.Clock);
        setup.Jobs.Add("__pbOTPCleanup__", "0 * * * *", stop => EndedCodes.RemoveAsync(setup, SystemRecords.Otps, options => options.Otp.Duration, stop), isSystem: true);
        setup.Jobs.Add("__pbMFACleanup__", "0 * * * *", stop => EndedCodes.RemoveAsync(setup, SystemRecords.Mfas, options => options.Mfa.Duration, stop), isSystem: true);
        setup.Jobs.Add("__hearthTriesCleanup__", "0 * * * *", tries.TidyAsync, isSystem: true);

        setup.Map(Route("request-verification", ["requestVerification"], verification.RequestAsync, "Sends a link that proves the address of an account."));
        setup.Map(Route("confirm-verification", ["confirmVerification"], verification.ConfirmAsync, "Proves an address by the token of a link."));
        setup.Map(Route("request-password-reset", ["requestPasswordReset"], reset.RequestAsync, "Sends a link with which to choose a new password."));
        setup.Map(Route("confirm-password-reset", ["confirmPasswordReset"], reset.ConfirmAsync, "Sets a new password by the token of a link."));
        setup.Map(Route("request-email-change", ["requestEmailChange"], change.RequestAsync, "Sends a link to a new address of the caller.") with { Guard = Guard.SameCollection });
        setup.Map(Route("confirm-email-change", ["confirmEmailChange"], change.ConfirmAsync, "Changes an address by the token of a link and the password."));
        setup.Map(Route("request-otp", ["requestOTP"], codes.RequestAsync, "Sends a one-time code and answers with its id."));
        setup.Map(Route("auth-with-otp", ["authWithOTP", "auth"], new OtpSignIn(mails, tries, signIn).AnswerAsync, "Signs in with a one-time code and answers with a token and the record."));
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/settings/test/email",
            Guard = Guard.Superuser,
            Handler = new TestMail(mails).AnswerAsync,
            Summary = "Sends a mail to try the settings out.",
        });
    }

    private static RouteDefinition Route(string name, string[] tags, Func<Exchange, Collection, ValueTask<Fault?>> answer, string summary) => new()
    {
        Method = "POST",
        Path = Path + name,
        Tags = tags,
        Handler = exchange => AccountsFeature.InCollection(exchange, answer),
        Summary = summary,
    };
}
