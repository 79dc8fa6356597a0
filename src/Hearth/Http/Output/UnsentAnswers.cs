using System.Net;

namespace Hearth.Http.Output;

/// <summary>
/// How many bytes of large answers wait in memory until their clients have taken them. Who lets too much of it wait gets no further large answer, and nobody does when
/// all clients together let too much wait. Small ones go on.
/// </summary>
internal sealed class UnsentAnswers
{
    /// <summary>Smaller answers are not counted.</summary>
    public const int Least = 256 * 1024;

    private readonly Dictionary<IPAddress, long> waiting = [];
    private readonly long most = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 64L << 20, 512L << 20);
    private long all;

    /// <summary>Counts an answer; false, and not counted, when it is too much. One answer may always wait.</summary>
    public bool TryAdd(IPAddress? client, long bytes)
    {
        var key = KeyOf(client);
        lock (waiting)
        {
            var held = waiting.GetValueOrDefault(key);
            if ((held > 0 && held + bytes > most / 4) || (all > 0 && all + bytes > most)) return false;
            waiting[key] = held + bytes;
            all += bytes;
            return true;
        }
    }

    /// <summary>An answer has gone.</summary>
    public void Remove(IPAddress? client, long bytes)
    {
        var key = KeyOf(client);
        lock (waiting)
        {
            all -= bytes;
            if (waiting[key] == bytes) waiting.Remove(key);
            else waiting[key] -= bytes;
        }
    }

    private static IPAddress KeyOf(IPAddress? client) => ClientAddress.NetworkOf(client) ?? IPAddress.None;
}
