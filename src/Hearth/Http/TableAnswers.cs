using Hearth.Basics;
using Hearth.Data;
using Hearth.Http.Contracts;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Http;

/// <summary>Answers from one of Hearth's own tables, such as logs: filtered, sorted and paged in the one language, for superusers.</summary>
public static class TableAnswers
{
    /// <summary>A page of rows, for the API reference.</summary>
    public static RouteContract PageContract(Collection table) => RouteContract.Gives(Shape.PageOf(Row(table)), "A page of entries.").AsksPage().AsksFields();

    /// <summary>One row, for the API reference.</summary>
    public static RouteContract OneContract(Collection table) => RouteContract.Gives(Row(table), "The entry.").AsksFields();

    private static Shape Row(Collection table) => Shape.Object("An entry.", [.. table.Fields.Select(static field => (field.Name, ShapeOf(field)))]);

    private static Shape ShapeOf(Field field) => field switch
    {
        NumberField { OnlyInt: true } => Shape.Integer(),
        NumberField => Shape.Number(),
        BoolField => Shape.Truth(),
        JsonField => Shape.Anything(),
        _ => Shape.Text(),
    };

    /// <summary>A page of rows (contract 3).</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="engine">Where the table is.</param>
    /// <param name="table">The table.</param>
    /// <param name="before">Done before the table is read, and only when the request can be answered.</param>
    public static async ValueTask<Fault?> PageAsync(Exchange exchange, Engine engine, Collection table, Func<Task>? before = null)
    {
        if (Paging.Read(exchange).Failed(out var fault, out var paging)) return fault;
        var planner = new Planner(exchange.Schema, exchange.Facts);
        if (planner.List(table, null, new ListQuery(exchange.Query("filter"), exchange.Query("sort"), paging.Page, paging.PerPage)).Failed(out fault, out var plan)) return fault;
        if (before is not null) await before();
        var json = exchange.StartJson(paged: true);
        using (var session = await engine.ReadAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            var total = paging.SkipTotal ? -1 : await session.CountAsync(plan, exchange.Stop);
            paging.Start(json, total);
            using var rows = await session.QueryAsync(plan, exchange.Stop);
            var members = new RowJson(plan.Columns);
            while (await rows.NextAsync(exchange.Stop))
            {
                json.WriteStartObject();
                members.WriteMembers(json, rows);
                json.WriteEndObject();
            }
        }
        Paging.End(json);
        return await exchange.SendJsonAsync();
    }

    /// <summary>The row whose id stands in the path.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="engine">Where the table is.</param>
    /// <param name="table">The table.</param>
    /// <param name="missing">The fault when there is none.</param>
    /// <param name="before">Done before the table is read.</param>
    public static async ValueTask<Fault?> OneAsync(Exchange exchange, Engine engine, Collection table, Fault missing, Func<Task>? before = null)
    {
        if (new Planner(exchange.Schema, exchange.Facts).One(table, exchange.PathValue("id"), null).Failed(out var fault, out var plan)) return fault;
        if (before is not null) await before();
        using (var session = await engine.ReadOnceAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            using var rows = await session.QueryAsync(plan, exchange.Stop);
            if (!await rows.NextAsync(exchange.Stop)) return missing;
            var json = exchange.StartJson();
            json.WriteStartObject();
            new RowJson(plan.Columns).WriteMembers(json, rows);
            json.WriteEndObject();
        }
        return await exchange.SendJsonAsync();
    }
}
