using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>Keeps open streams to what holds for those whose they are (contract 9.5): changed accounts, ended sessions and API keys, changed collections.</summary>
internal sealed class OwnerWatch(OpenStreams streams, Engine engine)
{
    /// <summary>Looks at a change of a record before it is told to anybody.</summary>
    public async ValueTask FollowAsync(Collection collection, RowNews news, CancellationToken stop)
    {
        if (news.Change is not { } change || change.Act == RowAct.Created) return;
        if (collection.Type == CollectionType.Auth) await FollowAccountAsync(collection, news, change, stop);
        else if (change.Act == RowAct.Deleted && collection.Name == FactorTables.Sessions)
        {
            // A session that goes with its account: the account's own removal is still to be told, and makes the stream a guest's.
            if (!GoesWithAccount(collection, news, change)) streams.Close(stream => stream.Owner.SessionId == change.Id);
        }
        // Removed, or another end or scope: its client comes back with what holds then. That it was used is not told here.
        else if (collection.Name == FactorTables.ApiKeys) CloseOf(collection, change);
    }

    /// <summary>Streams of records whose collection is gone, or ends its tokens by another secret, are those of guests from now on.</summary>
    public void Follow(SchemaSnapshot schema)
    {
        foreach (var stream in streams.All)
        {
            var owner = stream.Owner;
            if (owner.Caller.Collection is not { } known) continue;
            if (owner.KeyHash.Length > 0 && schema.Find(known.Id)?.Auth is { } options && (!options.ApiKeys.Enabled || options.AuthRule != known.Auth?.AuthRule)) streams.Close(stream);
            else if (schema.Find(known.Id) is not { Auth: { } auth } now || now.Id != known.Id || auth.AuthToken.Secret != known.Auth?.AuthToken.Secret) streams.Replace(stream, owner, StreamOwner.Guest);
        }
    }

    // What is stored now counts, not what the change said: it may be an older one than what the stream was opened with.
    private async ValueTask FollowAccountAsync(Collection collection, RowNews news, RowChange change, CancellationToken stop)
    {
        var id = change.Id;
        var key = $"{collection.Id}/{id}";
        var own = streams.All.Where(stream => stream.Owner.Key == key).ToList();
        if (own.Count == 0) return;
        Record? record;
        using (var session = await engine.ReadOnceAsync(stop)) record = await StoredRows.FindAsync(session, collection, id, stop);
        foreach (var stream in own)
        {
            var owner = stream.Owner;
            if (owner.Key != key) continue;
            // Whether it may still sign in, and so use its keys, is asked when it comes back.
            if (owner.KeyHash.Length > 0 && collection.Auth?.AuthRule is not "")
            {
                streams.Close(stream);
                continue;
            }
            var isSame = record is not null && owner.Caller.Get("tokenKey").AsText == record.GetText("tokenKey");
            streams.Replace(stream, owner, isSame ? owner with { Caller = CallerOf(record!, owner) } : change.Act == RowAct.Deleted ? StreamOwner.Guest with { Former = new FormerOwner(owner, news) } : StreamOwner.Guest);
        }
    }

    private static bool GoesWithAccount(Collection sessions, RowNews news, RowChange change)
    {
        var values = change.ValuesFor(sessions);
        var (collection, record) = (values[sessions.OrdinalOf("collectionRef")].AsText, values[sessions.OrdinalOf("recordRef")].AsText);
        return news.Together.Any(other => other.CollectionId == collection && other.Id == record);
    }

    private static Caller CallerOf(Record record, StreamOwner owner) => owner.Caller.Scope is { } scope
        ? Caller.Of(record.Collection, record.CopyValues(), scope)
        : Caller.Of(record.Collection, record.CopyValues());

    private void CloseOf(Collection collection, RowChange change)
    {
        var hash = change.ValuesFor(collection)[collection.OrdinalOf("hash")].AsText;
        if (hash.Length > 0) streams.Close(stream => stream.Owner.KeyHash == hash);
    }
}
