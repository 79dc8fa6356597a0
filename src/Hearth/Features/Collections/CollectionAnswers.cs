using Hearth.Basics;
using Hearth.Data.Changes;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Schema;

namespace Hearth.Features.Collections;

/// <summary>What the routes of collections answer with.</summary>
internal static class CollectionAnswers
{
    /// <summary>There is no such collection.</summary>
    public static Fault Missing { get; } = Fault.NotFound("collections.not_found");

    /// <summary>A collection, as it is read.</summary>
    public static Shape Shape { get; } = Shape.Object(
        "A collection.",
        ("id", Shape.Text()), ("name", Shape.Text()), ("type", Shape.Text("base, auth or view.")), ("system", Shape.Truth()), ("fields", Shape.ListOf(Shape.Object("A field."))), ("indexes", Shape.ListOf(Shape.Text())),
        ("listRule", Rule), ("viewRule", Rule), ("createRule", Rule), ("updateRule", Rule), ("deleteRule", Rule), ("created", Shape.Text()), ("updated", Shape.Text()));

    /// <summary>The steps of a change.</summary>
    public static Shape PlanShape { get; } = Shape.Object(
        "What would be done.",
        ("loses", Shape.Truth("Whether something would be lost.")),
        ("steps", Shape.ListOf(Shape.Object("", ("action", Shape.Text()), ("collection", Shape.Text()), ("description", Shape.Text()), ("rows", Shape.Integer()), ("loses", Shape.Integer())))));

    /// <summary>A collection, or with plan=true what would be done.</summary>
    public static Shape ShapeOrPlan { get; } = Shape.Either(Shape, PlanShape);

    /// <summary>What a new collection takes.</summary>
    public static Shape Draft { get; } = DraftOf(isNew: true);

    /// <summary>What a change of a collection takes.</summary>
    public static Shape Changes { get; } = DraftOf(isNew: false);

    /// <summary>What an import takes.</summary>
    public static Shape Set { get; } = Shape.Object("", ("collections", Shape.ListOf(Shape.Object("A collection."))), ("deleteMissing?", Shape.Truth("Removes collections and fields that are not in it.")));

    private static Shape Rule => Shape.Text().OrNull();

    private static Shape DraftOf(bool isNew) => Shape.Object(
        "A collection; options of its type stand beside these.",
        (isNew ? "name" : "name?", Shape.Text()), ("type?", Shape.Text("base, auth or view.")), ("fields?", Shape.ListOf(Shape.Object("A field."))), ("indexes?", Shape.ListOf(Shape.Text())),
        ("listRule?", Rule), ("viewRule?", Rule), ("createRule?", Rule), ("updateRule?", Rule), ("deleteRule?", Rule));

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
