using System.Net;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Resources.Mail;

namespace Hearth.Features.Accounts.Mails;

/// <summary>The mail about a sign-in from a new place (contract 7.9).</summary>
internal sealed class AlertMail(AccountMails mails) : MailWriter
{
    public const string Kind = "alert";
    private const string Info = "info";

    /// <summary>Orders it within the write that keeps the place, so that either both are kept or none. Nothing when the account has no address.</summary>
    public async ValueTask OrderAsync(WriteSession session, Exchange exchange, Record account, Place place)
    {
        if (account.GetText("email") is not { Length: > 0 } email) return;
        var order = AccountMails.Order(exchange, account.Collection, Kind, email, TimeSpan.FromDays(1));
        var data = new Dictionary<string, string>(order.Data) { [Info] = InfoOf(exchange.Facts.Now, place) };
        await mails.Setup.Mail.OrderAsync(session, order with { RecordId = account.Id, Data = data }, exchange.Stop);
        exchange.Journey?.Mail();
    }

    /// <summary>The text about a place.</summary>
    public static string InfoOf(DateTimeOffset now, Place place) => $"{DateText.Of(now)} - {place.Address} {place.Agent}";

    /// <inheritdoc/>
    public override async ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop)
    {
        if (await mails.FindAsync(order, stop) is not { } account || account.Collection.Auth is not { AuthAlert: { Enabled: true } alert }) return null;
        // What a client calls itself comes from outside.
        return mails.Write(account, account.GetText("email"), alert.EmailTemplate, order.Find(AccountMails.Languages), ("ALERT_INFO", WebUtility.HtmlEncode(order.Find(Info))));
    }
}
