using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hearth.Tests.Postgres;

/// <summary>Says how do you do as a PostgreSQL of some version does (its protocol, "Start-up"), and nothing more: servers that old are hard to come by.</summary>
internal sealed class ServerOfVersion : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static ServerOfVersion Start(string version)
    {
        var server = new ServerOfVersion();
        server.listener.Start();
        _ = server.GreetAsync(version);
        return server;
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task GreetAsync(string version)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                var buffer = new byte[4096];
                await socket.ReceiveAsync(buffer);
                // Signed in; what it is; which process; ready.
                await socket.SendAsync((byte[])
                [
                    .. Message('R', [0, 0, 0, 0]), .. Message('S', Words("server_version", version)), .. Message('S', Words("client_encoding", "UTF8")),
                    .. Message('S', Words("TimeZone", "UTC")), .. Message('K', [0, 0, 0, 1, 0, 0, 0, 1]), .. Message('Z', [(byte)'I']),
                ]);
                while (await socket.ReceiveAsync(buffer) > 0)
                {
                    // It has nothing to say.
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static byte[] Words(params string[] words) => Encoding.ASCII.GetBytes(string.Concat(words.Select(word => word + "\0")));

    private static byte[] Message(char kind, byte[] content)
    {
        var message = new byte[content.Length + 5];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), content.Length + 4);
        content.CopyTo(message, 5);
        return message;
    }
}
