using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Passwords;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>Finds everything that is wrong with a record, all fields together.</summary>
internal static class RecordValidation
{
    private const string StockIdPattern = "^[a-z0-9]+$";

    /// <summary>The checks that need no database.</summary>
    public static void CheckValues(Record record, RequestFacts facts, FaultMap faults)
    {
        CheckId(record, faults);
        for (var i = 0; i < record.Values.Count; i++)
        {
            var name = record.Collection.Fields[i].Name;
            if (faults[name] is null && CheckValue(record, i) is { } fault) faults.Add(name, fault);
        }
        if (IsOwnChoice(facts)) CheckPassword(record, faults);
    }

    /// <summary>The checks that ask the database: referred records, ids.</summary>
    public static async ValueTask CheckStoredAsync(ReadSession session, SchemaSnapshot schema, Record record, bool idWasGiven, FaultMap faults, CancellationToken stop)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.Collection.Fields[i] is not RelationField field || !record.IsChanged(i) || faults[field.Name] is not null) continue;
            var ids = record[i].AsList;
            if (ids.Count == 0) continue;
            if (schema.Find(field.CollectionId) is not { } target)
            {
                faults.Add(field.Name, new FieldFault("validation_missing_rel_collection", "Relation connection is missing or cannot be accessed."));
            }
            else if (await StoredRows.CountAsync(session, target, ids, stop) != ids.Count)
            {
                faults.Add(field.Name, new FieldFault("validation_missing_rel_records", "Failed to find all relation records with the provided ids."));
            }
        }
        if (record.IsNew && idWasGiven && faults["id"] is null) await CheckNewIdAsync(session, schema, record, faults, stop);
        await SystemRecords.CheckOwnerAsync(session, schema, record, faults, stop);
    }

    private static FieldFault? CheckValue(Record record, int ordinal)
    {
        var field = record.Collection.Fields[ordinal];
        var value = record[ordinal];
        return field switch
        {
            AutodateField => null,
            // What is stored is a hash, to which the options for passwords do not apply.
            PasswordField when !record.IsPlainPassword(ordinal) => field.Required && value.AsText.Length == 0 ? FieldFault.Required : null,
            FileField => CheckFileNames(record, ordinal) ?? field.Check(value),
            _ => field.Check(value),
        };
    }

    // What a superuser, the command line or code sets was chosen by who may choose anything.
    private static bool IsOwnChoice(RequestFacts facts) => !facts.IsProgram && !facts.IsCommandLine && facts.Caller is { IsSuperuser: false } or { Collection: null };

    private static void CheckPassword(Record record, FaultMap faults)
    {
        if (record.Collection.Auth is { PasswordAuth.AllowTrivial: false } && faults["password"] is null && HasTrivialPassword(record)) faults.Add("password", Trivial);
    }

    /// <summary>The password that is set is among the first that others would guess.</summary>
    public static bool HasTrivialPassword(Record record)
    {
        if (record.Collection.Auth is not { PasswordAuth: var options }) return false;
        var ordinal = record.Collection.OrdinalOf("password");
        if (ordinal < 0 || !record.IsPlainPassword(ordinal)) return false;
        var own = options.IdentityFields.Append("email").Append("name").Append("username").Distinct().Where(name => record.Collection.FindField(name) is TextField or EmailField);
        return TrivialPasswords.Contains(record[ordinal].AsText, own.Select(record.GetText));
    }

    private static FieldFault Trivial { get; } = new("validation_trivial_password", "This password is one of the first that others would guess. Please choose another.");

    private static FieldFault? CheckFileNames(Record record, int ordinal)
    {
        var kept = record.Original(ordinal).AsList;
        List<string>? unknown = null;
        foreach (var name in record[ordinal].AsList)
        {
            if (!kept.Contains(name) && !record.Uploads.Any(upload => upload.Name == name)) (unknown ??= []).Add(name);
        }
        return unknown is null
            ? null
            : new FieldFault("validation_invalid_file", Sentence.Of($"Invalid new files: [{string.Join(" ", unknown)}]"), new Dictionary<string, object?> { ["invalidFiles"] = unknown });
    }

    private static void CheckId(Record record, FaultMap faults)
    {
        if (!record.IsNew && record.IsChanged("id")) faults.Add("id", new FieldFault("validation_pk_change", "The record primary key cannot be changed."));
    }

    private static async ValueTask CheckNewIdAsync(ReadSession session, SchemaSnapshot schema, Record record, FaultMap faults, CancellationToken stop)
    {
        var collection = record.Collection;
        var ownPattern = collection.FindField("id") is TextField { Pattern: not StockIdPattern };
        // No index keeps another write from taking an id that differs in case only, or that of an account in another collection.
        if ((ownPattern || collection.Type == CollectionType.Auth) && session is WriteSession write) await write.LockAsync($"id {record.Id.ToLowerInvariant()}", stop);
        if (ownPattern && collection.FindField("id") is TextField field)
        {
            // Ids become folder names of files, and some file systems do not tell cases apart.
            var from = new BaseSource(collection);
            var same = new Compare(new Lower(new Column(from, field)), CompareOperator.Equal, new Literal(FieldValue.Text(record.Id.ToLowerInvariant())), false);
            if (await session.AnyAsync(new ReadPlan { From = from, Where = same }, stop))
            {
                faults.Add("id", new FieldFault("validation_pk_invalid", "The record primary key is invalid or already exists."));
            }
        }
        if (collection.Type != CollectionType.Auth) return;
        foreach (var other in schema.Collections)
        {
            if (other.Type != CollectionType.Auth || !await StoredRows.ExistsAsync(session, other, record.Id, stop)) continue;
            faults.Add("id", new FieldFault("validation_invalid_auth_id", "Invalid or duplicated auth record id."));
            return;
        }
    }
}
