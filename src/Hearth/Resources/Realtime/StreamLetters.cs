using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Signalling;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Realtime;

/// <summary>
/// Asks the node on which a client's stream is open to do something with it. What is asked goes as a signal, sealed with a key made from the client's id: what may
/// be a secret (a code of a sign-in, a token) is never readable in the database, and nobody but the node of that client can open it.
/// </summary>
public sealed class StreamLetters
{
    private const string Sent = Signal.Brief + "letter";
    private const string Answered = Signal.Brief + "letter.answer";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Anybody can cause one; more than these do not wait at once.
    private const int MostWaiting = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly OpenStreams streams;
    private readonly Signals signals;
    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<OpenStream, byte[], CancellationToken, ValueTask<string>>> handlers = new(StringComparer.Ordinal);

    /// <summary>Letters to and from this node.</summary>
    public StreamLetters(OpenStreams streams, Signals signals, Engine engine, TimeProvider clock, ILogger logger)
    {
        (this.streams, this.signals, this.engine, this.clock, this.logger) = (streams, signals, engine, clock, logger);
        signals.On(Sent, (signal, stop) =>
        {
            // It may take long, and other signals wait for their turn.
            _ = Task.Run(() => ReceiveAsync(signal, stop), CancellationToken.None);
            return ValueTask.CompletedTask;
        });
        signals.On(Answered, (signal, _) =>
        {
            if (JsonSerializer.Deserialize(signal.Text, LetterJson.Default.Reply) is { } reply && waiting.TryGetValue(reply.Ticket, out var source)) source.TrySetResult(reply.Text);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>What to do with letters of a kind on the node of their stream; the answer goes back and must hold no secret.</summary>
    public void On(string kind, Func<OpenStream, byte[], CancellationToken, ValueTask<string>> handler) => handlers[kind] = handler;

    /// <summary>Asks the node of a client's stream. Null when there is no other node, or none of them has it or answers within some seconds.</summary>
    public async ValueTask<string?> AskAsync(string clientId, string kind, byte[] content, CancellationToken stop)
    {
        if (!OpenStreams.IsId(clientId) || waiting.Count >= MostWaiting || await engine.FindOtherNodeAsync(stop) is null) return null;
        var ticket = RandomText.RecordId();
        var answer = waiting[ticket] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var letter = new Letter(ticket, kind, AddressOf(clientId).ToString("x32", CultureInfo.InvariantCulture), Seal(clientId, content));
            await signals.SendAsync(Sent, JsonSerializer.Serialize(letter, LetterJson.Default.Letter), stop);
            return await answer.Task.WaitAsync(Patience, clock, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            waiting.TryRemove(ticket, out _);
        }
    }

    private async Task ReceiveAsync(Signal signal, CancellationToken stop)
    {
        try
        {
            if (signal.Node == signals.Node || JsonSerializer.Deserialize(signal.Text, LetterJson.Default.Letter) is not { } letter) return;
            if (!UInt128.TryParse(letter.To, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var to)) return;
            if (streams.Find(stream => stream.LetterAddress == to) is not { } stream || Open(stream.Id, letter.Sealed) is not { } content) return;
            if (!handlers.TryGetValue(letter.Kind, out var handler)) return;
            var reply = new Reply(letter.Ticket, await handler(stream, content, stop));
            await signals.SendAsync(Answered, JsonSerializer.Serialize(reply, LetterJson.Default.Reply), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            logger.LogError(e, "What another node asked for a stream could not be done.");
        }
        catch (OperationCanceledException)
        {
            // The app stops.
        }
    }

    // Ids have more than 200 bits by chance, so that a plain hash is a good key.
    private static byte[] Hash(string clientId, string purpose) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose} {clientId}"));

    /// <summary>By what the node of a client finds it, without its id being told.</summary>
    internal static UInt128 AddressOf(string clientId) => BinaryPrimitives.ReadUInt128BigEndian(Hash(clientId, "address"));

    private static string Seal(string clientId, byte[] plain)
    {
        var packet = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(packet.AsSpan(0, NonceLength));
        using var aes = new AesGcm(Hash(clientId, "seal"), TagLength);
        aes.Encrypt(packet.AsSpan(0, NonceLength), plain, packet.AsSpan(NonceLength + TagLength), packet.AsSpan(NonceLength, TagLength));
        return Convert.ToBase64String(packet);
    }

    private static byte[]? Open(string clientId, string text)
    {
        try
        {
            var packet = Convert.FromBase64String(text);
            if (packet.Length < NonceLength + TagLength) return null;
            var plain = new byte[packet.Length - NonceLength - TagLength];
            using var aes = new AesGcm(Hash(clientId, "seal"), TagLength);
            aes.Decrypt(packet.AsSpan(0, NonceLength), packet.AsSpan(NonceLength + TagLength), packet.AsSpan(NonceLength, TagLength), plain);
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    internal sealed record Letter(string Ticket, string Kind, string To, string Sealed);

    internal sealed record Reply(string Ticket, string Text);
}

[JsonSerializable(typeof(StreamLetters.Letter))]
[JsonSerializable(typeof(StreamLetters.Reply))]
internal sealed partial class LetterJson : JsonSerializerContext;
