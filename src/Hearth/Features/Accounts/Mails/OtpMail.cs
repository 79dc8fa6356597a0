using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Mail;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>
/// One-time codes by mail (contract 7.7). The request only orders one; the code is made when the mail is written, so that it is stored as a hash alone and an
/// address without an account takes the same way. The id of the code is that of the order.
/// </summary>
internal sealed class OtpMail(AccountMails mails) : MailWriter
{
    public const string Kind = "otp";

    /// <summary>Unexpired codes that one address may have.</summary>
    private const int Most = 10;

    // A code is good for minutes and for few tries; the hash need not cost what a password's does (contract 4.4).
    private const int Cost = 8;

    /// <summary>Asks for a code: 200 with its id for whatever address.</summary>
    public async ValueTask<Fault?> RequestAsync(Exchange exchange, Collection collection)
    {
        if (collection.Auth is not { Otp: { Enabled: true } otp }) return Fault.Forbidden("accounts.no_otp", "The collection is not configured to allow OTP authentication.");
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("email", MailBody.NotLoaded).Failed(out fault, out var address)) return fault;
        if (AccountMails.CheckAddress(address) is { } wrong) return AccountMails.Invalid("email", wrong);
        var lifetime = TimeSpan.FromSeconds(otp.Duration);
        var most = exchange.Parts.Development ? int.MaxValue : Most;
        var id = await mails.Setup.Mail.OrderAsync(
            AccountMails.Order(exchange, collection, Kind, address, lifetime), new MailLimit($"{Kind} {collection.Id} {address}", most, lifetime), exchange.Stop);
        exchange.Journey?.Mail();
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteString("otpId"u8, id);
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop)
    {
        if (await mails.FindAsync(order, stop) is not { } account || account.Collection.Auth is not { Otp: { Enabled: true } otp }) return null;
        var email = account.GetText("email");
        var code = RandomText.Of(otp.Length, "0123456789");
        if (await mails.Setup.Passwords.HashAsync(code, Cost, stop) is not { } hash) return null; // longer than a password may be
        if (!await KeepAsync(order, account, email, hash, stop)) return null;
        return mails.Write(account, email, otp.EmailTemplate, order.Find(AccountMails.Languages), ("OTP", code), ("OTP_ID", order.Id));
    }

    /// <inheritdoc/>
    public override async ValueTask GiveUpAsync(MailOrder order, CancellationToken stop) => await mails.Setup.Engine.WriteAsync(
        session => session.ExecuteAsync(new DeleteRow(Table(), order.Id), stop), null, stop);

    /// <summary>The collection of codes.</summary>
    public Collection Table() => mails.Setup.Schema().Find(SystemRecords.Otps) ?? throw new InvalidOperationException("There is no collection of one-time codes.");

    // Another try has another code: the one before it is void.
    private async ValueTask<bool> KeepAsync(MailOrder order, Record account, string email, string hash, CancellationToken stop) => await mails.Setup.Engine.WriteAsync(
        async session =>
        {
            if (!await StoredRows.ExistsAsync(session, account.Collection, account.Id, stop)) return false;
            var row = await StoredRows.FindAsync(session, Table(), order.Id, stop);
            var isNew = row is null;
            row ??= SystemRecords.New(Table(), account, order.Created);
            row["id"] = FieldValue.Text(order.Id);
            row["sentTo"] = FieldValue.Text(email);
            row.SetPasswordHash("password", hash);
            if (await session.ExecuteAsync(isNew ? row.ToInsert() : row.ToUpdate(), stop) is { } refused) throw new DataException(refused);
            return true;
        },
        null,
        stop);
}
