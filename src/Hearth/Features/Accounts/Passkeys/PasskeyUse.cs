using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Audit;
using Hearth.Schema;
using Hearth.Schema.Stock;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>What is kept when a challenge was answered. Each answer is good once, and the counter of a device only grows: both are decided within the write.</summary>
internal sealed class PasskeyUse(FeatureSetup setup)
{
    /// <summary>Most passkeys of one account.</summary>
    public const int Most = 50;

    private static readonly Fault Used = Fault.BadRequest("accounts.challenge_used", "The challenge was answered before.");
    private static readonly Fault WentBack = Fault.BadRequest("accounts.passkey_refused", "Failed to authenticate.");

    /// <summary>Keeps a new passkey of a record.</summary>
    public Task<Outcome<Record>> AddAsync(SchemaSnapshot schema, Record owner, Ceremony ceremony, UserPasskeyInfo passkey, string name, AuditEntry entry, CancellationToken stop)
    {
        var table = PasskeyRow.TableOf(schema);
        return setup.Engine.WriteAsync<Outcome<Record>>(
            schema,
            async session =>
            {
                if (await UseUpAsync(session, schema, owner, ceremony, stop) is { } used) return used;
                if ((await SystemRecords.ListAsync(session, table, owner, stop)).Count >= Most) return Fault.BadRequest("accounts.too_many_passkeys", $"An account can have at most {Most} passkeys.");
                var row = PasskeyRow.New(table, owner, passkey, name, setup.Clock.GetUtcNow());
                if (await session.ExecuteAsync(row.ToInsert(), stop) is not null) return Fault.BadRequest("accounts.passkey_known", "This passkey is registered already.");
                await DoAsync(session, setup.Audit.Plan(entry), stop);
                return row;
            },
            static kept => !kept.Failed(out _),
            stop);
    }

    /// <summary>Keeps that a passkey was used, with its new counter and back-up state.</summary>
    public Task<Fault?> UseAsync(SchemaSnapshot schema, Record owner, Ceremony ceremony, UserPasskeyInfo passkey, AuditEntry refused, CancellationToken stop) => setup.Engine.WriteAsync(
        schema,
        async session =>
        {
            if (await UseUpAsync(session, schema, owner, ceremony, stop) is { } used) return used;
            var rows = await StoredRows.ListAsync(session, PasskeyRow.PlanOf(PasskeyRow.TableOf(schema), owner.Collection, passkey.CredentialId), stop);
            if (rows.Count == 0) return WentBack;
            var (row, count) = (rows[0], passkey.SignCount);
            var known = (long)row.GetNumber("signCount");
            // Devices without a counter always say 0. One that goes back, or stands, was copied (WebAuthn level 3, 6.1.1).
            if ((count != 0 || known != 0) && count <= known)
            {
                await DoAsync(session, setup.Audit.Plan(refused), stop);
                return WentBack;
            }
            row["signCount"] = FieldValue.Number(count);
            row["backedUp"] = FieldValue.Bool(passkey.IsBackedUp);
            row["lastUsed"] = FieldValue.Text(DateText.Of(setup.Clock.GetUtcNow()));
            await DoAsync(session, row.ToUpdate(), stop);
            return (Fault?)null;
        },
        null,
        stop);

    private async ValueTask<Fault?> UseUpAsync(WriteSession session, SchemaSnapshot schema, Record owner, Ceremony ceremony, CancellationToken stop)
    {
        var table = schema.Find(FactorTables.UsedChallenges) ?? throw new InvalidOperationException("There is no collection of challenges.");
        var row = SystemRecords.New(table, owner, setup.Clock.GetUtcNow());
        row["challenge"] = FieldValue.Text(ceremony.Mark);
        row["expires"] = FieldValue.Text(DateText.Of(DateTimeOffset.FromUnixTimeSeconds(ceremony.Expires)));
        return await session.ExecuteAsync(row.ToInsert(), stop) is { } taken ? Used.Because(taken.Detail) : null;
    }

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }
}
