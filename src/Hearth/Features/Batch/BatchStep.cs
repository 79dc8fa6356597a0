using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Input;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Batch;

/// <summary>One item of a batch on its way. What the rules see of the request is the item's own: method, query, headers, body.</summary>
internal sealed class BatchStep(Exchange exchange, RecordStore store, RecordReader reader, BatchItem item)
{
    private readonly Outcome<BatchTarget> target = BatchTarget.Of(item);
    private RecordWrite? create;
    private RecordWrite? update;
    private RecordWrite? done;

    /// <summary>It brings files, and storing them may take longer than anybody should hold the writer.</summary>
    public bool HasUploads => item.Uploads.Count > 0;

    /// <summary>Passwords and the bytes of files, before the writer is held.</summary>
    public async ValueTask PrepareSlowAsync(CancellationToken stop)
    {
        if (target.Fault is not null || exchange.Schema.Find(target.Value.Collection) is not { } collection) return;
        var action = target.Value.Action;
        var submission = item.Uploads.Count == 0 ? new Submission(item.Body) : await UploadInput.SubmissionAsync(collection, item.Body, item.Uploads, stop);
        if (action is BatchAction.Create or BatchAction.Upsert) create = store.Create(exchange.Schema, collection, submission, FactsAs("POST"));
        if (action is BatchAction.Update or BatchAction.Upsert) update = store.Update(exchange.Schema, collection, IdToUpdate, submission, FactsAs("PATCH"), sameFilesAs: create);
        if (create is not null) await create.PrepareSlowAsync(stop);
        if (update is not null && IdToUpdate.Length > 0) await update.PrepareSlowAsync(stop);
    }

    /// <summary>Rules, hooks, the write and its answer, all inside the session.</summary>
    public async ValueTask<Fault?> RunAsync(WriteSession session, BatchResults results, CancellationToken stop)
    {
        if (target.Failed(out var fault, out var to)) return fault;
        if (exchange.Schema.Find(to.Collection) is not { } collection) return NoCollection(to.Action);
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        var (write, tag) = await ChooseAsync(session, collection, to, stop);
        if (exchange.CheckRate(collection.Name, RouteDefinition.TagsIn(collection, [tag])) is { } limited) return limited;
        if ((await write.PrepareAsync(session, stop) ?? await write.CommitAsync(session, stop)) is { } refused) return refused;
        done = write;
        if (to.Action == BatchAction.Delete)
        {
            results.AddNothing();
            return null;
        }
        var request = new ReadRequest(exchange.Schema, FactsAs(tag == "create" ? "POST" : "PATCH"), to.Expand);
        return await reader.WriteRecordAsync(session, write.Record!, results.Begin(), request, stop) ?? results.End(to.Picker); // committed, so there is one
    }

    /// <summary>Lets go of the uploads, because the batch failed.</summary>
    public async ValueTask DiscardAsync()
    {
        if (create is not null) await create.DiscardFilesAsync();
        if (update is not null) await update.DiscardFilesAsync();
    }

    /// <summary>Tells the listeners.</summary>
    public ValueTask AnnounceAsync() => done?.AnnounceAsync() ?? ValueTask.CompletedTask;

    private string IdToUpdate => target.Value.Action == BatchAction.Update
        ? target.Value.Id
        : item.Body.TryGetValue("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() ?? "" : "";

    private async ValueTask<(RecordWrite Write, string Tag)> ChooseAsync(WriteSession session, Collection collection, BatchTarget to, CancellationToken stop)
    {
        // Of two who bring the same new record at once, one makes it and the other changes it.
        if (to.Action == BatchAction.Upsert && IdToUpdate.Length > 0) await session.LockAsync($"upsert {collection.Id} {IdToUpdate}", stop);
        switch (to.Action)
        {
            case BatchAction.Delete:
                return (store.Delete(exchange.Schema, collection, to.Id, FactsAs("DELETE")), "delete");
            case BatchAction.Update:
                return (update!, "update"); // made by PrepareSlowAsync, as below
            case BatchAction.Upsert when IdToUpdate.Length > 0 && await RecordStore.ExistsAsync(session, collection, IdToUpdate, stop):
                return (update!, "update");
            default:
                return (create!, "create");
        }
    }

    private RequestFacts FactsAs(string method) => exchange.Facts with
    {
        Method = method,
        Context = "batch",
        Query = target.Value.Query,
        Headers = item.Headers.Count == 0 ? exchange.Facts.Headers : Overlaid(),
        Body = item.Body,
    };

    // Who asks is always who sent the whole batch.
    private Dictionary<string, string> Overlaid()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in exchange.Facts.Headers) headers.TryAdd(name, value);
        foreach (var (name, value) in item.Headers)
        {
            if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) headers[HeaderFacts.NameOf(name)] = value;
        }
        return headers;
    }

    private static Fault NoCollection(BatchAction action) =>
        Fault.NotFound("records.no_collection", action == BatchAction.Delete ? "Missing collection context." : "Missing or invalid collection context.");
}
