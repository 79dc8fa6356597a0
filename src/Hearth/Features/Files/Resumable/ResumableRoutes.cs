using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Input;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Records.Writing;
using Hearth.Schema;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Files.Resumable;

/// <summary>
/// Large files that may break off and go on (tus 1.0.0 with creation, expiration and termination). An upload is for a file field of a record that is there; when its last
/// byte came, the record is changed as a PATCH by the same caller would change it.
/// </summary>
internal sealed class ResumableRoutes(FeatureSetup setup)
{
    private const string Path = "/api/files/uploads";
    private const long StandardSize = 5L << 20;
    private const int AtOnce = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    // Beyond what a field holds: some that broke off and were begun anew.
    private const int MoreOpen = 10;

    // Each is a file of its own until the end.
    private const int MostPieces = 10_000;

    private readonly ResumableFinish finish = new(setup);

    public void Map()
    {
        setup.Map(new RouteDefinition { Method = "POST", Path = Path, LooksAtScope = true, Handler = CreateAsync, Summary = "Begins an upload that can be resumed (tus 1.0.0).", Contract = TusHeaders.Beginning });
        setup.Map(new RouteDefinition { Method = "GET", Path = Path + "/{id}", LooksAtScope = true, Handler = TellAsync, Summary = "How far an upload is, in its headers.", Contract = TusHeaders.Telling });
        setup.Map(new RouteDefinition { Method = "PATCH", Path = Path + "/{id}", LooksAtScope = true, BodyLimit = 0, Handler = ReceiveAsync, Summary = "The next bytes of an upload.", Contract = TusHeaders.Receiving });
        setup.Map(new RouteDefinition { Method = "DELETE", Path = Path + "/{id}", LooksAtScope = true, Handler = RemoveAsync, Summary = "Gives an upload up.", Contract = TusHeaders.Removing });
        var tidy = setup.Signals.Every("files.uploads", TimeSpan.FromMinutes(10), TidyAsync);
        setup.Signals.On(SchemaStore.Topic, (_, _) =>
        {
            tidy();
            return ValueTask.CompletedTask;
        });
    }

    private async ValueTask<Fault?> CreateAsync(Exchange exchange)
    {
        // parse
        if (TusHeaders.Begin(exchange) is { } version) return version;
        if (TusHeaders.Metadata(exchange) is not { } metadata) return Fault.BadRequest("uploads.metadata", "The header Upload-Metadata cannot be read.");
        if (TusHeaders.Number(exchange, "Upload-Length") is not { } length) return Fault.BadRequest("uploads.length", "The header Upload-Length must tell the size of the file in bytes.");
        var (id, key, name) = (metadata.GetValueOrDefault("record", ""), metadata.GetValueOrDefault("field", ""), metadata.GetValueOrDefault("filename", ""));

        // resolve
        if (exchange.Schema.Find(metadata.GetValueOrDefault("collection", "")) is not { } collection || collection.Type == CollectionType.View) return RecordFaults.NotFound;
        if (exchange.CheckRate(collection.Name, ["update"]) is { } limited) return limited;
        if (RecordRules.Gate(exchange.Caller, collection, RecordActions.Update) is { } closed) return closed;
        if (Submission.FileFieldOf(collection, key) is not { } field || (field.Hidden && !exchange.Caller.IsSuperuser)) return Fault.BadRequest("uploads.field", "The metadata \"field\" must name a file field.");
        if (length > (field.MaxSize > 0 ? field.MaxSize : StandardSize)) return BodyReader.TooLarge;
        if (!await MayChangeAsync(exchange, collection, id, field.Name, name)) return RecordFaults.NotFound;

        // run
        var (plan, upload) = ResumableUpload.New(exchange.Caller, collection, id, key, name[..Math.Min(name.Length, 500)], length, setup.Clock.GetUtcNow() + Lifetime);
        // What nobody finishes stays for a day: without an end to their number a disk could be filled with more than the record may hold.
        var most = MoreOpen + collection.Fields.OfType<FileField>().Sum(static one => Math.Max(1L, one.MaxSelect));
        if (!await WriteAsync(async session => await ResumableUpload.CountOpenAsync(session, collection, id, exchange.Stop) < most && await DoAsync(session, plan), exchange.Stop)) return TooMany;
        if (length == 0 && await finish.RunAsync(exchange, upload) is { } refused) return refused;

        // write
        TusHeaders.Write(exchange, upload);
        exchange.Http.Response.Headers.Location = $"{Path}/{upload.Id}";
        exchange.Http.Response.StatusCode = StatusCodes.Status201Created;
        return null;
    }

    private async ValueTask<Fault?> TellAsync(Exchange exchange)
    {
        if (TusHeaders.Begin(exchange) is { } version) return version;
        if (await FindAsync(exchange) is not { } upload) return Missing;
        // All bytes came, but the end of it was missed; who is told that nothing is left to send takes it for done.
        if (upload.Received == upload.Length && upload.Stored.Length == 0 && await finish.RunAsync(exchange, upload) is { } refused) return refused;
        TusHeaders.Write(exchange, upload);
        return null;
    }

