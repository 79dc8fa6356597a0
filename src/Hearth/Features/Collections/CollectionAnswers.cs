using Hearth.Basics;
using Hearth.Data.Changes;
using Hearth.Http;
using Hearth.Schema;

namespace Hearth.Features.Collections;

/// <summary>What the routes of collections answer with.</summary>
internal static class CollectionAnswers
{
    /// <summary>There is no such collection.</summary>
    public static Fault Missing { get; } = Fault.NotFound("collections.not_found");

    /// <summary>A collection.</summary>
    public static ValueTask<Fault?> OneAsync(Exchange exchange, Collection collection)
    {
        CollectionJson.Write(exchange.StartJson(), collection);
        return exchange.SendJsonAsync();
    }

    /// <summary>A plan of a change: its steps, and whether something would be lost.</summary>
    public static ValueTask<Fault?> PlanAsync(Exchange exchange, ChangePlan plan)
    {
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteBoolean("loses"u8, plan.Loses);
        json.WriteStartArray("steps"u8);
        foreach (var step in plan.Steps)
        {
            json.WriteStartObject();
            json.WriteString("action"u8, step.Action);
            json.WriteString("collection"u8, step.Collection);
            json.WriteString("description"u8, step.Description);
            json.WriteNumber("rows"u8, step.Rows);
            json.WriteNumber("loses"u8, step.Loses);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return exchange.SendJsonAsync();
    }
}
