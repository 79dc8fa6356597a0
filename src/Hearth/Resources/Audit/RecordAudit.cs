using System.Text.Json.Nodes;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Resources.Audit;

/// <summary>
/// Notes what is done to accounts, and to what they sign in with. Names of fields are noted, never their values. What an account changes of itself is noted when
/// it concerns signing in; the rest is between a person and the app, and would be most of the log.
/// </summary>
internal sealed class RecordAudit(AuditLog log) : RecordJournal
{
    /// <summary>
    /// Records that belong to an account and let somebody in, or keep others out. What the server does with them by itself (codes that are used, counters) does not come here: it is
    /// what people and superusers do through the records API.
    /// </summary>
    private static readonly string[] Keys = ["_externalAuths", "_otps", "_mfas", "_authOrigins", FactorTables.Passkeys, FactorTables.Totps, FactorTables.RecoveryCodes, FactorTables.ApiKeys];

    public override bool Keeps(Collection collection) => collection.Type == CollectionType.Auth || (collection.System && Keys.Contains(collection.Name));

    public override WritePlan? Of(RecordAct act, Record record, RequestFacts facts)
    {
        var entry = AuditEntry.Of($"{(record.Collection.Type == CollectionType.Auth ? "account" : "key")}.{Verb(act)}", facts, record.Collection.Name, record.Id);
        if (record.Collection.Type != CollectionType.Auth)
        {
            var whose = new JsonObject { ["collectionRef"] = record.GetText("collectionRef"), ["recordRef"] = record.GetText("recordRef") };
            if (act != RecordAct.Updated) return log.Plan(entry with { Details = whose });
            if (Changed(record) is not { Count: > 0 } written) return null;
            whose["fields"] = Names(written);
            return log.Plan(entry with { Details = whose });
        }
        if (act != RecordAct.Updated) return log.Plan(entry);
        var changed = Changed(record);
        if (changed.Count == 0 || (IsSelf(record, facts.Caller) && !changed.Any(field => Concerns(record.Collection, field)))) return null;
        return log.Plan(entry with { Details = new JsonObject { ["fields"] = Names(changed) } });
    }

    // At most five for each pause of the count, so they need no bound of their own.
    public override WritePlan? OfWrongPassword(Record account, RequestFacts facts) => log.Plan(AuditEntry.Of("proof.failed", facts, account.Collection.Name, account.Id));

    public override WritePlan? OfTruncation(Collection collection, long removed, RequestFacts facts) =>
        log.Plan(AuditEntry.Of("collection.truncated", facts, collection.Name) with { Details = new JsonObject { ["records"] = removed } });

    public override WritePlan? OfMany(Collection collection, int added, int changed, RequestFacts facts) =>
        log.Plan(AuditEntry.Of("account.imported", facts, collection.Name) with { Details = new JsonObject { ["added"] = added, ["changed"] = changed } });

    private static string Verb(RecordAct act) => act switch
    {
        RecordAct.Created => "created",
        RecordAct.Updated => "updated",
        _ => "deleted",
    };

    private static List<Field> Changed(Record record)
    {
        var changed = new List<Field>();
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i] is not AutodateField && record.IsChanged(i)) changed.Add(record.Collection.Fields[i]);
        }
        return changed;
    }

    private static JsonArray Names(List<Field> fields) => [.. fields.Select(field => JsonValue.Create(field.Name))];

    private static bool IsSelf(Record record, Caller caller) => caller.Collection?.Id == record.Collection.Id && caller.Id == record.Id;

    private static bool Concerns(Collection collection, Field field) => field.System || collection.Auth?.PasswordAuth.IdentityFields.Contains(field.Name) == true;
}
