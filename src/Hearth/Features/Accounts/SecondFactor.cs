using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Features.Accounts.Factors;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Tokens;
using Hearth.Schema;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Accounts;

/// <summary>
/// A second factor (contract 7.8): the first proof leaves a row in <c>_mfas</c> whose id the client brings with the second. The row is good for one
/// sign-in, of one record, by another method, for as long as the collection says.
/// </summary>
internal sealed class SecondFactor(FeatureSetup setup)
{
    private const long MostSeconds = 86_400;
    private const string Invalid = "Invalid or expired MFA session.";

    /// <summary>
    /// Whether a sign-in of the record needs two factors: the collection asks for it, or its owner does. A rule that cannot be understood any more asks for it.
    /// </summary>
    public async ValueTask<bool> IsDueAsync(Exchange exchange, Record record, RequestFacts facts) =>
        (record.Collection.Auth is { Mfa: { Enabled: true } mfa } && await SignIn.SatisfiesAsync(setup.Engine, exchange, record, mfa.Rule, facts, unclear: true))
        || await SecondFactors.WantsAsync(setup.Engine, exchange.Schema, record, exchange.Stop);

    /// <summary>
    /// Whether the client shows that this device has proved two factors lately (<c>deviceToken</c> in the body): then one is enough, for as long as the collection
    /// says. Like all tokens it ends with the record's <c>tokenKey</c>, so with a new password.
    /// </summary>
    public async ValueTask<bool> IsRememberedAsync(Exchange exchange, Record record, SignInProof proof)
    {
        if (record.Collection.Auth is not { Mfa.Remember: > 0 } || !proof.Body.TryGetValue("deviceToken", out var sent) || sent.ValueKind != JsonValueKind.String) return false;
        return await setup.Callers.FindAsync(sent.GetString() ?? "", TokenKind.Device, exchange.Schema, exchange.Stop) is { } found
            && found.Caller.Collection?.Id == record.Collection.Id && found.Caller.Id == record.Id;
    }

    /// <summary>A token that tells this device again; null when the collection remembers none.</summary>
    public string? DeviceToken(Record record) =>
        record.Collection.Auth is { Mfa.Remember: > 0 } ? setup.Tokens.Issue(record.Collection, TokenKind.Device, record.Id, record.GetText("tokenKey")) : null;

    /// <summary>The id that the client brings from the first factor, in the body or the query; empty when it brings none.</summary>
    public static string IdOf(Exchange exchange, SignInProof proof) =>
        proof.Body.TryGetValue("mfaId", out var sent) && sent.ValueKind == JsonValueKind.String && sent.GetString() is { Length: > 0 } id ? id : exchange.Query("mfaId");

    /// <summary>Keeps the first factor and asks for the second: 401 with <c>mfaId</c>.</summary>
    public async ValueTask<Fault?> AskAsync(Exchange exchange, Record record, SignInProof proof)
    {
        var row = SystemRecords.New(Table(exchange.Schema), record, exchange.Facts.Now);
        row["method"] = FieldValue.Text(proof.Method);
        var insert = row.ToInsert();
        var refused = await setup.Engine.WriteAsync(session => session.ExecuteAsync(insert, exchange.Stop), static refused => refused is null, exchange.Stop);
        if (refused is not null) throw new DataException(refused);
        exchange.Picker = null;
        var json = exchange.StartJson(StatusCodes.Status401Unauthorized);
        json.WriteStartObject();
        json.WriteString("mfaId"u8, row.Id);
        if (await SecondFactors.OfAsync(setup.Engine, exchange.Schema, record, exchange.Stop) is { Count: > 0 } factors)
        {
            json.WriteStartArray("factors"u8);
            foreach (var factor in factors) json.WriteStringValue(factor);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    /// <summary>Who has shown the first factor of an id; null when there is none that still counts.</summary>
    public static async ValueTask<Record?> OwnerAsync(Engine engine, Exchange exchange, Collection collection, string mfaId)
    {
        if (mfaId.Length == 0) return null;
        using var session = await engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        if (await StoredRows.FindAsync(session, Table(exchange.Schema), mfaId, exchange.Stop) is not { } row || HasEnded(row, collection, exchange.Facts.Now)) return null;
        return row.GetText("collectionRef") == collection.Id ? await StoredRows.FindAsync(session, collection, row.GetText("recordRef"), exchange.Stop) : null;
    }

    /// <summary>Uses the first factor up. Within the write that keeps the sign-in, so that of two requests at once one wins.</summary>
    public static async ValueTask<Fault?> FinishAsync(WriteSession session, Exchange exchange, string mfaId, Record record, SignInProof proof)
    {
        var table = Table(exchange.Schema);
        if (await StoredRows.FindAsync(session, table, mfaId, exchange.Stop) is not { } row || HasEnded(row, record.Collection, exchange.Facts.Now)) return Fault.BadRequest("accounts.mfa_ended", Invalid);
        if (!SystemRecords.Belongs(row, record)) return Fault.BadRequest("accounts.mfa_other", "Invalid MFA session.");
        if (row.GetText("method") == proof.Method || !await CountsAsync(session, exchange.Schema, record, proof.Method, exchange.Stop)) return Fault.BadRequest("accounts.mfa_same", "A different authentication method is required.");
        if (await session.ExecuteAsync(new DeleteRow(table, row.Id), exchange.Stop) is { } refused) throw new DataException(refused);
        return null;
    }

    private static async ValueTask<bool> CountsAsync(ReadSession session, SchemaSnapshot schema, Record record, string method, CancellationToken stop)
    {
        if (record.Collection.Auth is { Mfa.Factors: { Count: > 0 } factors }) return factors.Contains(method);
        // Who holds the mailbox has a new password and a code by mail; whoever has added an app wants more than that.
        return method is "totp" or "recovery" or "passkey" || !await SecondFactors.WantsAsync(session, schema, record, stop);
    }

    private static bool HasEnded(Record row, Collection collection, DateTimeOffset now) =>
        row.GetDate("created") is not { } began || began.AddSeconds(SecondsOf(collection)) <= now;

    // Checked only while the collection itself asks for two factors; a person's own choice needs a time as well.
    private static long SecondsOf(Collection collection) => collection.Auth?.Mfa.Duration is > 0 and <= MostSeconds and var seconds ? seconds : new MfaOptions().Duration;

    private static Collection Table(SchemaSnapshot schema) => schema.Find(SystemRecords.Mfas) ?? throw new InvalidOperationException("There is no collection of second factors.");
}
