using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hearth.Tests.Speed;

/// <summary>One HTTP/1.1 connection that allocates nothing while it asks, so that all that is allocated belongs to the server.</summary>
public sealed class LeanClient : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), LastChunk = "\r\n0\r\n\r\n"u8.ToArray(), Success = "HTTP/1.1 200 "u8.ToArray();
    private static readonly byte[] Length = "Content-Length: "u8.ToArray();
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private readonly byte[] answer = new byte[1 << 18];

    public LeanClient(string url) => socket.Connect(IPAddress.Loopback, new Uri(url).Port);

    /// <summary>A request as the bytes to send.</summary>
    public static byte[] Request(string method, string path, string? body = null, string? token = null)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (token is not null) head.Append($"Authorization: {token}\r\n");
        if (body is not null) head.Append($"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return Encoding.UTF8.GetBytes($"{head}\r\n{body}");
    }

    /// <summary>Sends a request; its answer must be taken before the next one is sent.</summary>
    public void Send(ReadOnlySpan<byte> request) => socket.Send(request);

    /// <summary>Takes a whole answer, which must be a 200. The bytes are valid until the next one is taken.</summary>
    public ReadOnlySpan<byte> Take()
    {
        for (var length = 0; ;)
        {
            var got = socket.Receive(answer.AsSpan(length));
            if (got == 0) throw new InvalidOperationException("The server has closed the connection.");
            var all = answer.AsSpan(0, length += got);
            var head = all.IndexOf(EndOfHead) + EndOfHead.Length;
            if (head < EndOfHead.Length || !IsWhole(all, head)) continue;
            return all.StartsWith(Success) ? all[head..] : throw new InvalidOperationException(Encoding.UTF8.GetString(all));
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> all, int head)
    {
        var at = all[..head].IndexOf(Length);
        if (at < 0) return all.EndsWith(LastChunk);
        var length = 0;
        foreach (var digit in all[(at + Length.Length)..])
        {
            if (digit is < (byte)'0' or > (byte)'9') break;
            length = (10 * length) + digit - '0';
        }

        return all.Length == head + length;
    }
}