    private async ValueTask<Fault?> ReceiveAsync(Exchange exchange)
    {
        // parse
        if (TusHeaders.Begin(exchange) is { } version) return version;
        var request = exchange.Http.Request;
        if (!string.Equals(request.ContentType, TusHeaders.BodyType, StringComparison.OrdinalIgnoreCase)) return Fault.Of(415, "uploads.type", "The body must be application/offset+octet-stream.");
        if (await FindAsync(exchange) is not { } upload) return Missing;
        if (upload.Stored.Length > 0 || TusHeaders.Number(exchange, "Upload-Offset") != upload.Received) return OtherOffset;
        if (request.ContentLength > upload.Length - upload.Received) return BodyReader.TooLarge;

        if (upload.Parts.Count >= MostPieces) return Fault.BadRequest("uploads.pieces", "The upload came in too many pieces. Begin it anew with larger ones.");

        // run
        if (upload.Received < upload.Length)
        {
            var part = upload.Prefix + RandomText.Of(20, RandomText.LowerAlphabet);
            var arriving = new ArrivingStream(request.Body, upload.Length - upload.Received, exchange.Stop);
            // What came before the connection broke is kept, so its breaking must not end the writing.
            await setup.Blobs.Files.WriteAsync(part, new(Hearth.Resources.Blobs.BlobInfo.UnknownType), arriving, CancellationToken.None);
            if (arriving.Count == 0 || !await KeepAsync(upload, part, arriving.Count))
            {
                await setup.Blobs.Files.DeleteAsync(part, CancellationToken.None);
                if (arriving.Count > 0) return OtherOffset;
            }
        }
        if (upload.Received == upload.Length && await finish.RunAsync(exchange, upload) is { } refused) return refused;

        // write
        TusHeaders.Write(exchange, upload);
        return await exchange.NoContent();
    }

    private async ValueTask<Fault?> RemoveAsync(Exchange exchange)
    {
        if (TusHeaders.Begin(exchange) is { } version) return version;
        if (await FindAsync(exchange) is not { } upload) return Missing;
        await finish.ForgetAsync(upload, exchange.Stop);
        return await exchange.NoContent();
    }

    // The row knows how far it is; of two that send the same piece one is too late.
    private Task<bool> KeepAsync(ResumableUpload upload, string part, long count)
    {
        var at = upload.Received;
        return WriteAsync(
            async session =>
            {
                if (await ResumableUpload.FindAsync(session, upload.Id, default) is not { } now || now.Received != at || now.Stored.Length > 0) return false;
                await DoAsync(session, now.With(part, count));
                upload.Follow(now);
                return true;
            },
            CancellationToken.None);
    }

    private async ValueTask<bool> MayChangeAsync(Exchange exchange, Collection collection, string id, string field, string name)
    {
        using var session = await setup.Engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        if (!await RecordStore.ExistsAsync(session, collection, id, exchange.Stop)) return false;
        if (!RecordRules.Applies(exchange.Caller, collection.UpdateRule)) return true;
        var facts = exchange.FactsWith(new Dictionary<string, JsonElement> { [field] = ValueJson.ElementOf(FieldValue.Text(name)) }) with { Method = "PATCH" };
        return await RecordRules.HoldsAsync(session, exchange.Schema, facts, collection, id, collection.UpdateRule!, exchange.Stop); // one that applies is there
    }

    // Somebody else's looks like one that is not there.
    private async ValueTask<ResumableUpload?> FindAsync(Exchange exchange)
    {
        using var session = await setup.Engine.ReadOnceAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        return await ResumableUpload.FindAsync(session, exchange.PathValue("id"), exchange.Stop) is { } upload && upload.Owner == ResumableUpload.OwnerOf(exchange.Caller)
            && upload.Expires > setup.Clock.GetUtcNow() ? upload : null;
    }

    private async ValueTask TidyAsync(CancellationToken stop)
    {
        await ForgetHomelessAsync(stop);
        while (true)
        {
            List<ResumableUpload> old;
            using (var session = await setup.Engine.ReadOnceAsync(stop)) old = await ResumableUpload.ListOldAsync(session, setup.Clock.GetUtcNow(), stop);
            foreach (var upload in old) await finish.ForgetAsync(upload, stop);
            if (old.Count == 0) return;
        }
    }

    // Nobody can finish one whose field, collection or record is gone.
    private async ValueTask ForgetHomelessAsync(CancellationToken stop)
    {
        for (var after = ""; ;)
        {
            var homeless = new List<ResumableUpload>();
            using (var session = await setup.Engine.ReadOnceAsync(stop))
            {
                var some = await ResumableUpload.ListOpenAsync(session, after, AtOnce, stop);
                if (some.Count == 0) return;
                after = some[^1].Id;
                foreach (var upload in some)
                {
                    if (setup.Schema().Find(upload.Collection) is not { Type: not CollectionType.View } collection || Submission.FileFieldOf(collection, upload.Key) is null
                        || !await RecordStore.ExistsAsync(session, collection, upload.Record, stop)) homeless.Add(upload);
                }
            }
            foreach (var upload in homeless) await finish.ForgetAsync(upload, stop);
        }
    }

    private Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, CancellationToken stop) => setup.Engine.WriteAsync(work, null, stop);

    private static async ValueTask<bool> DoAsync(WriteSession session, WritePlan plan) =>
        await session.ExecuteAsync(plan, default) is { } refused ? throw new DataException(refused) : true;

    private static Fault TooMany => Fault.Of(429, "uploads.too_many", "Too many uploads for this record are not finished. Finish or remove some of them first.");

    private static Fault Missing => Fault.NotFound("uploads.not_found");

    private static Fault OtherOffset => Fault.Of(409, "uploads.offset", "The upload is at another place. Ask for its offset and go on from there.");
}
