using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Records.Writing;

/// <summary>
/// Who changes what an account signs in with must prove anew that it is theirs: a token that was taken from an open browser is not enough. Either the session was
/// begun within the last minutes, or the password comes with the request. Every password that is shown so, wherever, is counted in one place
/// (<see cref="Attempts"/>), and a wrong one is noted.
/// </summary>
internal sealed class OwnerProof(StoreParts parts)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    // What a sign-in is secured by. The server itself removes such rows without asking.
    private static readonly string[] Guarded = [SystemRecords.Passkeys, SystemRecords.Totps, SystemRecords.RecoveryCodes, SystemRecords.AuthOrigins];

    /// <summary>Whether removing a row of a collection may need a proof.</summary>
    public static bool Guards(Collection collection) => collection.System && Guarded.Contains(collection.Name);

    /// <summary>Whether a row of such a collection belongs to who asks.</summary>
    public static bool IsOwn(Record row, Caller caller) => caller.Collection is { } collection && row.GetText("collectionRef") == collection.Id && row.GetText("recordRef") == caller.Id;

    /// <summary>Null when who asks has proved just now that the account is theirs, else the fault: 403 without a proof, 400 for a wrong password, 429 after too many.</summary>
    /// <param name="within">Of a batch: no password is compared while the writer is held.</param>
    /// <param name="schema">Of the request.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="password">What was sent; empty for nothing.</param>
    /// <param name="facts">Of the request.</param>
    /// <param name="stop">Gives up.</param>
    public async ValueTask<Fault?> RefuseAsync(ReadSession? within, SchemaSnapshot schema, Record account, string password, RequestFacts facts, CancellationToken stop)
    {
        if (password.Length == 0 || within is not null)
        {
            return await IsFreshAsync(within, schema, facts.SessionId, stop) ? null : Fault.Forbidden("accounts.proof_needed", "Please sign in again, or send your password.");
        }
        if (account.Collection.Auth is not { PasswordAuth.Enabled: true }) return Fault.Forbidden("accounts.no_passwords", "The collection is not configured to allow password authentication.");
        if ((await CompareAsync(schema, account, password, facts, stop)).Failed(out var fault, out var fits)) return fault;
        return fits ? null : Fault.BadRequest("accounts.wrong_password", "Failed to authenticate.", new FaultMap().Add("password", FieldFault.InvalidValue));
    }

    /// <summary>Whether a password is the stored one of an account; 429 when too many were not. Must not be called while the writer is held.</summary>
    public async ValueTask<Outcome<bool>> CompareAsync(SchemaSnapshot schema, Record account, string password, RequestFacts facts, CancellationToken stop)
    {
        // Hashing takes long, so the count is kept around it in two writes.
        if (await InWriteAsync((attempts, session, now) => attempts.BeginAsync(session, now, stop)) is { } refused) return refused;
        var fits = await parts.Passwords.VerifyAsync(password, account.Original("password").AsText, stop);
        var late = await InWriteAsync(async (attempts, session, now) =>
        {
            if (await attempts.BeginAsync(session, now, stop) is { } late) return late;
            if (fits)
            {
                await attempts.SucceededAsync(session, stop);
                return null;
            }
            await attempts.FailedAsync(session, now, stop);
            await RecordWrite.NoteAsync(session, parts.Journal.OfWrongPassword(account, facts), last: false, stop);
            return null;
        });
        return late is null ? fits : late;

        Task<Fault?> InWriteAsync(Func<Attempts, WriteSession, DateTimeOffset, ValueTask<Fault?>> work) =>
            parts.Engine.WriteAsync(schema, session => work(new Attempts(schema, account, "password"), session, parts.Clock.GetUtcNow()), null, stop);
    }

    // The session's own row: refreshing a token makes it no newer.
    private async ValueTask<bool> IsFreshAsync(ReadSession? within, SchemaSnapshot schema, string sessionId, CancellationToken stop)
    {
        if (sessionId.Length == 0 || schema.Find(FactorTables.Sessions) is not { } sessions) return false;
        using var own = within is null ? await parts.Engine.ReadOnceAsync(stop) : null;
        return await StoredRows.FindAsync(within ?? own!, sessions, sessionId, stop) is { } row // one of the two is there
            && row.GetDate("created") is { } begun && parts.Clock.GetUtcNow() - begun <= Fresh;
    }
}
