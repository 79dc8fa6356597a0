using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Audit;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Factors;

/// <summary>The recovery codes of a record: a set is shown once and kept as hashes, each code is good once, a new set voids the old one.</summary>
internal sealed class RecoveryFactor(FeatureSetup setup)
{
    private static readonly Fault Wrong = Fault.BadRequest("accounts.wrong_code", "Invalid or used code.", new FaultMap().Add("code", FieldFault.InvalidValue));

    /// <summary>Makes a new set.</summary>
    public async ValueTask<IReadOnlyList<string>> RenewAsync(SchemaSnapshot schema, Record owner, AuditEntry entry, CancellationToken stop)
    {
        var codes = new List<string>();
        for (var i = 0; i < RecoveryCodes.Count; i++) codes.Add(RecoveryCodes.New());
        var table = TableOf(schema);
        await setup.Engine.WriteAsync(
            schema,
            async session =>
            {
                // Two new sets at the same moment: the later one must see the earlier one to void it.
                await session.LockAsync($"recovery/{owner.Id}", stop);
                await SystemRecords.RemoveAsync(session, schema, FactorTables.RecoveryCodes, owner, stop);
                foreach (var code in codes)
                {
                    var row = SystemRecords.New(table, owner, setup.Clock.GetUtcNow());
                    row["hash"] = FieldValue.Text(RecoveryCodes.HashOf(owner.Id, code));
                    await DoAsync(session, row.ToInsert(), stop);
                }
                await DoAsync(session, setup.Audit.Plan(entry), stop);
                return true;
            },
            null,
            stop);
        return codes;
    }

    /// <summary>Uses a code up.</summary>
    public Task<Fault?> UseAsync(SchemaSnapshot schema, Record owner, string code, CancellationToken stop) => setup.Engine.WriteAsync(
        schema,
        async session =>
        {
            var now = setup.Clock.GetUtcNow();
            var attempts = new Attempts(schema, owner, "recovery");
            if (await attempts.BeginAsync(session, now, stop) is { } refused) return refused;
            var hash = RecoveryCodes.HashOf(owner.Id, code);
            if ((await SystemRecords.ListAsync(session, TableOf(schema), owner, stop)).Find(row => row.GetText("hash") == hash) is not { } found)
            {
                await attempts.FailedAsync(session, now, stop);
                return Wrong;
            }
            await attempts.SucceededAsync(session, stop);
            await DoAsync(session, new DeleteRow(found.Collection, found.Id), stop);
            return (Fault?)null;
        },
        null,
        stop);

    private static async ValueTask DoAsync(WriteSession session, WritePlan plan, CancellationToken stop)
    {
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }

    private static Collection TableOf(SchemaSnapshot schema) => schema.Find(FactorTables.RecoveryCodes) ?? throw new InvalidOperationException("There is no collection of recovery codes.");
}
