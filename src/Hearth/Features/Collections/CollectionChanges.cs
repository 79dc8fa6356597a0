using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Features.Collections;

/// <summary>The routes that change the schema; each makes a proposal and has it done, or with <c>?plan=true</c> only described.</summary>
internal sealed class CollectionChanges(SchemaStore schemas, RecordStore records)
{
    private const string Undecodable = "Failed to load the submitted data due to invalid formatting.";

    /// <summary>Makes a collection.</summary>
    public async ValueTask<Fault?> CreateAsync(Exchange exchange)
    {
        var read = await exchange.ReadBodyAsync(Undecodable);
        if (read.Failed(out var fault)) return fault;
        string id = "";
        return await DoAsync(exchange, schema => Remember(Proposals.Create(schema, read.Value.Values, schemas.Now)), after => CollectionAnswers.OneAsync(exchange, after.Find(id)!)); // made by this change

        Outcome<SchemaProposal> Remember(Outcome<SchemaProposal> proposal)
        {
            if (!proposal.Failed(out _)) id = proposal.Value.Touched[0].After.Id;
            return proposal;
        }
    }

    /// <summary>Changes a collection.</summary>
    public async ValueTask<Fault?> UpdateAsync(Exchange exchange)
    {
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return CollectionAnswers.Missing;
        var read = await exchange.ReadBodyAsync(Undecodable);
        if (read.Failed(out var fault)) return fault;
        return await DoAsync(
            exchange,
            schema => schema.Find(collection.Id) is { } own ? Proposals.Update(schema, own, read.Value.Values, schemas.Now) : CollectionAnswers.Missing,
            after => CollectionAnswers.OneAsync(exchange, after.Find(collection.Id)!)); // changed by this change
    }

    /// <summary>Removes a collection.</summary>
    public async ValueTask<Fault?> DeleteAsync(Exchange exchange)
    {
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return CollectionAnswers.Missing;
        return await DoAsync(
            exchange,
            schema => schema.Find(collection.Id) is { } own ? Proposals.Delete(schema, own) : CollectionAnswers.Missing,
            _ => exchange.NoContent());
    }

    /// <summary>Brings in a set of collections.</summary>
    public async ValueTask<Fault?> ImportAsync(Exchange exchange)
    {
        var read = await exchange.ReadBodyAsync(Undecodable);
        if (read.Failed(out var fault)) return fault;
        if (read.Value.ReadBool("deleteMissing", Undecodable) is var missing && missing.Failed(out fault)) return fault;
        var entries = read.Value.Find("collections");
        if (entries is { ValueKind: not JsonValueKind.Array }) return Fault.BadRequest("collections.undecodable", Undecodable);
        if (entries is null || entries.Value.GetArrayLength() == 0)
        {
            return Fault.BadRequest("collections.import", "An error occurred while validating the submitted data.", new FaultMap().Add("collections", FieldFault.Required));
        }
        JsonElement[] items = [.. entries.Value.EnumerateArray()];
        return await DoAsync(exchange, schema => Proposals.Import(schema, items, missing.Value, schemas.Now), _ => exchange.NoContent());
    }

    /// <summary>Removes all records of a collection.</summary>
    public async ValueTask<Fault?> TruncateAsync(Exchange exchange)
    {
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return CollectionAnswers.Missing;
        if (collection.Type == CollectionType.View) return Fault.BadRequest("collections.view", "View collections cannot be truncated.");
        return await records.TruncateAsync(exchange.Schema, collection, exchange.Facts, exchange.Stop) is { } fault ? fault : await exchange.NoContent();
    }

    private async ValueTask<Fault?> DoAsync(
        Exchange exchange, Func<SchemaSnapshot, Outcome<SchemaProposal>> propose, Func<SchemaSnapshot, ValueTask<Fault?>> answer)
    {
        if (exchange.Query("plan") is "true" or "1")
        {
            var plan = await schemas.PlanAsync(propose, exchange.Stop);
            return plan.Failed(out var refused) ? refused : await CollectionAnswers.PlanAsync(exchange, plan.Value);
        }
        var changed = await schemas.ChangeAsync(propose, exchange.Stop, exchange.Facts);
        return changed.Failed(out var fault) ? fault : await answer(changed.Value);
    }
}
