using System.Text;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Schema;
using Hearth.Schema.Stock;

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
        // Type generators and exports go by this list, and what only Hearth has is nothing of the app.
        var shown = exchange.Query("internal") is "true" or "1" ? planned.Value.Where : Filter.Both(planned.Value.Where, IsOfTheApp(planned.Value.From));
        var plan = planned.Value with { Where = shown, Columns = [new OutputColumn(table.Fields[table.OrdinalOf("id")])] };

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

    private AllOf IsOfTheApp(Source rows) => new(
        [.. SystemCollections.Own.Select(name => new Compare(new Column(rows, table.Fields[table.OrdinalOf("name")]), CompareOperator.NotEqual, new Literal(FieldValue.Text(name)), false))]);
}
