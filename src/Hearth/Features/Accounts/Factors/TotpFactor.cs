using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Audit;
using Hearth.Resources.Secrets;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Factors;

/// <summary>The authenticator app of a record: adding, confirming, checking and removing it. Every check uses its code up within the write that looks at it.</summary>
internal sealed class TotpFactor(FeatureSetup setup)
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(15);
    private static readonly Fault Wrong = Fault.BadRequest("accounts.wrong_code", "Invalid or used code.", new FaultMap().Add("code", FieldFault.InvalidValue));

    /// <summary>Keeps a new secret that counts once it is confirmed; an earlier one that was not is forgotten. Returns it in Base32.</summary>
    public async ValueTask<string> BeginAsync(SchemaSnapshot schema, Record owner, CancellationToken stop)
    {
        var secret = Totp.NewSecret();
        var table = TableOf(schema);
        await setup.Engine.WriteAsync(
            schema,
            async session =>
            {
                foreach (var old in await SystemRecords.ListAsync(session, table, owner, stop))
                {
                    if (!old.GetBool("confirmed")) await DoAsync(session, new DeleteRow(table, old.Id), stop);
                }
                var row = SystemRecords.New(table, owner, setup.Clock.GetUtcNow());
                row["id"] = FieldValue.Text(RandomText.RecordId());
                row.SetPasswordHash("secret", setup.Secrets.Seal(secret, ContextOf(row)));
                await DoAsync(session, row.ToInsert(), stop);
                return true;
            },
            null,
            stop);
        return secret;
    }

    /// <summary>Confirms the secret that was begun by its first code; it takes the place of an older one.</summary>
    public Task<Fault?> ConfirmAsync(SchemaSnapshot schema, Record owner, string code, AuditEntry entry, CancellationToken stop) =>
        CheckAsync(schema, owner, code, confirmed: false, async (session, rows, row) =>
        {
            foreach (var old in rows)
            {
                if (old.Id != row.Id) await DoAsync(session, new DeleteRow(row.Collection, old.Id), stop);
            }
            row["confirmed"] = FieldValue.Bool(true);
            await DoAsync(session, setup.Audit.Plan(entry), stop);
        }, stop);

    /// <summary>Uses a code of the confirmed secret up.</summary>
    public Task<Fault?> UseAsync(SchemaSnapshot schema, Record owner, string code, CancellationToken stop) =>
        CheckAsync(schema, owner, code, confirmed: true, static (_, _, _) => ValueTask.CompletedTask, stop);

    /// <summary>Removes it; false when there was none.</summary>
    public Task<bool> RemoveAsync(SchemaSnapshot schema, Record owner, AuditEntry entry, CancellationToken stop) => setup.Engine.WriteAsync(
        schema,
        async session =>
        {
            if (!await SystemRecords.RemoveAsync(session, schema, FactorTables.Totps, owner, stop)) return false;
            await DoAsync(session, setup.Audit.Plan(entry), stop);
            return true;
        },
        null,
        stop);

    private Task<Fault?> CheckAsync(
        SchemaSnapshot schema, Record owner, string code, bool confirmed, Func<WriteSession, List<Record>, Record, ValueTask> then, CancellationToken stop) => setup.Engine.WriteAsync(
        schema,
        async session =>
        {
            var now = setup.Clock.GetUtcNow();
            var attempts = new Attempts(schema, owner, "totp");
            if (await attempts.BeginAsync(session, now, stop) is { } refused) return refused;
            var rows = await SystemRecords.ListAsync(session, TableOf(schema), owner, stop);
            var row = rows.Find(candidate => candidate.GetBool("confirmed") == confirmed && (confirmed || candidate.GetDate("created") > now - ConfirmWithin));
            if (row is null || Totp.Find(setup.Secrets.Open(row.GetText("secret"), ContextOf(row)), code, now, (long)row.GetNumber("lastStep")) is not { } step)
            {
                await attempts.FailedAsync(session, now, stop);
                return Wrong;
            }
            row["lastStep"] = FieldValue.Number(step);
            await then(session, rows, row);
            await attempts.SucceededAsync(session, stop);
            await DoAsync(session, row.ToUpdate(), stop);
            return (Fault?)null;
        },
        null,
        stop);

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }

    private static string ContextOf(Record row) => AppSecrets.ContextOf(row.Collection.Id, row.Id, "secret");

    private static Collection TableOf(SchemaSnapshot schema) => schema.Find(FactorTables.Totps) ?? throw new InvalidOperationException("There is no collection of authenticator apps.");
}
