using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Tries;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Mails;

/// <summary>Signing in with a one-time code (contract 7.7).</summary>
internal sealed class OtpSignIn(AccountMails mails, TryBook tries, SignIn signIn)
{
    private const int MostBytesOfId = 255;
    private const int MostBytesOfCode = 71;

    // Contract 7.7: of one account from one address.
    private const int MostTries = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(180);

    // And of one code from all addresses together. Only who asked for the code knows its id, so nobody can use up somebody else's tries.
    private const int MostTriesOfCode = 20;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection)
    {
        if (collection.Auth is not { Otp: { Enabled: true } otp } options) return Fault.Forbidden("accounts.no_otp", "The collection is not configured to allow OTP authentication.");
        if ((await MailBody.ReadAsync(exchange)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("otpId", MailBody.NotLoaded).Failed(out fault, out var id)) return fault;
        if (body.ReadText("password", MailBody.NotLoaded).Failed(out fault, out var code)) return fault;
        if (Check(id, code) is { } wrong) return wrong;

        var found = await FindAsync(collection, id, exchange.Stop);
        var place = ClientAddress.Text(ClientAddress.NetworkOf(ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy)));
        var limits = new List<TryLimit> { new($"otp {found.Counted} {place}", MostTries, Window) };
        if (found.WasAskedFor) limits.Add(new($"otp {collection.Id} {id}", MostTriesOfCode, TimeSpan.FromSeconds(otp.Duration)));
        if (!await tries.TakeAsync(limits, exchange.Stop)) return Fault.Of(429, "accounts.otp_tries", "Too many attempts, please try again later with a new OTP.");

        var row = found.Row is { } known && !HasEnded(known, otp, exchange.Facts.Now) ? known : null;
        var fits = row is null
            ? await mails.Setup.Passwords.VerifyNobodyAsync(code, found.Row?.GetText("password") ?? "", exchange.Stop)
            : await mails.Setup.Passwords.VerifyAsync(code, row.GetText("password"), exchange.Stop);
        var account = fits && row is not null && await UseUpAsync(row, exchange.Stop) ? await mails.Setup.Records.FindAsync(collection, row.GetText("recordRef"), exchange.Stop) : null;
        if (account is null || row is null) return await signIn.FailedAsync(exchange, collection, found.Account, "otp", Fault.BadRequest("accounts.wrong_otp", "Invalid or expired OTP."));
        if (!account.GetBool("verified") && row.GetText("sentTo") is { Length: > 0 } address && address == account.GetText("email"))
        {
            if ((await VerifyAsync(exchange, account, options, address)).Failed(out fault, out account)) return fault;
        }
        return await signIn.CompleteAsync(exchange, account, new SignInProof("otp", body.Values));
    }

    private static Fault? Check(string id, string code)
    {
        var faults = new FaultMap();
        if (MailFaults.CheckText(id, MostBytesOfId) is { } wrongId) faults.Add("otpId", wrongId);
        if (MailFaults.CheckText(code, MostBytesOfCode) is { } wrongCode) faults.Add("password", wrongCode);
        return faults.IsEmpty ? null : AccountMails.Invalid(faults);
    }

    private static bool HasEnded(Record row, OtpOptions otp, DateTimeOffset now) => row.GetDate("created") is not { } made || made.AddSeconds(otp.Duration) <= now;

    /// <summary>
    /// The code of an id in this collection, and what its tries are counted under: the address that it was asked for, whether the code is written yet, void, or never
    /// comes because nobody has that address. So all are refused after as many tries. Ids that nobody asked for share one count, or they could fill the table.
    /// </summary>
    private async ValueTask<(Record? Row, Record? Account, string Counted, bool WasAskedFor)> FindAsync(Collection collection, string id, CancellationToken stop)
    {
        var schema = mails.Setup.Schema();
        using var session = await mails.Setup.Engine.ReadAsync(stop);
        var row = schema.Find(SystemRecords.Otps) is { } codes ? await StoredRows.FindAsync(session, codes, id, stop) : null;
        var order = schema.Find(MailCollection.Name) is { } orders ? await StoredRows.FindAsync(session, orders, id, stop) : null;
        if (row?.GetText("collectionRef") != collection.Id) row = null;
        var account = row is null ? null : await StoredRows.FindAsync(session, collection, row.GetText("recordRef"), stop);
        var key = order?.GetText("key") ?? "";
        var counted = key.Length > 0 ? key : account is not null ? $"{collection.Id} {account.Id}" : $"{collection.Id} nobody";
        return (row, account, counted, key.Length > 0 || account is not null);
    }

    // Of two requests at once one finds it.
    private async ValueTask<bool> UseUpAsync(Record row, CancellationToken stop) => await mails.Setup.Engine.WriteAsync(
        async session =>
        {
            var stored = await StoredRows.FindAsync(session, row.Collection, row.Id, stop);
            if (stored is null || stored.GetText("password") != row.GetText("password")) return false;
            if (await session.ExecuteAsync(new DeleteRow(row.Collection, row.Id), stop) is { } refused) throw new DataException(refused);
            // A code that was used counts no more.
            await mails.Setup.Mail.ForgetAsync(session, row.Id, stop);
            return true;
        },
        static done => done,
        stop);

    // The code came to the address: it is proven. A password that somebody else may have chosen before that is taken away, unless the second factor still guards it.
    private async ValueTask<Outcome<Record>> VerifyAsync(Exchange exchange, Record account, AuthOptions options, string address)
    {
        var setup = mails.Setup;
        var password = options.Mfa.Enabled ? null : await NewSecret.HashAsync(setup.Passwords, exchange.Stop);
        var write = setup.Records.Update(exchange.Schema, account.Collection, account.Id, new Submission(VerificationMail.Verified), exchange.Facts with { Caller = Caller.System }, (_, stored) =>
        {
            if (stored.Original("email").AsText != address) return new(Fault.BadRequest("accounts.wrong_otp", "Invalid or expired OTP."));
            if (password is not null && !stored.Original("verified").AsBool) stored.SetPasswordHash("password", password);
            return new((Fault?)null);
        });
        return await write.RunAsync(exchange.Stop);
    }
}
