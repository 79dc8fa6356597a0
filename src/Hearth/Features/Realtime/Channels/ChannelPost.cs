using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Writing;
using Hearth.Resources.Realtime;
using Hearth.Resources.Signalling;
using Hearth.Schema;

namespace Hearth.Features.Realtime.Channels;

/// <summary>
/// Brings what is sent to a channel to those who listen on this node, and knows who listens on which. Each node tells the others about its own listeners when they change,
/// and again now and then; what a node that died had told ends by itself.
/// </summary>
internal sealed class ChannelPost
{
    private const string Sent = Signal.Brief + "channel.sent";
    private const string Here = Signal.Brief + "channel.here";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(60);

    // Asking who may hear takes a while, and other news must not wait for it. What is more than this is too much to follow and is let go of.
    private const int MostWaiting = 4096;

    private readonly System.Threading.Channels.Channel<Func<CancellationToken, ValueTask>> waiting =
        System.Threading.Channels.Channel.CreateBounded<Func<CancellationToken, ValueTask>>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly OpenStreams streams;
    private readonly Signals signals;
    private readonly Engine engine;
    private readonly Func<SchemaSnapshot> schema;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<(Channel Channel, string Node), (ImmutableSortedSet<string> Accounts, DateTimeOffset At)> present = new();
    private readonly Dictionary<Channel, (ImmutableSortedSet<string> Accounts, DateTimeOffset At)> told = [];

    public ChannelPost(FeatureSetup setup)
    {
        (streams, signals, engine, schema, clock) = (setup.Streams, setup.Signals, setup.Engine, setup.Schema, setup.Clock);
        signals.On(Sent, (signal, _) =>
        {
            var message = JsonSerializer.Deserialize(signal.Text, ChannelJson.Default.Message)!; // sent by a node
            waiting.Writer.TryWrite(stop => TellAsync(message.Channel, json => WriteMessage(json, message), stop));
            return ValueTask.CompletedTask;
        });
        signals.On(Here, HearAsync);
    }

    /// <summary>Sends to everybody who listens, on all nodes.</summary>
    public Task SendAsync(Channel channel, Caller from, string name, JsonElement data, CancellationToken stop) =>
        signals.SendAsync(Sent, JsonSerializer.Serialize(new Message(channel, name, data, KeyOf(from)), ChannelJson.Default.Message), stop);

    /// <summary>Whether somebody may view the record of a channel.</summary>
    public async ValueTask<bool> MayAsync(Channel channel, RequestFacts facts, CancellationToken stop)
    {
        var now = schema();
        if (now.Find(channel.Collection) is not { } collection || RecordRules.Gate(facts.Caller, collection, RecordActions.View) is not null) return false;
        if (new Planner(now, facts).One(collection, channel.Record, collection.ViewRule).Failed(out _, out var plan)) return false;
        using var session = await engine.ReadOnceAsync(stop);
        return await session.AnyAsync(plan, stop);
    }

