using System.Text.Json.Nodes;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>
/// Notes what is done to accounts, and to what they sign in with. Names of fields are noted, never their values. What an account changes of itself is noted when
/// it concerns signing in; the rest is between a person and the app, and would be most of the log.
/// </summary>
internal sealed class RecordAudit(AuditLog log) : RecordJournal
{
    /// <summary>Records that belong to an account and let somebody in. Changes of them are counters and dates.</summary>
    private static readonly string[] Keys = ["_externalAuths"];

    public override bool Keeps(Collection collection) => collection.Type == CollectionType.Auth || (collection.System && Keys.Contains(collection.Name));

    public override WritePlan? Of(RecordAct act, Record record, RequestFacts facts)
    {
        var entry = AuditEntry.Of($"{(record.Collection.Type == CollectionType.Auth ? "account" : "key")}.{Verb(act)}", facts, record.Collection.Name, record.Id);
        if (record.Collection.Type != CollectionType.Auth)
        {
            return act == RecordAct.Updated ? null : log.Plan(entry with { Details = new JsonObject { ["collectionRef"] = record.GetText("collectionRef"), ["recordRef"] = record.GetText("recordRef") } });
        }
        if (act != RecordAct.Updated) return log.Plan(entry);
        var changed = Changed(record);
        if (changed.Count == 0 || (IsSelf(record, facts.Caller) && !changed.Any(field => Concerns(record.Collection, field)))) return null;
        return log.Plan(entry with { Details = new JsonObject { ["fields"] = new JsonArray([.. changed.Select(field => JsonValue.Create(field.Name))]) } });
    }

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

    private static bool IsSelf(Record record, Caller caller) => caller.Collection?.Id == record.Collection.Id && caller.Id == record.Id;

    private static bool Concerns(Collection collection, Field field) => field.System || collection.Auth?.PasswordAuth.IdentityFields.Contains(field.Name) == true;
}
