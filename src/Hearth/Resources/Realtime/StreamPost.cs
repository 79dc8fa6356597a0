using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Signalling;

namespace Hearth.Resources.Realtime;

/// <summary>
/// Brings an event to one client, wherever its stream is open. To other nodes it goes as a signal, sealed with a key made from the client's id: what may be a
/// secret (a code of a sign-in) is never readable in the database, and nobody but the node of that client can open it.
/// </summary>
public sealed class StreamPost
{
    private const string Sent = "realtime.post";
    private const string Arrived = "realtime.arrived";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Anybody can ask for a delivery; more than these do not wait at once.
    private const int MostWaiting = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly OpenStreams streams;
    private readonly Signals signals;
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Delivers to the streams of this node, and through signals to those of others.</summary>
    public StreamPost(OpenStreams streams, Signals signals, Engine engine, TimeProvider clock)
    {
        (this.streams, this.signals, this.engine, this.clock) = (streams, signals, engine, clock);
        signals.On(Sent, ReceiveAsync);
        signals.On(Arrived, (signal, _) =>
        {
            if (waiting.TryGetValue(signal.Text, out var source)) source.TrySetResult();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>
    /// Delivers an event to a subscription, once. True when the client is connected from this address and has subscribed; its subscription has ended then.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="address">Where what causes the event came from, as text.</param>
    /// <param name="e">The event.</param>
    /// <param name="stop">Gives up.</param>
    public async ValueTask<bool> DeliverOnceAsync(string clientId, string address, StreamEvent e, CancellationToken stop)
    {
        if (!OpenStreams.IsId(clientId)) return false;
        if (streams.Find(clientId) is { } own) return own.Address == address && streams.TrySendOnce(own, e);
        if (waiting.Count >= MostWaiting || await engine.FindOtherNodeAsync(stop) is null) return false;
        var ticket = RandomText.RecordId();
        var arrival = waiting[ticket] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var letter = new Letter(ticket, Hash(clientId, "address"), Seal(clientId, new Content(address, e.Name, e.Json)));
            await signals.SendAsync(Sent, JsonSerializer.Serialize(letter, PostJson.Default.Letter), stop);
            await arrival.Task.WaitAsync(Patience, clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            waiting.TryRemove(ticket, out _);
        }
    }

    private async ValueTask ReceiveAsync(Signal signal, CancellationToken stop)
    {
        if (signal.Node == signals.Node || JsonSerializer.Deserialize(signal.Text, PostJson.Default.Letter) is not { } letter) return;
        if (streams.Find(stream => Hash(stream.Id, "address") == letter.To) is not { } stream || Open(stream.Id, letter.Sealed) is not { } content) return;
        if (stream.Address == content.Address && streams.TrySendOnce(stream, new StreamEvent(content.Name, content.Json))) await signals.SendAsync(Arrived, letter.Ticket, stop);
    }

    // Ids have more than 200 bits by chance, so that a plain hash is a good key.
    private static string Hash(string clientId, string purpose) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose} {clientId}")));

    private static string Seal(string clientId, Content content)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(content, PostJson.Default.Content);
        var packet = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(packet.AsSpan(0, NonceLength));
        using var aes = new AesGcm(Convert.FromHexString(Hash(clientId, "seal")), TagLength);
        aes.Encrypt(packet.AsSpan(0, NonceLength), plain, packet.AsSpan(NonceLength + TagLength), packet.AsSpan(NonceLength, TagLength));
        return Convert.ToBase64String(packet);
    }

    private static Content? Open(string clientId, string text)
    {
        try
        {
            var packet = Convert.FromBase64String(text);
            if (packet.Length < NonceLength + TagLength) return null;
            var plain = new byte[packet.Length - NonceLength - TagLength];
            using var aes = new AesGcm(Convert.FromHexString(Hash(clientId, "seal")), TagLength);
            aes.Decrypt(packet.AsSpan(0, NonceLength), packet.AsSpan(NonceLength + TagLength), packet.AsSpan(NonceLength, TagLength), plain);
            return JsonSerializer.Deserialize(plain, PostJson.Default.Content);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    internal sealed record Letter(string Ticket, string To, string Sealed);

    internal sealed record Content(string Address, string Name, string Json);
}

[JsonSerializable(typeof(StreamPost.Letter))]
[JsonSerializable(typeof(StreamPost.Content))]
internal sealed partial class PostJson : JsonSerializerContext;
