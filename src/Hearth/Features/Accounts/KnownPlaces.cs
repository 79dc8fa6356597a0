using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>The places from which an account was used (contract 7.9), in <c>_authOrigins</c>: at most five, so that a new one can be told to its owner.</summary>
internal sealed class KnownPlaces(FeatureSetup setup)
{
    private const int MostKept = 5;

    /// <summary>Keeps the place of a sign-in. True when it is new while others are known: then its owner should hear of it.</summary>
    public async ValueTask<bool> NoteAsync(WriteSession session, SchemaSnapshot schema, Record record, Place place, CancellationToken stop)
    {
        if (record.Collection.Auth is not { AuthAlert.Enabled: true } || schema.Find(SystemRecords.AuthOrigins) is not { } table) return false;
        var fingerprint = place.Fingerprint;
        var known = await SystemRecords.ListAsync(session, table, record, stop);
        if (known.Exists(row => row.GetText("fingerprint") == fingerprint)) return false;
        foreach (var oldest in known.OrderBy(row => row.GetText("created"), StringComparer.Ordinal).Take(Math.Max(0, known.Count - MostKept + 1)))
        {
            await session.ExecuteAsync(new DeleteRow(table, oldest.Id), stop);
        }
        var row = SystemRecords.New(table, record, setup.Clock.GetUtcNow());
        row["fingerprint"] = FieldValue.Text(fingerprint);
        if (await session.ExecuteAsync(row.ToInsert(), stop) is not { } refused) return known.Count > 0;
        // Another sign-in from the same place came in between, and has told it.
        return refused.Kind == DataFaultKind.NotUnique ? false : throw new DataException(refused);
    }
}
