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
internal sealed class Delivery(Engine engine, RecordReader reader, SchemaSnapshot schema, Collection collection, RowNews news, TimeProvider clock, RecordPicking picking)
{
    private const int FewQuestions = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Record record = Record.Stored(collection, news.Change!.ValuesFor(collection)); // a delivery is one of a change
    private readonly BeforeRemoval before = new(schema, news.Together);
    private readonly ConcurrentDictionary<(bool IsSuperuser, string Fields), byte[]> plain = new();
    private readonly HashSet<OpenStream> served = [];
    private readonly DateTimeOffset now = clock.GetUtcNow();
    private readonly string position = new EventPosition(news.Run, news.Position).ToString();

    /// <summary>
    /// Brings it to the streams that may see it: first to those for whom nothing has to be asked, then to those for whom only the app's own rules are, and last to those with
    /// topics with options, who ask for little before who ask for much. Gives those who did not get it. When it throws it can be called again: nobody gets it twice.
    /// </summary>
    public async Task<Undelivered> RunAsync(IReadOnlyList<Listeners> all, LanePace pace, CancellationToken stop)
    {
        var (views, ways) = Sort(all, pace);
        var open = views.Values.Where(view => !TryAnswer(view)).ToList();
        if (open.Count == 0)
        {
            foreach (var (stream, topic, view) in ways) Send(stream, topic, view);
            return Undelivered.None;
        }
        var turns = new Dictionary<OpenStream, Turn>();
        foreach (var (stream, _, view) in ways) turns[stream] = Later(turns.GetValueOrDefault(stream), view.Turn);
        SendAll(ways, turns, Turn.Now);
        await AskAsync([.. open.Where(static view => view.Turn == Turn.Rules)], pace, stop);
        SendAll(ways, turns, Turn.Rules);
        await AskAsync([.. open.Where(static view => view.Turn == Turn.Options).OrderBy(static view => view.Weight)], pace, stop);
        return SendAll(ways, turns, Turn.Options);
    }

    private static bool HasOptions(Topic topic) => topic.Text.Length > topic.Path.Length;

    private static Turn Later(Turn one, Turn other) => one > other ? one : other;

    // All of a stream at once, so that who does not get all of it gets nothing, and can be told later.
    private Undelivered SendAll(List<(OpenStream Stream, Topic Topic, View View)> ways, Dictionary<OpenStream, Turn> turns, Turn turn)
    {
        var (failed, late) = (new HashSet<OpenStream>(), new HashSet<OpenStream>());
        foreach (var (stream, _, view) in ways)
        {
            if (view.HasFailed) failed.Add(stream);
            else if (view.IsLate) late.Add(stream);
        }
        foreach (var (stream, topic, view) in ways)
        {
            if (turns[stream] == turn && !failed.Contains(stream) && !late.Contains(stream)) Send(stream, topic, view);
        }
        foreach (var (stream, itsTurn) in turns)
        {
            if (itsTurn == turn) served.Add(stream);
        }
        return new Undelivered(failed, late);
    }

    private void Send(OpenStream stream, Topic topic, View view)
    {
        if (view.Message is { } message) stream.TryAdd(new StreamMessage(topic.Name, message), now);
    }

    private (Dictionary<ViewKey, View> Views, List<(OpenStream Stream, Topic Topic, View View)> Ways) Sort(IReadOnlyList<Listeners> all, LanePace pace)
    {
        var views = new Dictionary<ViewKey, View>();
        var ways = new List<(OpenStream, Topic, View)>();
        foreach (var listeners in all)
        {
            foreach (var stream in listeners.Streams)
            {
                if (served.Contains(stream)) continue;
                var owner = stream.Owner.At(news);
                if (owner.HasEnded(now) || (!pace.IsMissed && stream.Since.Run == news.Run && stream.Since.Number >= news.Position)) continue;
                if (ViewKey.Of(collection, listeners, owner.Caller, owner.Key) is not { } key) continue;
                if (!views.TryGetValue(key, out var view)) views[key] = view = new View(key.Rule, listeners.Topic, owner.Caller);
                view.Weight = Math.Min(view.Weight, stream.Weight);
                // Who shares it without options does not wait for those with some.
                if (!HasOptions(listeners.Topic)) view.Turn = Turn.Rules;
                ways.Add((stream, listeners.Topic, view));
            }
        }
        return (views, ways);
    }

    private async Task AskAsync(IReadOnlyList<View> open, LanePace pace, CancellationToken stop)
    {
        if (open.Count == 0) return;
        var until = pace.Together == TimeSpan.MaxValue ? long.MaxValue : clock.GetTimestamp() + (long)(pace.Together.TotalSeconds * clock.TimestampFrequency);
        if (open.Count <= FewQuestions || pace.AtOnce == 1) await AnswerAsync(open, pace.Longest, until, stop);
        // Dealt out like cards, so that none has all that wait longest.
        else await Task.WhenAll(Enumerable.Range(0, pace.AtOnce).Select(hand => Task.Run(() => AnswerAsync([.. open.Where((_, i) => i % pace.AtOnce == hand)], pace.Longest, until, stop), stop)));
    }

    // Most need no database: there is no condition, and nothing in the record hangs on one.
    private bool TryAnswer(View view)
    {
        if (!string.IsNullOrEmpty(view.Rule) || view.Topic.Filter.Length > 0 || !IsPlain(view)) return false;
        view.Message = Plain(view);
        if (view.Message is null) return false;
        view.Turn = Turn.Now;
        return true;
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

    private async Task AnswerAsync(IReadOnlyList<View> views, TimeSpan longest, long until, CancellationToken stop)
    {
        for (var next = 0; next < views.Count;)
        {
            using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            using var ends = stop.UnsafeRegister(static one => ((CancellationTokenSource)one!).Cancel(), limit); // it is given
            using var session = await engine.ReadOnceAsync(stop);
            try
            {
                for (; next < views.Count; next++)
                {
                    var view = views[next];
                    if (view.Turn != Turn.Options) await AnswerAsync(session, view, stop);
                    else if (clock.GetTimestamp() > until) view.IsLate = true;
                    else
                    {
                        limit.CancelAfter(longest);
                        await AnswerAsync(session, view, limit.Token);
                    }
                }
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                views[next++].IsLate = true;
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
            writer.WriteString("position"u8, position);
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

        /// <summary>When it has its turn.</summary>
        public Turn Turn { get; set; } = HasOptions(topic) ? Turn.Options : Turn.Rules;

        /// <summary>Of the stream that asks for the least of those that share it.</summary>
        public int Weight { get; set; } = int.MaxValue;

        public byte[]? Message { get; set; }

        /// <summary>The database refused its question.</summary>
        public bool HasFailed { get; set; }

        /// <summary>There was no time for its question.</summary>
        public bool IsLate { get; set; }
    }

    private enum Turn
    {
        Now,
        Rules,
        Options,
    }
}

/// <summary>Streams that did not get what they may have had to hear.</summary>
/// <param name="Failed">The database refused their question: nobody knows what they should have heard.</param>
/// <param name="Late">There was no time for their question.</param>
internal sealed record Undelivered(IReadOnlyCollection<OpenStream> Failed, IReadOnlyCollection<OpenStream> Late)
{
    public static Undelivered None { get; } = new([], []);
}

/// <summary>Leaves of a record as JSON the keys that a <c>fields</c> text asks for; null when the text is wrong.</summary>
/// <param name="fields">The text.</param>
/// <param name="record">One JSON object.</param>
public delegate ReadOnlyMemory<byte>? RecordPicking(string fields, ReadOnlyMemory<byte> record);