    /// <summary>The accounts that listen on any node, each as <c>COLLECTION/ID</c>.</summary>
    public IReadOnlyCollection<string> Present(Channel channel)
    {
        var oldest = clock.GetUtcNow() - Forgotten;
        return present.Where(one => one.Key.Channel == channel && one.Value.At > oldest).SelectMany(static one => one.Value.Accounts).ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>Brings what comes to who listens here, and looks again and again who that is, until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(LookAlwaysAsync(stop), TellAlwaysAsync(stop));

    private async Task TellAlwaysAsync(CancellationToken stop)
    {
        await foreach (var tell in waiting.Reader.ReadAllAsync(stop))
        {
            try
            {
                await tell(stop);
            }
            catch (DataException)
            {
                // The database is away, and what is sent to a channel is not worth keeping.
            }
        }
    }

    private async Task LookAlwaysAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await LookAsync(stop);
            }
            catch (DataException)
            {
                // The database is away: looked at again in a moment.
            }
        }
    }

    /// <summary>Writes who is there.</summary>
    public static void WritePresent(Utf8JsonWriter json, IEnumerable<string> accounts)
    {
        json.WriteStartObject();
        json.WriteStartArray("present"u8);
        foreach (var account in accounts) WriteAccount(json, account);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async ValueTask LookAsync(CancellationToken stop)
    {
        var here = new Dictionary<Channel, ImmutableSortedSet<string>>();
        var asked = new HashSet<(Channel, string, CallerScope?)>();
        var (now, at) = (schema(), clock.GetUtcNow());
        foreach (var stream in streams.All)
        {
            foreach (var topic in stream.Topics)
            {
                if (topic.MayBeRecords || Channel.Of(topic.Path, now) is not { } channel) continue;
                var known = here.GetValueOrDefault(channel, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
                var owner = stream.Owner;
                here[channel] = owner.Key.Length > 0 && !owner.HasEnded(at) && !known.Contains(owner.Key) && asked.Add((channel, owner.Key, owner.Caller.Scope)) && await MayAsync(channel, FactsOf(owner.Caller), stop) ? known.Add(owner.Key) : known;
            }
        }
        foreach (var channel in told.Keys.Except(here.Keys).ToList()) here[channel] = [];
        foreach (var (channel, accounts) in here)
        {
            if (told.TryGetValue(channel, out var last) && last.Accounts.SetEquals(accounts) && at - last.At < TellAgain) continue;
            await signals.SendAsync(Here, JsonSerializer.Serialize(new Listening(channel, signals.Node, [.. accounts]), ChannelJson.Default.Listening), stop);
            if (accounts.IsEmpty) told.Remove(channel);
            else told[channel] = (accounts, at);
        }
    }

    private ValueTask HearAsync(Signal signal, CancellationToken stop)
    {
        var listening = JsonSerializer.Deserialize(signal.Text, ChannelJson.Default.Listening)!; // sent by a node
        var (channel, at) = (listening.Channel, clock.GetUtcNow());
        foreach (var (key, value) in present)
        {
            if (at - value.At > Forgotten) present.TryRemove(key, out _);
        }
        var before = Present(channel);
        if (listening.Accounts.Count == 0) present.TryRemove((channel, listening.Node), out _);
        else present[(channel, listening.Node)] = (listening.Accounts.ToImmutableSortedSet(StringComparer.Ordinal), at);
        var now = Present(channel);
        if (!now.SequenceEqual(before)) waiting.Writer.TryWrite(token => TellAsync(channel, json => WritePresent(json, now), token));
        return ValueTask.CompletedTask;
    }

    // Whoever may not view the record hears nothing; asked once for each account.
    private async ValueTask TellAsync(Channel channel, Action<Utf8JsonWriter> write, CancellationToken stop)
    {
        if (schema().Find(channel.Collection) is not { } collection) return;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        var message = buffer.WrittenSpan.ToArray();
        var asked = new Dictionary<(string, CallerScope?), bool>();
        foreach (var listeners in Channel.PathsOf(collection, channel.Record).SelectMany(streams.Of))
        {
            foreach (var stream in listeners.Streams)
            {
                var owner = stream.Owner;
                if (owner.HasEnded(clock.GetUtcNow())) continue;
                var key = (owner.Key, owner.Caller.Scope);
                if (!asked.TryGetValue(key, out var may)) asked[key] = may = await MayAsync(channel, FactsOf(owner.Caller), stop);
                if (may) stream.TryAdd(new StreamMessage(listeners.Topic.Name, message), clock.GetUtcNow());
            }
        }
    }

    private RequestFacts FactsOf(Caller caller) => new() { Caller = caller, Context = "realtime", Now = clock.GetUtcNow() };

    private static string KeyOf(Caller caller) => caller.Collection is { } collection ? $"{collection.Id}/{caller.Id}" : "";

    private static void WriteMessage(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject();
        json.WriteString("event"u8, message.Event);
        json.WritePropertyName("data"u8);
        message.Data.WriteTo(json);
        json.WritePropertyName("from"u8);
        if (message.From.Length == 0) json.WriteNullValue();
        else WriteAccount(json, message.From);
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        json.WriteStartObject();
        json.WriteString("collectionId"u8, key.AsSpan(0, slash));
        json.WriteString("id"u8, key.AsSpan(slash + 1));
        json.WriteEndObject();
    }

    internal sealed record Message(Channel Channel, string Event, JsonElement Data, string From);

    internal sealed record Listening(Channel Channel, string Node, IReadOnlyList<string> Accounts);
}

[JsonSerializable(typeof(ChannelPost.Message))]
[JsonSerializable(typeof(ChannelPost.Listening))]
internal sealed partial class ChannelJson : JsonSerializerContext;
