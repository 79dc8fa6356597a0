using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>What is special about records that can sign in (contract 6.7).</summary>
internal static class AccountRules
{
    private static readonly FieldFault Mismatch = new("validation_values_mismatch", "Values don't match.");

    /// <summary>What a client may not say about an account unless it manages it.</summary>
    public static void Check(Record record, Submission submission, bool manages, bool oldPasswordVerified, FaultMap faults)
    {
        if (record.Collection.Type != CollectionType.Auth) return;
        if (!manages)
        {
            if (!record.IsNew && record.IsChanged("email")) faults.Add("email", Mismatch);
            if (record.IsChanged("verified")) faults.Add("verified", Mismatch);
        }
        var password = submission.Text("password");
        var confirm = submission.Text("passwordConfirm");
        var old = submission.Text("oldPassword");
        if (password.Length == 0 && (record.IsNew || confirm.Length > 0 || old.Length > 0)) faults.Add("password", FieldFault.Required);
        if (confirm.Length == 0 && (record.IsNew || password.Length > 0 || old.Length > 0)) faults.Add("passwordConfirm", FieldFault.Required);
        else if (confirm != password) faults.Add("passwordConfirm", Mismatch);
        if (record.IsNew || manages || (password.Length == 0 && confirm.Length == 0)) return;
        if (old.Length == 0) faults.Add("oldPassword", FieldFault.Required);
        else if (!oldPasswordVerified) faults.Add("oldPassword", new FieldFault("validation_invalid_old_password", "Missing or invalid old password."));
    }

    /// <summary>A password was sent that is none: taken for "as it was", the answer would say that it is stored.</summary>
    public static bool IsBlankPassword(Record record, Submission submission) =>
        record.Collection.Type == CollectionType.Auth && submission.Has("password") && submission.Text("password").Length == 0;

    /// <summary>What the server decides by itself before an account is stored.</summary>
    public static void Complete(Record record)
    {
        if (record.Collection.Type != CollectionType.Auth) return;
        if (record.Collection.Name == Caller.SuperusersCollection) record["verified"] = FieldValue.Bool(true);
        if (record.IsNew || record.IsChanged("tokenKey")) return;
        if (record.IsChanged("password") || record.IsChanged("email")) RecordFilling.RenewTokenKey(record);
    }

    /// <summary>What becomes void with a change of an account; called before the row is written, so that the token key may still change.</summary>
    public static async ValueTask ForgetAsync(WriteSession session, SchemaSnapshot schema, Record record, CancellationToken stop)
    {
        if (record.Collection.Type != CollectionType.Auth || record.IsNew) return;
        // Somebody else may have linked a service, or left a passkey or an API key, before the owner proved the address.
        if (record.GetBool("verified") && !record.Original("verified").AsBool)
        {
            var linked = await SystemRecords.RemoveAsync(session, schema, SystemRecords.ExternalAuths, record, stop);
            var hadPasskeys = await SystemRecords.RemoveAsync(session, schema, SystemRecords.Passkeys, record, stop);
            var hadApiKeys = await SystemRecords.RemoveAsync(session, schema, SystemRecords.ApiKeys, record, stop);
            // Whose app is asked for would keep the owner out.
            await SystemRecords.RemoveAsync(session, schema, SystemRecords.Totps, record, stop);
            await SystemRecords.RemoveAsync(session, schema, SystemRecords.RecoveryCodes, record, stop);
            if ((linked || hadPasskeys || hadApiKeys) && !record.IsChanged("tokenKey")) RecordFilling.RenewTokenKey(record);
        }
        if (record.IsChanged("tokenKey"))
        {
            await SystemRecords.RemoveAsync(session, schema, SystemRecords.Otps, record, stop);
            // Their tokens have ended with the key.
            await SystemRecords.RemoveAsync(session, schema, SystemRecords.Sessions, record, stop);
        }
        if (!record.IsChanged("password")) return;
        await SystemRecords.RemoveAsync(session, schema, SystemRecords.AuthOrigins, record, stop);
        await SystemRecords.RemoveAsync(session, schema, SystemRecords.Mfas, record, stop);
    }

    /// <summary>Whether <see cref="RetireInstallerAsync"/> has anything to do.</summary>
    public static bool RetiresInstaller(Record created) =>
        created.Collection.Name == Caller.SuperusersCollection && created.GetText("email") != SystemRecords.InstallerEmail;

    /// <summary>The first real superuser takes the place of the account that the setup link uses.</summary>
    public static async ValueTask RetireInstallerAsync(WriteSession session, Record created, CancellationToken stop)
    {
        if (!RetiresInstaller(created)) return;
        if (created.Collection.FindField("email") is not { } email) return;
        var plan = StoredRows.Plan(created.Collection, from => StoredRows.TextIs(from, email, SystemRecords.InstallerEmail));
        foreach (var installer in await StoredRows.ListAsync(session, plan, stop))
        {
            await session.ExecuteAsync(new DeleteRow(created.Collection, installer.Id), stop);
        }
    }
}
