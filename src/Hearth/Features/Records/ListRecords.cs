using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;

namespace Hearth.Features.Records;

/// <summary>GET a page of records (contract 6.1).</summary>
internal sealed class ListRecords(RecordStore store, RecordReader reader, ProbeDelay probes)
{
    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return RequestFaults.NoCollectionToRead;
        if (exchange.CheckRate(collection) is { } limited) return limited;
        if ((await RequestInput.FactsAsync(exchange)).Failed(out var fault, out var facts)) return fault;
        RecordRules.Note(exchange.Journey, exchange.Caller, collection, RecordActions.List, exchange.Query("filter"));
        if (RecordRules.Gate(exchange.Caller, collection, RecordActions.List) is { } closed) return closed;

        // parse
        if (Paging.Read(exchange).Failed(out fault, out var paging)) return fault;
        var query = new ListQuery(exchange.Query("filter"), exchange.Query("sort"), paging.Page, paging.PerPage);

        // plan
        ReadPlan plan;
        using (exchange.Step("plan"))
        {
            if (new Planner(exchange.Schema, facts).List(collection, collection.ListRule, query).Failed(out fault, out plan!)) return fault;
        }
        exchange.Journey?.RulePlanned();

        // hook
        Action<Record>? each = null;
        if (store.Events.Listing.Listens(collection))
        {
            var e = new ReadEvent(collection, plan, facts);
            var began = exchange.Journey?.Now ?? 0;
            var refused = await store.Events.Listing.RunAsync(e, collection, exchange.Stop);
            exchange.Journey?.Hooks(began, "listing");
            if (refused is not null) return refused;
            (plan, each) = (e.Plan, e.Each);
        }

        // compile, run and write
        var request = new ReadRequest(exchange.Schema, facts, RequestInput.ExpandOf(exchange), RequestInput.WantsOf(exchange), each);
        if (!paging.SkipTotal) plan = plan with { Counted = true };
        var searches = exchange.Parts.Searches;
        var isChosen = query.Filter.Length + query.Sort.Length > 0 || request.Expand is not null;
        Page page;
        using (exchange.Step("run"))
        {
            if ((await searches.RunAsync(exchange, isChosen, limit => ReadAsync(exchange, plan, request, paging, limit))).Failed(out fault, out page)) return fault;
        }
        for (var (rows, left) = (page.Rows, page.Rows.Rest(plan, plan)); left is not null; left = rows.Rest(plan, left))
        {
            // While the client takes one piece of a very large page, others have the session.
            if (await exchange.FlushJsonAsync() is { } unread) return unread;
            var piece = left;
            rows = await searches.GoOnAsync(exchange, limit => ReadPieceAsync(exchange, piece, page, request, limit));
        }
        paging.End(page.Json, page.Total);
        if (page.Rows.Found == 0 && query.Filter.Length > 0 && RecordRules.Applies(exchange.Caller, collection.ListRule)) await probes.WaitAsync(exchange);
        return await exchange.SendJsonAsync();
    }

    private async ValueTask<Outcome<Page>> ReadAsync(Exchange exchange, ReadPlan plan, ReadRequest request, Paging paging, TimeSpan? limit)
    {
        using var session = await exchange.ReadAsync(once: request.IsPlain, limit);
        var json = exchange.StartJson(paged: true);
        paging.Start(json);
        if ((await reader.WriteRowsAsync(session, plan, json, request, exchange.Stop)).Failed(out var fault, out var rows)) return fault;
        return new Page(json, rows, paging.SkipTotal ? -1 : await TotalAsync(session, plan, rows.Found, exchange.Stop));
    }

    private async ValueTask<PageRows> ReadPieceAsync(Exchange exchange, ReadPlan plan, Page page, ReadRequest request, TimeSpan limit)
    {
        using var session = await exchange.ReadAsync(once: true, limit);
        return (await reader.WriteRowsAsync(session, plan, page.Json, request, exchange.Stop)).Value; // pieces are of plain rows, which are never too much
    }

    // A page that is not full is the last one and tells the total by itself; otherwise the database counts.
    private static async ValueTask<long> TotalAsync(ReadSession session, ReadPlan plan, int rows, CancellationToken stop) =>
        rows < plan.Limit && (rows > 0 || plan.Offset == 0) ? plan.Offset + rows : await session.CountAsync(plan, stop);

    private readonly record struct Page(Utf8JsonWriter Json, PageRows Rows, long Total);
}
