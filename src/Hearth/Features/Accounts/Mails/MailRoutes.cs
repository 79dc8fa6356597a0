using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Records.Writing;
using Hearth.Resources.Tries;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>What happens by mail: proving an address, a new password, another address, one-time codes (contract 7.7 and 7.11 to 7.13).</summary>
internal static class MailRoutes
{
    private const string Path = "/api/collections/{collection}/";

    private static readonly RouteContract SentMail = RouteContract.GivesNothing("A mail is on its way if there is such an account.").Takes(Shape.Object("", ("email", Shape.Text())));

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

        setup.Map(Route("request-verification", ["requestVerification"], verification.RequestAsync, "Sends a link that proves the address of an account.", SentMail));
        setup.Map(Route("confirm-verification", ["confirmVerification"], verification.ConfirmAsync, "Proves an address by the token of a link.", RouteContract.GivesNothing("It is proved.").Takes(Shape.Object("", ("token", Shape.Text())))));
        setup.Map(Route("request-password-reset", ["requestPasswordReset"], reset.RequestAsync, "Sends a link with which to choose a new password.", SentMail));
        setup.Map(Route("confirm-password-reset", ["confirmPasswordReset"], reset.ConfirmAsync, "Sets a new password by the token of a link.", RouteContract.GivesNothing("It is set.").Takes(Shape.Object("", ("token", Shape.Text()), ("password", Shape.Text()), ("passwordConfirm", Shape.Text())))));
        setup.Map(Route("request-email-change", ["requestEmailChange"], change.RequestAsync, "Sends a link to a new address of the caller.", RouteContract.GivesNothing("It is on its way.").Takes(Shape.Object("", ("newEmail", Shape.Text())))) with { Guard = Guard.SameCollection });
        setup.Map(Route("confirm-email-change", ["confirmEmailChange"], change.ConfirmAsync, "Changes an address by the token of a link and the password.", RouteContract.GivesNothing("It is changed.").Takes(Shape.Object("", ("token", Shape.Text()), ("password", Shape.Text())))));
        setup.Map(Route("request-otp", ["requestOTP"], codes.RequestAsync, "Sends a one-time code and answers with its id.", RouteContract.Gives(Shape.Object("", ("otpId", Shape.Text())), "Id of the code, whether or not there is such an account.").AsksFields().Takes(Shape.Object("", ("email", Shape.Text())))));
        setup.Map(Route("auth-with-otp", ["authWithOTP", "auth"], new OtpSignIn(mails, tries, signIn).AnswerAsync, "Signs in with a one-time code and answers with a token and the record.", SignInContract.Of(("otpId", Shape.Text()), ("password", Shape.Text("The code.")))));
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/settings/test/email",
            Guard = Guard.Superuser,
            Handler = new TestMail(mails).AnswerAsync,
            Summary = "Sends a mail to try the settings out.",
            Contract = RouteContract.GivesNothing("It was sent.").Takes(Shape.Object("", ("email", Shape.Text("Where to.")), ("template", Shape.Text("Such as verification.")), ("collection?", Shape.Text("An auth collection.")))),
        });
    }

    private static RouteDefinition Route(string name, string[] tags, Func<Exchange, Collection, ValueTask<Fault?>> answer, string summary, RouteContract contract) => new()
    {
        Method = "POST",
        Path = Path + name,
        Tags = tags,
        Handler = exchange => AccountsFeature.InCollection(exchange, answer),
        Summary = summary,
        Contract = contract,
    };
}
