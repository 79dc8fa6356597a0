using Hearth.Basics;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>POST a new record (contract 6.3).</summary>
internal sealed class CreateRecord(RecordStore store, RecordReader reader)
{
    public async ValueTask<Fault?> HandleAsync(Exchange exchange)
    {
        // resolve
        if (exchange.Schema.Find(exchange.PathValue("collection")) is not { } collection) return RequestFaults.NoCollectionToWrite;
        if (collection.Type == CollectionType.View) return RecordFaults.UnsupportedType;
        if (exchange.CheckRate(collection) is { } limited) return limited;

        RecordRules.Note(exchange.Journey, exchange.Caller, collection, RecordActions.Create);
        // Who may not add a record is not asked for its files.
        if (RecordRules.Gate(exchange.Caller, collection, RecordActions.Create) is { } closed) return closed;

        // parse
        if ((await exchange.ReadBodyAsync()).Failed(out var fault, out var body)) return fault;

        // plan, hook and run
        var facts = exchange.FactsWith(body.Values);
        Outcome<Record> created;
        using (exchange.Step("run"))
        {
            var submission = await RequestInput.SubmissionOf(body, collection, exchange.Stop);
            created = await store.Create(exchange.Schema, collection, submission, facts).RunAsync(exchange.Stop);
        }
        if (created.Failed(out fault)) return fault;

        // write
        return await RecordAnswer.SendAsync(exchange, store, reader, created.Value, facts);
    }
}
