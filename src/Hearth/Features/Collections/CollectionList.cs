using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Features.Collections;

/// <summary>The paged list of collections; filter and sort know six plain columns of their table (contract 4.6).</summary>
internal sealed class CollectionList(Engine engine)
{
    private readonly Collection table = new()
    {
        Id = InternalTables.Collections.Id,
        Name = InternalTables.Collections.Name,
        Fields = [.. InternalTables.Collections.Fields.Where(field => field.Name is "id" or "created" or "updated" or "name" or "system" or "type")],
    };

    /// <summary>Answers with a page.</summary>
    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        if (Paging.Read(exchange) is var paging && paging.Failed(out var fault)) return fault;
        var page = paging.Value;
        var query = new ListQuery(exchange.Query("filter"), exchange.Query("sort"), page.Page, page.PerPage);
        if (new Planner(exchange.Schema, exchange.Facts).List(table, null, query) is var planned && planned.Failed(out fault)) return fault;
        var plan = planned.Value with { Columns = [new OutputColumn(table.Fields[table.OrdinalOf("id")])] };

        var json = exchange.StartJson(paged: true);
        using (var session = await engine.ReadAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            var total = page.SkipTotal ? -1 : await session.CountAsync(plan, exchange.Stop);
            page.Start(json, total);
            using var rows = await session.QueryAsync(plan, exchange.Stop);
            while (await rows.NextAsync(exchange.Stop))
            {
                // The table says which and in what order; what is written is the schema of this request.
                if (exchange.Schema.Find(Encoding.UTF8.GetString(rows.Utf8Of(0))) is { } collection) CollectionJson.Write(json, collection);
            }
        }
        Paging.End(json);
        return await exchange.SendJsonAsync();
    }
}
