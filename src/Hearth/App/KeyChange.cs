using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Audit;
using Hearth.Resources.Secrets;
using Hearth.Schema;

namespace Hearth.App;

/// <summary>
/// Puts everything that an app keeps sealed under another key, or under none, in one transaction: settings, secrets of collections, fields that features seal,
/// the key of sealed files, and the signature of the audit log. The app itself keeps its old key in memory and must be closed afterwards.
/// </summary>
public static class KeyChange
{
    /// <summary>Does it. Throws a <see cref="DataException"/> when another node uses the data, or something cannot be opened with the app's own key; then nothing was changed.</summary>
    /// <param name="app">The app, started with the key that the data has now.</param>
    /// <param name="to">The new key; <see cref="AppSecrets.None"/> leaves the secrets readable.</param>
    /// <param name="facts">Who asked for it, for the audit log.</param>
    /// <param name="stop">Ends it before it has begun.</param>
    public static async Task RunAsync(HearthApp app, AppSecrets to, RequestFacts facts, CancellationToken stop)
    {
        if (await app.Engine.FindOtherNodeAsync(stop) is { } other)
        {
            throw AppSecrets.Refused($"Another Hearth uses this database at this moment (on {other}). Stop every node before the encryption is turned on, off or changed.");
        }
        // What this app does again and again would sign with its old key.
        await app.Signals.StopAsync(stop);
        var before = app.Schema;
        var collections = new SealedCollections(to);
        var what = !to.IsOn ? "secrets.decrypted" : app.Secrets.IsOn && !app.WasPlain ? "secrets.key_changed" : "secrets.encrypted";
        await app.Engine.ChangeSchemaAsync(before.Version, async session =>
        {
            foreach (var collection in before.Collections) await session.ApplyAsync(new SaveDefinition(collections.Seal(collection)), CancellationToken.None);
            foreach (var (name, fields) in app.SealedFields)
            {
                if (before.Find(name) is { } table) await ChangeRowsAsync(session, table, fields, app.Secrets, to);
            }
            await app.Settings.StoreAsync(session, to, CancellationToken.None);
            await app.Setup.Blobs.Key.StoreAsync(session, to, CancellationToken.None);
            await app.Audit.SignAsync(session, to, CancellationToken.None);
            if (await session.ExecuteAsync(app.Audit.Plan(AuditEntry.Of(what, facts)), CancellationToken.None) is { } refused) throw new DataException(refused);
            session.Tell(SchemaStore.Topic, "");
        });
    }

    private static async ValueTask ChangeRowsAsync(WriteSession session, Collection table, IReadOnlyList<string> fields, AppSecrets from, AppSecrets to)
    {
        foreach (var record in await StoredRows.ListAsync(session, StoredRows.Plan(table, static _ => null), CancellationToken.None))
        {
            foreach (var name in fields)
            {
                var context = AppSecrets.ContextOf(table.Id, record.Id, name);
                record[name] = FieldValue.Text(to.Seal(from.Open(record.GetText(name), context), context));
            }
            if (await session.ExecuteAsync(new UpdateRow(table, record.Id, record.Changes()), CancellationToken.None) is { } refused) throw new DataException(refused);
        }
    }
}
