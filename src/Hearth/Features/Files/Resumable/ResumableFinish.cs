using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Records.Writing;

namespace Hearth.Features.Files.Resumable;

/// <summary>The end of an upload: it becomes part of its record, or it is given up.</summary>
internal sealed class ResumableFinish(FeatureSetup setup)
{
    /// <summary>Changes the record. That it was done is written down with the change, so that a client that missed the answer can ask and does not do it twice.</summary>
    public async ValueTask<Fault?> RunAsync(Exchange exchange, ResumableUpload upload)
    {
        if (exchange.Schema.Find(upload.Collection) is not { } collection || Submission.FileFieldOf(collection, upload.Key) is null) return RecordFaults.NotFound;
        var store = setup.Blobs.Files;
        var file = await Upload.ReadAsync(upload.Key, upload.Name, upload.Length, () => new PiecesStream(store, upload.Parts), exchange.Stop);
        var submission = new Submission(collection, ImmutableDictionary<string, JsonElement>.Empty, [file]);
        var facts = exchange.FactsWith(submission.Body);
        var changed = await setup.Records.Update(exchange.Schema, collection, upload.Record, submission, facts, async (session, _) =>
        {
            if (await ResumableUpload.FindAsync(session, upload.Id, exchange.Stop) is not { Stored.Length: 0 } open) return Fault.Of(409, "uploads.offset", "The upload was finished before.");
            return await session.ExecuteAsync(open.Finished(file.Name), exchange.Stop) is { } refused ? throw new DataException(refused) : null;
        }).RunAsync(exchange.Stop);
        if (changed.Failed(out var fault))
        {
            // What is wrong with it will not mend itself by sending it again.
            if (fault.Status is >= 400 and < 500 and not 409) await ForgetAsync(upload, CancellationToken.None);
            return fault;
        }
        upload.Finished(file.Name);
        await store.DeleteUnderAsync(upload.Prefix, CancellationToken.None);
        return null;
    }

    /// <summary>Removes an upload with its pieces, the pieces first: as long as the row is there it will be tried again.</summary>
    public async ValueTask ForgetAsync(ResumableUpload upload, CancellationToken stop)
    {
        await setup.Blobs.Files.DeleteUnderAsync(upload.Prefix, stop);
        await setup.Engine.WriteAsync(async session => await session.ExecuteAsync(upload.Removed(), stop) is { } refused ? throw new DataException(refused) : true, null, stop);
    }
}
