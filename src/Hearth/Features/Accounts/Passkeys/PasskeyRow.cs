using System.Buffers.Text;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;
using Hearth.Schema.Stock;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>A passkey as a row of <c>_passkeys</c> and as the verifier knows it.</summary>
internal static class PasskeyRow
{
    /// <summary>The collection.</summary>
    public static Collection TableOf(SchemaSnapshot schema) => schema.Find(FactorTables.Passkeys) ?? throw new InvalidOperationException("There is no collection of passkeys.");

    /// <summary>Rows of a key of a collection's records.</summary>
    public static ReadPlan PlanOf(Collection table, Collection owners, byte[] credentialId) => StoredRows.Plan(
        table,
        from => Filter.Both(
            StoredRows.TextIs(from, table.Fields[table.OrdinalOf("collectionRef")], owners.Id),
            StoredRows.TextIs(from, table.Fields[table.OrdinalOf("credentialId")], Base64Url.EncodeToString(credentialId))),
        1);

    /// <summary>A new row.</summary>
    public static Record New(Collection table, Record owner, UserPasskeyInfo passkey, string name, DateTimeOffset now)
    {
        var row = SystemRecords.New(table, owner, now);
        row["name"] = FieldValue.Text(name);
        row["credentialId"] = FieldValue.Text(Base64Url.EncodeToString(passkey.CredentialId));
        row["publicKey"] = FieldValue.Text(Base64Url.EncodeToString(passkey.PublicKey));
        row["signCount"] = FieldValue.Number(passkey.SignCount);
        row["transports"] = FieldValue.Text(string.Join(',', passkey.Transports ?? []));
        row["backupEligible"] = FieldValue.Bool(passkey.IsBackupEligible);
        row["backedUp"] = FieldValue.Bool(passkey.IsBackedUp);
        return row;
    }

    /// <summary>
    /// As the verifier wants it, but for the counter: that is compared where it is stored anew, within the same write. To the verifier it is always 0.
    /// </summary>
    public static UserPasskeyInfo InfoOf(Record row) => new(
        Base64Url.DecodeFromChars(row.GetText("credentialId")),
        Base64Url.DecodeFromChars(row.GetText("publicKey")),
        row.GetDate("created") ?? default,
        0,
        row.GetText("transports") is { Length: > 0 } transports ? transports.Split(',') : null,
        isUserVerified: false,
        row.GetBool("backupEligible"),
        row.GetBool("backedUp"),
        [],
        []);
}
