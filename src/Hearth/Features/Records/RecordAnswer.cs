using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Turns;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>The answer to a write, and the condition that a client may put on one.</summary>
internal static class RecordAnswer
{
    /// <summary>Sends a record as it was written, with its entity tag.</summary>
    public static async ValueTask<Fault?> SendAsync(Exchange exchange, RecordStore store, RecordReader reader, Record record, RequestFacts facts)
    {
        using (exchange.Step("write"))
        {
            var request = new ReadRequest(exchange.Schema, facts, RequestInput.ExpandOf(exchange));
            if (!reader.TryWriteRecord(record, exchange.StartJson(), request))
            {
                try
                {
                    var written = request.Expand is null
                        ? await WriteAsync(exchange, store, reader, record, request, null)
                        : await exchange.Parts.Searches.RunAsync(exchange, isChosen: true, limit => WriteAsync(exchange, store, reader, record, request, limit));
                    if (written.Failed(out var fault))
                    {
                        if (!SearchTurns.IsRefusal(fault)) return fault;
                        reader.WriteCertain(record, exchange.StartJson(), request);
                    }
                }
                catch (DataException)
                {
                    // The write is committed, and a schema that changed since must not make the pipeline do it again: tell what is known.
                    reader.WriteCertain(record, exchange.StartJson(), request);
                }
            }
        }
        return await exchange.SendJsonAsync(tag: true);
    }

    private static async ValueTask<Outcome<bool>> WriteAsync(Exchange exchange, RecordStore store, RecordReader reader, Record record, ReadRequest request, TimeSpan? limit)
    {
        using var session = await store.Engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        if (limit is { } longest) session.LimitTo(longest);
        return await reader.WriteRecordAsync(session, record, exchange.StartJson(), request, exchange.Stop) is { } fault ? fault : true;
    }

    /// <summary>
    /// Checks <c>If-Match</c> (RFC 9110, 13.1.1) inside the write: against the tag of the plain record, as a GET without <c>expand</c> and
    /// <c>fields</c> shows it to the same caller. Null when the request has no such header.
    /// </summary>
    public static Func<WriteSession, Record, ValueTask<Fault?>>? PreconditionOf(Exchange exchange, RecordReader reader)
    {
        if (exchange.Http.Request.Headers.IfMatch.Count == 0) return null;
        return async (session, record) =>
        {
            var tag = await TagAsync(session, exchange.Schema, exchange.Facts, record, reader, exchange.Stop);
            return EntityTag.AllowsChange(exchange.Http.Request, tag)
                ? null
                : Fault.Of(412, "records.changed", "The record was changed since you read it. Load it again and repeat your change.");
        };
    }

    private static async ValueTask<string> TagAsync(ReadSession session, SchemaSnapshot schema, RequestFacts facts, Record record, RecordReader reader, CancellationToken stop)
    {
        var plan = new Planner(schema, facts).One(record.Collection, record.Original("id").AsText, null);
        var body = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            if (!plan.Failed(out _)) await reader.WriteRowsAsync(session, plan.Value, writer, new ReadRequest(schema, facts), stop);
        }
        body.Write("\n"u8);
        return EntityTag.Of(body.WrittenSpan);
    }
}
