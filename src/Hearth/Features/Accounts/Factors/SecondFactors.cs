using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Features.Accounts.Factors;

/// <summary>Which second factors a person has added to an account.</summary>
internal static class SecondFactors
{
    /// <summary>Their names, as in the routes: <c>totp</c>, <c>recovery-code</c>, <c>passkey</c>.</summary>
    public static async ValueTask<IReadOnlyList<string>> OfAsync(Engine engine, SchemaSnapshot schema, Record record, CancellationToken stop)
    {
        var names = new List<string>();
        using var session = await engine.ReadAsync(stop);
        if (await HasTotpAsync(session, schema, record, stop)) names.Add("totp");
        if (await AnyAsync(session, schema, FactorTables.RecoveryCodes, record, null, stop)) names.Add("recovery-code");
        if (record.Collection.Auth is { Passkeys.Enabled: true } && await AnyAsync(session, schema, FactorTables.Passkeys, record, null, stop)) names.Add("passkey");
        return names;
    }

    /// <summary>Whether every sign-in of the record needs a second factor, because its owner wants it so: an authenticator app was added and confirmed.</summary>
    public static async ValueTask<bool> WantsAsync(Engine engine, SchemaSnapshot schema, Record record, CancellationToken stop)
    {
        if (record.Collection.Auth is not { Totp.Enabled: true }) return false;
        using var session = await engine.ReadOnceAsync(stop);
        return await WantsAsync(session, schema, record, stop);
    }

    /// <summary>The same within a session.</summary>
    public static async ValueTask<bool> WantsAsync(ReadSession session, SchemaSnapshot schema, Record record, CancellationToken stop) =>
        record.Collection.Auth is { Totp.Enabled: true } && await HasTotpAsync(session, schema, record, stop);

    private static ValueTask<bool> HasTotpAsync(ReadSession session, SchemaSnapshot schema, Record record, CancellationToken stop) =>
        AnyAsync(session, schema, FactorTables.Totps, record, "confirmed", stop);

    private static async ValueTask<bool> AnyAsync(ReadSession session, SchemaSnapshot schema, string table, Record record, string? flag, CancellationToken stop)
    {
        if (schema.Find(table) is not { } collection) return false;
        var from = new BaseSource(collection);
        var where = SystemRecords.BelongTo(from, record.Collection, record.Id);
        if (flag is not null) where = Filter.Both(where, StoredRows.Is(from, collection.Fields[collection.OrdinalOf(flag)], FieldValue.Bool(true)));
        return await session.AnyAsync(new ReadPlan { From = from, Where = where }, stop);
    }
}
