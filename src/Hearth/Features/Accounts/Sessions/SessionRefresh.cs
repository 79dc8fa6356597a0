using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Sessions;

/// <summary>
/// What a refreshed token means for its session: it lasts as long as the new token. Where refresh rotates, a token can be refreshed once; one that comes
/// again was copied by somebody, and ends the session for both (RFC 9700, 4.14.2).
/// </summary>
internal sealed class SessionRefresh(Engine engine, TimeProvider clock)
{
    // Tabs of one browser wake up together and refresh what they all have.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly Fault Ended = Fault.Unauthorized("accounts.session_ended", "The session has ended.");
    private static readonly Fault Replayed = Fault.Unauthorized("accounts.refresh_replayed", "The token was refreshed before, so the session has ended.");

    /// <summary>The generation of the new token, or the fault that ends the session.</summary>
    public async ValueTask<Outcome<long>> ContinueAsync(Exchange exchange, Record record, TokenClaims claims, CancellationToken stop)
    {
        if (claims.SessionId.Length == 0 || record.Collection.Auth is not { } auth) return 0;
        if (exchange.Schema.Find(FactorTables.Sessions) is not { } sessions) return Ended;
        var now = clock.GetUtcNow();
        return await engine.WriteAsync(
            exchange.Schema,
            async session =>
            {
                if (await StoredRows.FindAsync(session, sessions, claims.SessionId, stop) is not { } row || row.GetText("recordRef") != record.Id) return Ended;
                var generation = (long)row["generation"].AsNumber;
                if (auth.Sessions.RotateRefresh)
                {
                    var next = Next(row, generation, claims.Generation, now);
                    if (next < 0)
                    {
                        await SystemRecords.RemoveAsync(session, row, stop);
                        return Replayed;
                    }
                    if (next > generation) (row["generation"], row["rotated"]) = (FieldValue.Number(next), FieldValue.Text(DateText.Of(now)));
                    generation = next;
                }
                row["lastUsed"] = FieldValue.Text(DateText.Of(now));
                row["expires"] = FieldValue.Text(DateText.Of(now.AddSeconds(auth.AuthToken.Duration)));
                return await session.ExecuteLastAsync(row.ToUpdate(), stop) is { } refused ? throw new DataException(refused) : (Outcome<long>)generation;
            },
            null,
            stop);
    }

    // -1 for a token that was refreshed too long ago.
    private static long Next(Record row, long stored, long shown, DateTimeOffset now)
    {
        if (shown == stored) return stored + 1;
        return shown == stored - 1 && DateText.TryParse(row.GetText("rotated"), out var rotated) && now - rotated <= Grace ? stored : -1;
    }
}
