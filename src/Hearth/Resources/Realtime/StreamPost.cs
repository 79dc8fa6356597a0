using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Resources.Realtime;

/// <summary>Brings an event to one client, wherever its stream is open.</summary>
public sealed class StreamPost
{
    private const string Kind = "event";
    private const string Taken = "taken";
    private readonly OpenStreams streams;
    private readonly StreamLetters letters;

    /// <summary>Delivers to the streams of this node, and by letters to those of others.</summary>
    public StreamPost(OpenStreams streams, StreamLetters letters)
    {
        (this.streams, this.letters) = (streams, letters);
        letters.On(Kind, (stream, content, _) => new(Deliver(stream, JsonSerializer.Deserialize(content, PostJson.Default.Content)) ? Taken : ""));
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
        var content = new Content(address, e.Name, e.Json);
        if (streams.Find(clientId) is { } own) return Deliver(own, content);
        return await letters.AskAsync(clientId, Kind, JsonSerializer.SerializeToUtf8Bytes(content, PostJson.Default.Content), stop) == Taken;
    }

    private bool Deliver(OpenStream stream, Content? content) =>
        content is not null && stream.Address == content.Address && streams.TrySendOnce(stream, new StreamEvent(content.Name, content.Json));

    internal sealed record Content(string Address, string Name, string Json);
}

[JsonSerializable(typeof(StreamPost.Content))]
internal sealed partial class PostJson : JsonSerializerContext;
