using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Mail;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>Sends one of the mails about accounts to somebody at once, to try the settings out (contract 10.2).</summary>
internal sealed class TestMail(AccountMails mails)
{
    private const string Failed = "Failed to send the test email.";
    private const string Token = "TEST_TOKEN";

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("email", MailBody.NotLoaded).Failed(out fault, out var address)) return fault;
        if (body.ReadText("template", MailBody.NotLoaded).Failed(out fault, out var name)) return fault;
        if (body.ReadText("collection", MailBody.NotLoaded).Failed(out fault, out var of)) return fault;
        var collection = exchange.Schema.Find(of.Length > 0 ? of : Caller.SuperusersCollection);
        var faults = new FaultMap();
        if (AccountMails.CheckAddress(address) is { } wrong) faults.Add("email", wrong);
        var template = TemplateOf(name, collection?.Auth ?? new AuthOptions());
        if (name.Length == 0) faults.Add("template", FieldFault.Required);
        else if (template is null) faults.Add("template", new FieldFault("validation_in_invalid", "Must be a valid value."));
        if (collection is not { Type: CollectionType.Auth, Auth: not null }) faults.Add("collection", new FieldFault("validation_invalid_auth_collection", "Must be a valid auth collection."));
        if (!faults.IsEmpty || template is null || collection is null) return AccountMails.Invalid(faults);

        var account = Example(collection, address);
        var message = mails.Write(account, address, template, AccountMails.LanguagesOf(exchange), ("TOKEN", Token), ("OTP", "123456"), ("OTP_ID", account.Id), ("ALERT_INFO", AlertMail.InfoOf(exchange.Facts.Now, new Place("192.0.2.1", "Example browser"))));
        var failure = await mails.Setup.Mail.Route.TryAsync(message!, exchange.Stop); // the address was checked
        return failure is null ? await exchange.NoContent() : Fault.BadRequest("settings.test_mail", $"{Failed} Raw error: {failure}");
    }

    private static MailTemplate? TemplateOf(string name, AuthOptions options) => name switch
    {
        "verification" => options.VerificationTemplate,
        "password-reset" => options.ResetPasswordTemplate,
        "email-change" => options.ConfirmEmailChangeTemplate,
        "otp" => options.Otp.EmailTemplate,
        "login-alert" => options.AuthAlert.EmailTemplate,
        _ => null,
    };

    // A record that is nobody's; it is not stored.
    private static Record Example(Collection collection, string address)
    {
        var record = Record.New(collection);
        record["id"] = FieldValue.Text(RandomText.RecordId());
        record["email"] = FieldValue.Text(address);
        if (collection.FindField("name") is { Type: FieldType.Text }) record["name"] = FieldValue.Text("Test");
        return record;
    }
}
