using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Data.News;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Resources.Realtime.Topics;
using Hearth.Schema;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>
/// One change of a record on its way to those who listen: who may see it is asked once for all of a <see cref="ViewKey"/>, on the values that the record had then, and what
/// they see is written once.
/// </summary>
internal sealed class Delivery(Engine engine, RecordReader reader, SchemaSnapshot schema, Collection collection, RowNews news, DateTimeOffset now, RecordPicking picking)
{
    private const int AtOnce = 4;
    private const int FewQuestions = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Record record = Record.Stored(collection, news.Change!.ValuesFor(collection)); // a delivery is one of a change
    private readonly BeforeRemoval before = new(schema, news.Together);
    private readonly ConcurrentDictionary<(bool IsSuperuser, string Fields), byte[]> plain = new();

    /// <summary>
    /// Brings it to the streams that may see it. Gives those whose question the database refused: nobody knows what they should have heard, and nobody else may wait for them.
    /// </summary>
    public async Task<IReadOnlyCollection<OpenStream>> RunAsync(IReadOnlyList<Listeners> all, CancellationToken stop)
    {
        var (views, ways) = Sort(all);
        await AskAsync(views, stop);
        var failed = new HashSet<OpenStream>();
        foreach (var (stream, topic, view) in ways)
        {
            if (view.Message is { } message) stream.TryAdd(new StreamMessage(topic.Name, message), now);
            else if (view.HasFailed) failed.Add(stream);
        }
        return failed;
    }

    private (Dictionary<ViewKey, View> Views, List<(OpenStream Stream, Topic Topic, View View)> Ways) Sort(IReadOnlyList<Listeners> all)
    {
        var views = new Dictionary<ViewKey, View>();
        var ways = new List<(OpenStream, Topic, View)>();
        foreach (var listeners in all)
        {
            foreach (var stream in listeners.Streams)
            {
                var owner = stream.Owner;
                if (ViewKey.Of(collection, listeners, owner.Caller, owner.Key) is not { } key) continue;
                if (!views.TryGetValue(key, out var view)) views[key] = view = new View(key.Rule, listeners.Topic, owner.Caller);
                ways.Add((stream, listeners.Topic, view));
            }
        }
        return (views, ways);
    }

    private async Task AskAsync(Dictionary<ViewKey, View> views, CancellationToken stop)
    {
        var open = new List<View>();
        foreach (var view in views.Values)
        {
            if (!TryAnswer(view)) open.Add(view);
        }
        if (open.Count == 0) return;
        if (open.Count <= FewQuestions) await AnswerAsync(open, stop);
        else await Task.WhenAll(open.Chunk((open.Count + AtOnce - 1) / AtOnce).Select(part => Task.Run(() => AnswerAsync(part, stop), stop)));
    }

    // Most need no database: there is no condition, and nothing in the record hangs on one.
    private bool TryAnswer(View view)
    {
        if (!string.IsNullOrEmpty(view.Rule) || view.Topic.Filter.Length > 0 || !IsPlain(view)) return false;
        view.Message = Plain(view);
        return view.Message is not null;
    }

    private bool IsPlain(View view) => view.Topic.Expand.Length == 0 && (view.Caller.IsSuperuser || collection.Type != CollectionType.Auth);

    private byte[]? Plain(View view)
    {
        var kind = (view.Caller.IsSuperuser, view.Topic.Fields);
        if (plain.TryGetValue(kind, out var known)) return known;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (!reader.TryWriteRecord(record, writer, new ReadRequest(schema, FactsOf(view)))) return null;
        }
        if (Envelope(buffer, view.Topic) is not { } message) return null;
        return plain[kind] = message;
    }

    private async Task AnswerAsync(IReadOnlyList<View> views, CancellationToken stop)
    {
        for (var next = 0; next < views.Count;)
        {
            using var session = await engine.ReadOnceAsync(stop);
            try
            {
                for (; next < views.Count; next++) await AnswerAsync(session, views[next], stop);
            }
            // Clients choose the filter: one that fails on this record, or takes too long, is theirs alone. What fails in a session may fail all that follows in it.
            catch (DataException e) when (e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint or DataFaultKind.Timeout)
            {
                views[next++].HasFailed = true;
            }
        }
    }

    private async ValueTask AnswerAsync(ReadSession session, View view, CancellationToken stop)
    {
        if (new Planner(schema, FactsOf(view)).Noted(collection, record.Values, view.Rule, view.Topic.Filter).Failed(out _, out var plan)) return;
        if (plan.Where is not null && !await session.AnyAsync(plan with { Gone = before.Of(plan.Where) }, stop)) return;
        view.Message = (IsPlain(view) ? Plain(view) : null) ?? await WriteAsync(session, view, stop);
    }

    private async ValueTask<byte[]?> WriteAsync(ReadSession session, View view, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            var request = new ReadRequest(schema, FactsOf(view), ExpandTree.Parse(view.Topic.Expand));
            if (await reader.WriteNotedAsync(session, record, writer, request, stop) is not null) return null;
        }
        return Envelope(buffer, view.Topic);
    }

    private byte[]? Envelope(ArrayBufferWriter<byte> json, Topic topic)
    {
        var shown = json.WrittenMemory;
        if (topic.Fields.Length > 0)
        {
            if (picking(topic.Fields, shown) is not { } picked) return null;
            shown = picked;
        }
        var buffer = new ArrayBufferWriter<byte>(shown.Length + 100);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("action"u8, news.Change!.Act switch { RowAct.Created => "create"u8, RowAct.Updated => "update"u8, _ => "delete"u8 });
            writer.WritePropertyName("record"u8);
            writer.WriteRawValue(shown.Span, skipInputValidation: true);
            writer.WriteString("position"u8, new EventPosition(news.Run, news.Position).ToString());
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private RequestFacts FactsOf(View view) => new() { Caller = view.Caller, Context = "realtime", Query = view.Topic.Query, Headers = view.Topic.Headers, Now = now };

    private sealed class View(string? rule, Topic topic, Caller caller)
    {
        public string? Rule { get; } = rule;

        public Topic Topic { get; } = topic;

        public Caller Caller { get; } = caller;

        public byte[]? Message { get; set; }

        /// <summary>The database refused its question.</summary>
        public bool HasFailed { get; set; }
    }
}

/// <summary>Leaves of a record as JSON the keys that a <c>fields</c> text asks for; null when the text is wrong.</summary>
/// <param name="fields">The text.</param>
/// <param name="record">One JSON object.</param>
public delegate ReadOnlyMemory<byte>? RecordPicking(string fields, ReadOnlyMemory<byte> record);
