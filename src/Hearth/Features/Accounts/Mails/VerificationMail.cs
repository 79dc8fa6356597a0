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

/// <summary>Proving a mail address by a link (contract 7.11).</summary>
internal sealed class VerificationMail(AccountMails mails) : MailWriter
{
    public const string Kind = "verification";

    /// <summary>Asks for the mail: 204 for whatever address.</summary>
    public async ValueTask<Fault?> RequestAsync(Exchange exchange, Collection collection)
    {
        if (collection.Name == SystemCollections.Superusers) return SuperusersAre;
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("email", MailBody.NotLoaded).Failed(out fault, out var address)) return fault;
        if (AccountMails.CheckAddress(address) is { } wrong) return AccountMails.Invalid("email", wrong);
        await mails.OrderAsync(exchange, collection, Kind, address, TimeSpan.FromSeconds(collection.Auth?.VerificationToken.Duration ?? 0));
        return await exchange.NoContent();
    }

    /// <inheritdoc/>
    public override async ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop)
    {
        if (await mails.FindAsync(order, stop) is not { } account || account.GetBool("verified") || account.Collection.Auth is not { } options) return null;
        var email = account.GetText("email");
        var token = mails.Setup.Tokens.Issue(account.Collection, TokenKind.Verification, account.Id, account.GetText("tokenKey"), email: email);
        return mails.Write(account, email, options.VerificationTemplate, order.Find(AccountMails.Languages), ("TOKEN", token));
    }

    /// <summary>Uses the link.</summary>
    public async ValueTask<Fault?> ConfirmAsync(Exchange exchange, Collection collection)
    {
        if (collection.Name == SystemCollections.Superusers) return SuperusersAre;
        var setup = mails.Setup;
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("token", MailBody.NotLoaded).Failed(out fault, out var text)) return fault;
        if ((await MailedToken.ReadAsync(exchange, setup, collection, text, TokenKind.Verification)).Failed(out fault, out var token)) return fault;
        if (!AddressIs(token.Account.GetText("email"), token)) return OtherAddress;
        if (token.Account.GetBool("verified")) return await exchange.NoContent();
        // Whoever signed up with a password for an address that was not theirs must not keep it.
        var password = collection.Auth is { PasswordAuth.Enabled: true } ? null : await NewSecret.HashAsync(setup.Passwords, exchange.Stop);
        var write = setup.Records.Update(exchange.Schema, collection, token.Account.Id, new Submission(Verified), exchange.Facts with { Caller = Caller.System }, (_, stored) =>
        {
            if (token.Still(stored) is { } void_) return new(void_);
            if (!AddressIs(stored.Original("email").AsText, token)) return new(OtherAddress);
            if (password is not null) stored.SetPasswordHash("password", password);
            return new((Fault?)null);
        });
        if ((await write.RunAsync(exchange.Stop)).Failed(out fault)) return fault;
        await setup.Audit.NoteAsync(AuditEntry.Of("email.verified", exchange.Facts, collection.Name, token.Account.Id), exchange.Stop);
        return await exchange.NoContent();
    }

    /// <summary>The change that proves an address.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Verified { get; } = new Dictionary<string, JsonElement> { ["verified"] = JsonElement.Parse("true") };

    private static Fault OtherAddress => MailedToken.Refused(new FieldFault("validation_token_email_mismatch", "The record email doesn't match with the requested token claims."));

    private static bool AddressIs(string address, MailedToken token) => address == token.Claims.Email;

    private static Fault SuperusersAre => Fault.BadRequest("accounts.superusers_verified", "All superusers are verified by default.");
}
