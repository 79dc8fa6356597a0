using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>DELETE a record (contract 6.5); with <c>If-Match</c> only when it is still the one that the client knows.</summary>
internal sealed class DeleteRecord(RecordStore store, RecordReader reader)
{
    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return RequestFaults.NoCollectionToRead;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (exchange.CheckRate(collection) is { } limited) return limited;
        if ((await RequestInput.FactsAsync(exchange)).Failed(out var fault, out var facts)) return fault;

        RecordRules.Note(exchange.Journey, exchange.Caller, collection, RecordActions.Delete);

        // plan, hook and run
        using (exchange.Step("run"))
        {
            var write = store.Delete(exchange.Schema, collection, exchange.PathValue("id"), facts, RecordAnswer.PreconditionOf(exchange, reader));
            if ((await write.RunAsync(exchange.Stop)).Failed(out fault)) return fault;
        }
        return await exchange.NoContent();
    }
}
