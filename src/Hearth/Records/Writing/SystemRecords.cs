using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Records.Writing;

/// <summary>
/// The system collections whose rows belong to an auth record: sign-in links, second factors, one-time codes, known places, sessions, further factors. Their rows go
/// with the record, and with what a change of it makes void (contract 4.4, 6.7).
/// </summary>
internal static class SystemRecords
{
    public const string ExternalAuths = "_externalAuths";
    public const string Mfas = "_mfas";
    public const string Otps = "_otps";
    public const string AuthOrigins = "_authOrigins";
    public const string Sessions = FactorTables.Sessions;
    public const string Passkeys = FactorTables.Passkeys;
    public const string ApiKeys = FactorTables.ApiKeys;
    public const string Totps = FactorTables.Totps;
    public const string RecoveryCodes = FactorTables.RecoveryCodes;
    public const string Mails = "_mails";

    /// <summary>Mail address of the account that the setup link signs in with until a person makes the first real superuser.</summary>
    public const string InstallerEmail = "__pbinstaller@example.com";

    private const int RowsAtOnce = 500;

    private static readonly string[] Owned = [ExternalAuths, Mfas, Otps, AuthOrigins, Mails, Sessions, Totps, RecoveryCodes, FactorTables.Attempts, Passkeys, FactorTables.UsedChallenges, ApiKeys];

    /// <summary>Rows that belong to an auth record.</summary>
    public static Filter BelongTo(BaseSource from, Collection ownerCollection, string ownerId)
    {
        var fields = from.Collection!.Fields; // a base source always has one
        return new AllOf([Is("collectionRef", ownerCollection.Id), Is("recordRef", ownerId)]);

        Filter Is(string field, string value) => StoredRows.TextIs(from, fields[from.Collection.OrdinalOf(field)], value);
    }

    /// <summary>A new row that belongs to an auth record, dated; its own values are still to be set.</summary>
    public static Record New(Collection collection, Record owner, DateTimeOffset now)
    {
        var row = Record.New(collection);
        row["collectionRef"] = FieldValue.Text(owner.Collection.Id);
        row["recordRef"] = FieldValue.Text(owner.Id);
        RecordFilling.Date(row, DateText.Of(now));
        return row;
    }

    /// <summary>Whether a row belongs to an auth record.</summary>
    public static bool Belongs(Record row, Record owner) => row.GetText("collectionRef") == owner.Collection.Id && row.GetText("recordRef") == owner.Id;

    /// <summary>The rows that belong to an auth record, with all their values; at most 500.</summary>
    public static async ValueTask<List<Record>> ListAsync(ReadSession session, Collection collection, Record owner, CancellationToken stop)
    {
        if (collection.FindField("collectionRef") is not { } collectionRef || collection.FindField("recordRef") is not { } recordRef) return [];
        var plan = StoredRows.Plan(
            collection,
            from => Filter.Both(StoredRows.TextIs(from, collectionRef, owner.Collection.Id), StoredRows.TextIs(from, recordRef, owner.Original("id").AsText)),
            RowsAtOnce);
        return await StoredRows.ListAsync(session, plan, stop);
    }

    /// <summary>Removes every row that belongs to an auth record.</summary>
    public static async ValueTask RemoveAllAsync(WriteSession session, SchemaSnapshot schema, Record owner, CancellationToken stop)
    {
        if (owner.Collection.Type != CollectionType.Auth) return;
        foreach (var name in Owned) await RemoveAsync(session, schema, name, owner, stop);
    }

    /// <summary>Removes the rows of one system collection that belong to an auth record; true when there were any.</summary>
    public static async ValueTask<bool> RemoveAsync(WriteSession session, SchemaSnapshot schema, string name, Record owner, CancellationToken stop)
    {
        if (schema.Find(name) is not { } collection) return false;
        var any = false;
        while (true)
        {
            var rows = await ListAsync(session, collection, owner, stop);
            foreach (var row in rows) await session.ExecuteAsync(new DeleteRow(collection, row.Id), stop);
            any |= rows.Count > 0;
            if (rows.Count < RowsAtOnce) return any;
        }
    }

    /// <summary>Removes one row, such as a session that ends; who listens hears of it.</summary>
    public static async ValueTask RemoveAsync(WriteSession session, Record row, CancellationToken stop)
    {
        if (await session.ExecuteAsync(new DeleteRow(row.Collection, row.Id), stop) is { } refused) throw new DataException(refused);
        if (session.Notes) session.Note(NotedRows.Of(RowAct.Deleted, row));
    }

    /// <summary>Rows of these collections must point to a record that is there, and links to a service that is known.</summary>
    public static async ValueTask CheckOwnerAsync(ReadSession session, SchemaSnapshot schema, Record record, FaultMap faults, CancellationToken stop)
    {
        // Mails need not be about an account.
        if (!record.Collection.System || Array.IndexOf(Owned, record.Collection.Name) < 0 || record.Collection.Name == Mails) return;
        if (record.Collection.Name == ExternalAuths && record.GetText("provider") is { Length: > 0 } provider && SignInServices.Find(provider) is null)
        {
            faults.Add("provider", new FieldFault("validation_invalid_provider", $"Provider with name {provider} is missing or is not enabled.", new Dictionary<string, object?> { ["name"] = provider }));
        }
        if (schema.Find(record.GetText("collectionRef")) is not { Type: CollectionType.Auth } owner)
        {
            faults.Add("collectionRef", new FieldFault("validation_invalid_collection_id", "Missing or invalid collection."));
        }
        else if (!await StoredRows.ExistsAsync(session, owner, record.GetText("recordRef"), stop))
        {
            faults.Add("recordRef", new FieldFault("validation_invalid_record", "Missing or invalid record."));
        }
    }
}
