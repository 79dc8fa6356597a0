using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Output;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Records.Writing;
using Hearth.Resources.Blobs;
using Hearth.Resources.Pictures;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Files;

/// <summary>GET a file of a record (contract 8). Whatever may not be had looks like what is not there.</summary>
internal sealed class SendFile(FeatureSetup setup)
{
    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // parse
        if (ThumbQuery.Read(exchange.Query("thumb"), exchange.Query("format"), exchange.Query("quality"), exchange.Query("focus")).Failed(out var fault, out var thumb)) return fault;

        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return Missing;
        var (id, name) = (exchange.PathValue("recordId"), exchange.PathValue("filename"));
        FoundFile found;
        using (exchange.Step("find"))
        {
            if (await FileSearch.FindAsync(exchange, collection, id, name) is not { } there) return Missing;
            found = there;
        }
        if (found.Field.Protected && !await MaySeeAsync(exchange, collection, id)) return Missing;

        // run
        var store = setup.Blobs.Files;
        var began = exchange.Journey?.Now ?? 0;
        if (await store.FindAsync(FileKeys.Of(found.Owner, found.OwnerId, name), exchange.Stop) is not { } blob) return Missing;
        exchange.Journey?.File(began, "read", name, blob.Length);

        began = exchange.Journey?.Now ?? 0;
        var sent = new SentBlob(blob, name, FileHeaders.TypeOf(blob.ContentType, name)) { IsPrivate = found.Field.Protected };
        if (thumb is not null && await setup.Pictures.ThumbAsync(blob, found.Field, thumb, exchange.Stop) is { } picture)
        {
            blob = picture;
            exchange.Journey?.File(began, "thumb", exchange.Query("thumb"), picture.Length);
            sent = new SentBlob(picture, picture.Key[(picture.Key.LastIndexOf('/') + 1)..], picture.ContentType) { IsPrivate = sent.IsPrivate };
        }

        // write
        exchange.Journey?.Answering();
        return await BlobAnswer.SendAsync(exchange, sent, (offset, length, stop) => store.OpenAsync(blob.Key, offset, length, stop));
    }

    /// <summary>Only the token in the address counts: the address alone must do, in a page as in a player.</summary>
    private async ValueTask<bool> MaySeeAsync(Exchange exchange, Collection collection, string id)
    {
        var caller = await CallerAsync(exchange);
        if (!caller.May(collection, RecordActions.View)) return false;
        if (caller.IsSuperuser) return true;
        if (collection.ViewRule is not { } rule) return false;
        if (rule.Length == 0) return true;
        var facts = exchange.Facts with { Caller = caller, Context = "protectedFile" };
        using var session = await setup.Engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        return await RecordRules.HoldsAsync(session, exchange.Schema, facts, collection, id, rule, exchange.Stop);
    }

    private async ValueTask<Caller> CallerAsync(Exchange exchange)
    {
        var token = exchange.Query("token");
        if (token.Length == 0 || await setup.Callers.FindAsync(token, TokenKind.File, exchange.Schema, exchange.Stop) is not { Caller: var caller }) return Caller.Guest;
        return caller.IsSuperuser && !SuperuserNetworks.Allow(exchange.Http, setup.Settings.Current) ? Caller.Guest : caller;
    }

    private static Fault Missing => Fault.NotFound("files.not_found");
}
