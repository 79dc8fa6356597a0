using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Audit;
using Hearth.Resources.Mail;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>A new password by a link (contract 7.12).</summary>
internal sealed class PasswordResetMail(AccountMails mails) : MailWriter
{
    public const string Kind = "passwordReset";
    private const int MostBytes = 255;

    /// <summary>Asks for the mail: 204 for whatever address.</summary>
    public async ValueTask<Fault?> RequestAsync(Exchange exchange, Collection collection)
    {
        if (collection.Auth is not { PasswordAuth.Enabled: true } options) return Fault.BadRequest("accounts.no_passwords", "The collection is not configured to allow password authentication.");
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("email", MailBody.NotLoaded).Failed(out fault, out var address)) return fault;
        if (AccountMails.CheckAddress(address) is { } wrong) return AccountMails.Invalid("email", wrong);
        await mails.OrderAsync(exchange, collection, Kind, address, TimeSpan.FromSeconds(options.PasswordResetToken.Duration));
        return await exchange.NoContent();
    }

    /// <inheritdoc/>
    public override async ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop)
    {
        if (await mails.FindAsync(order, stop) is not { } account || account.Collection.Auth is not { PasswordAuth.Enabled: true } options) return null;
        var email = account.GetText("email");
        // Nobody reads the mail of the account that only stands for the setup link.
        if (email == SystemRecords.InstallerEmail && account.Collection.Name == Caller.SuperusersCollection) return null;
        var token = mails.Setup.Tokens.Issue(account.Collection, TokenKind.PasswordReset, account.Id, account.GetText("tokenKey"), email: email);
        return mails.Write(account, email, options.ResetPasswordTemplate, order.Find(AccountMails.Languages), ("TOKEN", token));
    }

    /// <summary>Uses the link.</summary>
    public async ValueTask<Fault?> ConfirmAsync(Exchange exchange, Collection collection)
    {
        var setup = mails.Setup;
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("token", MailBody.NotLoaded).Failed(out fault, out var text)) return fault;
        if (body.ReadText("password", MailBody.NotLoaded).Failed(out fault, out var password)) return fault;
        if (body.ReadText("passwordConfirm", MailBody.NotLoaded).Failed(out fault, out var confirm)) return fault;
        var faults = new FaultMap();
        var read = await MailedToken.ReadAsync(exchange, setup, collection, text, TokenKind.PasswordReset);
        if (read.Failed(out var refused, out var token) && refused.Data["token"] is { } why) faults.Add("token", why);
        CheckPassword(collection, password, confirm, faults);
        if (!faults.IsEmpty || token is null) return AccountMails.Invalid(faults);

        var values = new Dictionary<string, JsonElement> { ["password"] = JsonSerializer.SerializeToElement(password, MailValues.Default.String) };
        // The link went to this address and came back.
        if (token.Claims.Email.Length > 0 && token.Claims.Email == token.Account.GetText("email")) values["verified"] = JsonElement.Parse("true");
        var write = setup.Records.Update(exchange.Schema, collection, token.Account.Id, new Submission(values), exchange.Facts with { Caller = Caller.System }, (_, stored) => new(token.Still(stored)));
        await write.PrepareSlowAsync(exchange.Stop);
        if ((await write.RunAsync(exchange.Stop)).Failed(out fault)) return fault.Data["token"] is null ? fault with { Message = "Failed to set new password." } : fault;
        await setup.Audit.NoteAsync(AuditEntry.Of("password.reset", exchange.Facts, collection.Name, token.Account.Id), exchange.Stop);
        return await exchange.NoContent();
    }

    private static void CheckPassword(Collection collection, string password, string confirm, FaultMap faults)
    {
        var least = Math.Max(1, (collection.FindField("password") as PasswordField)?.Min ?? 0);
        if (password.Length == 0) faults.Add("password", FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(password) is var bytes && (bytes < least || bytes > MostBytes)) faults.Add("password", MailFaults.LengthBetween((int)least, MostBytes));
        if (confirm.Length == 0) faults.Add("passwordConfirm", FieldFault.Required);
        else if (confirm != password) faults.Add("passwordConfirm", new FieldFault("validation_values_mismatch", "Values don't match."));
    }
}
