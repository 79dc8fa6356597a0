using Hearth.Basics;
using Hearth.Http;
using Hearth.Records;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Factors;

/// <summary>
/// Who changes the factors of an account must have proved who they are just now: a token that was taken from an open browser is not enough. Either the session
/// was begun within the last minutes, or the password comes with the request.
/// </summary>
internal sealed class FreshProof(FeatureSetup setup)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>The record that asks, or the fault: 403 when the proof is missing, 400 when the password is wrong, 429 after too many wrong ones.</summary>
    public async ValueTask<Outcome<Record>> CheckAsync(Exchange exchange, RequestBody body)
    {
        if (body.ReadText("password").Failed(out var fault, out var password)) return fault;
        if (exchange.Caller.Collection is not { } collection) return Fault.Unauthorized("caller.guest");
        if (await setup.Records.FindAsync(collection, exchange.Caller.Id, exchange.Stop) is not { } record) return Fault.NotFound("accounts.not_found");
        if (password.Length > 0) return await CheckPasswordAsync(exchange, record, password) is { } wrong ? wrong : record;
        return await IsFreshAsync(exchange) ? record : Fault.Forbidden("accounts.proof_needed", "Please sign in again, or send your password.");
    }

    // The session's own row: refreshing a token makes it no newer.
    private async ValueTask<bool> IsFreshAsync(Exchange exchange)
    {
        if (exchange.SessionId.Length == 0 || exchange.Schema.Find(FactorTables.Sessions) is not { } sessions) return false;
        return await setup.Records.FindAsync(sessions, exchange.SessionId, exchange.Stop) is { } session
            && session.GetDate("created") is { } begun && setup.Clock.GetUtcNow() - begun <= Fresh;
    }

    private async ValueTask<Fault?> CheckPasswordAsync(Exchange exchange, Record record, string password)
    {
        if (record.Collection.Auth is not { PasswordAuth.Enabled: true }) return Fault.Forbidden("accounts.no_passwords", "The collection is not configured to allow password authentication.");
        // Hashing takes long, so the count is kept around it in two writes.
        if (await InWriteAsync(static (attempts, session, now, stop) => attempts.BeginAsync(session, now, stop)) is { } refused) return refused;
        var fits = await setup.Passwords.VerifyAsync(password, record.GetText("password"), exchange.Stop);
        return await InWriteAsync(async (attempts, session, now, stop) =>
        {
            if (await attempts.BeginAsync(session, now, stop) is { } late) return late;
            if (fits) await attempts.SucceededAsync(session, stop);
            else await attempts.FailedAsync(session, now, stop);
            return fits ? null : Fault.BadRequest("accounts.wrong_password", "Failed to authenticate.", new FaultMap().Add("password", FieldFault.InvalidValue));
        });

        Task<Fault?> InWriteAsync(Func<Attempts, Data.WriteSession, DateTimeOffset, CancellationToken, ValueTask<Fault?>> work) => setup.Engine.WriteAsync(
            exchange.Schema, session => work(new Attempts(exchange.Schema, record, "password"), session, setup.Clock.GetUtcNow(), exchange.Stop), null, exchange.Stop);
    }
}
