using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>GET one record (contract 6.2), with a strong entity tag.</summary>
internal sealed class ViewRecord(RecordStore store, RecordReader reader)
{
    private readonly KnownRecords known = new(store.Engine);

    public ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return new(RequestFaults.NoCollectionToRead);
        if (exchange.CheckRate(collection) is { } limited) return new(limited);
        var id = exchange.PathValue("id");
        RecordRules.Note(exchange.Journey, exchange.Caller, collection, RecordActions.View);
        if (!IsSame(exchange, collection)) return ReadAsync(exchange, collection, id, keep: null);

        // remember
        return known.Find(collection, exchange.Caller.IsSuperuser, id, out var count) is { } answer
            ? exchange.SendKnownAsync(answer)
            : ReadAsync(exchange, collection, id, Keeping(exchange, collection, id, count));
    }

    // Apart, so that the usual way makes no closure.
    private Action<ReadOnlyMemory<byte>, string> Keeping(Exchange exchange, Collection collection, string id, long count) =>
        (body, tag) => known.Keep(collection, exchange.Caller.IsSuperuser, id, count, body, tag);

    private async ValueTask<Fault?> ReadAsync(Exchange exchange, Collection collection, string id, Action<ReadOnlyMemory<byte>, string>? keep)
    {
        if ((await RequestInput.FactsAsync(exchange)).Failed(out var fault, out var facts)) return fault;
        if (RecordRules.Gate(exchange.Caller, collection, RecordActions.View) is { } closed) return closed;

        // plan
        ReadPlan plan;
        using (exchange.Step("plan"))
        {
            if (new Planner(exchange.Schema, facts).One(collection, id, collection.ViewRule).Failed(out fault, out plan!)) return fault;
        }

        // hook
        Action<Record>? each = null;
        if (store.Events.Viewing.Listens(collection))
        {
            var e = new ReadEvent(collection, plan, facts);
            var began = exchange.Journey?.Now ?? 0;
            var refused = await store.Events.Viewing.RunAsync(e, collection, exchange.Stop);
            exchange.Journey?.Hooks(began, "viewing");
            if (refused is not null) return refused;
            (plan, each) = (e.Plan, e.Each);
        }

        // compile, run and write
        var request = new ReadRequest(exchange.Schema, facts, RequestInput.ExpandOf(exchange), null, each);
        using (exchange.Step("run"))
        {
            // What is followed from it is as much as the client asks for.
            var read = request.Expand is null
                ? await ReadAsync(exchange, plan, request, null)
                : await exchange.Parts.Searches.RunAsync(exchange, isChosen: true, limit => ReadAsync(exchange, plan, request, limit));
            if (read.Failed(out fault)) return fault;
            if (read.Value.Found == 0) return RecordFaults.NotFound;
        }
        return await exchange.SendJsonAsync(tag: true, keep);
    }

    private async ValueTask<Outcome<PageRows>> ReadAsync(Exchange exchange, ReadPlan plan, ReadRequest request, TimeSpan? limit)
    {
        using var session = await exchange.ReadAsync(once: request.IsPlain, limit);
        return await reader.WriteRowsAsync(session, plan, exchange.StartJson(), request, exchange.Stop);
    }

    // Everybody of a kind gets the same answer: nothing of it hangs on the caller, the query or a hook. Accounts do, by their addresses;
    // rows of views change when others do.
    private bool IsSame(Exchange exchange, Collection collection) =>
        collection.Type == CollectionType.Base
        && (collection.ViewRule is "" || exchange.Caller.IsSuperuser)
        && exchange.Caller.May(collection, RecordActions.View)
        && !exchange.Http.Request.QueryString.HasValue
        && !RequestInput.HasBody(exchange)
        && !store.Events.Viewing.Listens(collection);
}
