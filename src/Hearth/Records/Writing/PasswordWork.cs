using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>The passwords of one write: hashed before the writer is held, put in place inside it.</summary>
internal sealed class PasswordWork(PasswordHashing hashing)
{
    private Dictionary<(string Plain, int Cost), string?>? hashes;
    private string? verifiedHash;

    /// <summary>Hashes the acceptable passwords of a submission, before the record is known.</summary>
    public async ValueTask HashAsync(IReadOnlyList<SubmittedValue> parts, CancellationToken stop)
    {
        foreach (var part in parts)
        {
            if (part.Field is PasswordField field && part.Modifier is null) await HashAsync(field, field.Coerce(part.Value), stop);
        }
    }

    /// <summary>Hashes the new passwords of a record.</summary>
    public async ValueTask HashAsync(Record record, CancellationToken stop)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (record.IsPlainPassword(i)) await HashAsync((PasswordField)record.Collection.Fields[i], record[i], stop);
        }
    }

    /// <summary>Puts the hashes in the place of the passwords; whatever could not be hashed is told as a field fault.</summary>
    public async ValueTask StoreAsync(Record record, FaultMap faults, CancellationToken stop)
    {
        for (var i = 0; i < record.Values.Count; i++)
        {
            if (!record.IsPlainPassword(i) || record[i].AsText.Length == 0) continue;
            var field = (PasswordField)record.Collection.Fields[i];
            if (faults[field.Name] is not null) continue;
            // A hit unless a hook of a batch has set the password inside the session.
            await HashAsync(field, record[i], stop);
            if (hashes?.GetValueOrDefault((record[i].AsText, field.Cost)) is { } hash) record.SetPasswordHash(field.Name, hash);
            else faults.Add(field.Name, FieldFault.InvalidValue);
        }
    }

    /// <summary>Compares the old password with the stored hash and remembers with which. The fault is that of the comparison: too many were wrong.</summary>
    public async ValueTask<Fault?> VerifyOldAsync(string storedHash, Func<ValueTask<Outcome<bool>>> compare)
    {
        if (storedHash.Length == 0 || verifiedHash == storedHash) return null;
        if ((await compare()).Failed(out var fault, out var fits)) return fault;
        if (fits) verifiedHash = storedHash;
        return null;
    }

    /// <summary>Whether the old password was found to belong to this hash.</summary>
    public bool IsVerified(string storedHash) => storedHash.Length > 0 && verifiedHash == storedHash;

    private async ValueTask HashAsync(PasswordField field, FieldValue plain, CancellationToken stop)
    {
        var key = (plain.AsText, field.Cost);
        if (key.AsText.Length == 0 || hashes?.ContainsKey(key) == true || field.Check(plain) is not null) return;
        (hashes ??= [])[key] = await hashing.HashAsync(key.AsText, field.Cost, stop);
    }
}
