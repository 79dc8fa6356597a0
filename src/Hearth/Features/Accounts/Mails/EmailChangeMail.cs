using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Audit;
using Hearth.Resources.Mail;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Mails;

/// <summary>Another mail address, proven by a link that goes to it (contract 7.13).</summary>
internal sealed class EmailChangeMail(AccountMails mails) : MailWriter
{
    public const string Kind = "emailChange";

    // Enough for somebody who mistypes, too little to send a stranger heaps of mail.
    private const int Most = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly FieldFault Taken = new("validation_invalid_new_email", "Invalid new email address.");

    /// <summary>Asks for the mail, as the account itself.</summary>
    public async ValueTask<Fault?> RequestAsync(Exchange exchange, Collection collection)
    {
        if (collection.Name == SystemCollections.Superusers) return Fault.BadRequest("accounts.superusers_email", "All superusers can change their emails directly.");
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("newEmail", MailBody.NotLoaded).Failed(out fault, out var address)) return fault;
        if (await CheckAsync(exchange, collection, address) is { } wrong) return AccountMails.Invalid("newEmail", wrong);
        var order = AccountMails.Order(exchange, collection, Kind, address, TimeSpan.FromSeconds(collection.Auth?.EmailChangeToken.Duration ?? 0)) with { RecordId = exchange.Caller.Id };
        await mails.Setup.Mail.OrderAsync(order, new MailLimit($"{Kind} {collection.Id} {order.RecordId}", Most, Window), exchange.Stop);
        exchange.Journey?.Mail();
        return await exchange.NoContent();
    }

    /// <inheritdoc/>
    public override async ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop)
    {
        if (await mails.FindAsync(order, stop) is not { } account || account.Collection.Auth is not { } options) return null;
        var token = mails.Setup.Tokens.Issue(account.Collection, TokenKind.EmailChange, account.Id, account.GetText("tokenKey"), email: account.GetText("email"), newEmail: order.To);
        return mails.Write(account, order.To, options.ConfirmEmailChangeTemplate, order.Find(AccountMails.Languages), ("TOKEN", token));
    }

    /// <summary>Uses the link, together with the password.</summary>
    public async ValueTask<Fault?> ConfirmAsync(Exchange exchange, Collection collection)
    {
        if (collection.Name == SystemCollections.Superusers) return Fault.BadRequest("accounts.superusers_email", "All superusers can change their emails directly.");
        var setup = mails.Setup;
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("token", MailBody.NotLoaded).Failed(out fault, out var text)) return fault;
        if (body.ReadText("password", MailBody.NotLoaded).Failed(out fault, out var password)) return fault;
        var faults = new FaultMap();
        var read = await MailedToken.ReadAsync(exchange, setup, collection, text, TokenKind.EmailChange);
        if (read.Failed(out var refused, out var token) && refused.Data["token"] is { } why) faults.Add("token", why);
        else if (await IsTakenAsync(exchange, collection, token!.Claims.NewEmail, token.Account.Id)) faults.Add("token", TakenByNow); // it did not fail
        if (MailFaults.CheckText(password, 100) is { } noPassword) faults.Add("password", noPassword);
        else if (token is not null)
        {
            // Who took a token of the account can send such a link to themselves.
            if ((await setup.Records.Proof.CompareAsync(exchange.Schema, token.Account, password, exchange.Facts, exchange.Stop)).Failed(out fault, out var fits)) return fault;
            if (!fits) faults.Add("password", new FieldFault("validation_invalid_password", "Missing or invalid auth record password."));
        }
        if (!faults.IsEmpty || token is null) return AccountMails.Invalid(faults);

        var values = new Dictionary<string, JsonElement>(VerificationMail.Verified) { ["email"] = JsonSerializer.SerializeToElement(token.Claims.NewEmail, MailValues.Default.String) };
        var write = setup.Records.Update(exchange.Schema, collection, token.Account.Id, new Submission(values), exchange.Facts with { Caller = Caller.System }, (_, stored) => new(token.Still(stored)));
        if ((await write.RunAsync(exchange.Stop)).Failed(out fault))
        {
            // Somebody took the address in this moment.
            return fault.Data["email"] is FieldFault { Code: "validation_not_unique" } ? MailedToken.Refused(TakenByNow) : fault with { Message = fault.Data["token"] is null ? "Failed to confirm email change." : fault.Message };
        }
        await setup.Audit.NoteAsync(AuditEntry.Of("email.changed", exchange.Facts, collection.Name, token.Account.Id), exchange.Stop);
        return await exchange.NoContent();
    }

    private static FieldFault TakenByNow { get; } = new("validation_invalid_token_email", "The new email address is invalid.");

    private async ValueTask<FieldFault?> CheckAsync(Exchange exchange, Collection collection, string address)
    {
        if (AccountMails.CheckAddress(address) is { } wrong) return wrong;
        if (address == exchange.Caller.Get("email").AsText) return new FieldFault("validation_not_in_invalid", "Must not be in list.");
        if (collection.FindField("email") is { } field && field.Check(FieldValue.Text(address)) is { } refused) return refused;
        return await IsTakenAsync(exchange, collection, address, exchange.Caller.Id) ? Taken : null;
    }

    // Whose own address it is in other letters, may have it so.
    private async ValueTask<bool> IsTakenAsync(Exchange exchange, Collection collection, string address, string ownId)
    {
        using var session = await mails.Setup.Engine.ReadOnceAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        return await AccountMails.FindByAddressAsync(session, collection, address, exchange.Stop) is { } owner && owner.Id != ownId;
    }
}
