using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>PATCH a record (contract 6.4); with <c>If-Match</c> only when it is still the one that the client knows.</summary>
internal sealed class UpdateRecord(RecordStore store, RecordReader reader)
{
    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return RequestFaults.NoCollectionToWrite;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (exchange.CheckRate(collection) is { } limited) return limited;

        RecordRules.Note(exchange.Journey, exchange.Caller, collection, RecordActions.Update);
        // Who may not change a record is not asked for its files.
        if (RecordRules.Gate(exchange.Caller, collection, RecordActions.Update) is { } closed) return closed;

        // parse
        if ((await exchange.ReadBodyAsync()).Failed(out var fault, out var body)) return fault;

        // plan, hook and run
        var facts = exchange.FactsWith(body.Values);
        Outcome<Record> updated;
        using (exchange.Step("run"))
        {
            var submission = await RequestInput.SubmissionOf(body, collection, exchange.Stop);
            var write = store.Update(exchange.Schema, collection, exchange.PathValue("id"), submission, facts, RecordAnswer.PreconditionOf(exchange, reader));
            updated = await write.RunAsync(exchange.Stop);
        }
        if (updated.Failed(out fault)) return fault;

        // write
        return await RecordAnswer.SendAsync(exchange, store, reader, updated.Value, facts);
    }
}
