using System.Collections.Concurrent;
using Hearth.Basics;

namespace Hearth.Resources.Realtime;

/// <summary>The streams that clients of this node have open.</summary>
public sealed class OpenStreams
{
    private const int IdLength = 40;
    private readonly ConcurrentDictionary<string, OpenStream> streams = new(StringComparer.Ordinal);

    /// <summary>Opens a stream for a client at an address.</summary>
    public OpenStream Open(string address)
    {
        var stream = new OpenStream(RandomText.Of(IdLength), address);
        streams[stream.Id] = stream;
        return stream;
    }

    /// <summary>The stream of an id, or null when it is not open on this node.</summary>
    public OpenStream? Find(string id) => streams.GetValueOrDefault(id);

    /// <summary>The stream for which something holds, or null.</summary>
    internal OpenStream? Find(Func<OpenStream, bool> holds) => streams.Values.FirstOrDefault(holds);

    /// <summary>Ends and forgets a stream.</summary>
    public void Close(OpenStream stream)
    {
        streams.TryRemove(stream.Id, out _);
        stream.Close();
    }

    /// <summary>True for a text in the form of a client's id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiLetterOrDigit);
}
