using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Hearth.Tests.Postgres;

/// <summary>The network between Hearth and PostgreSQL: it can be cut, refuse, or go silent, and comes back when it is told to.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly ConcurrentDictionary<Socket, bool> sockets = new();
    private readonly CancellationTokenSource stop = new();
    private volatile TaskCompletionSource flowing = Done();
    private TcpListener? listener;
    private int port;

    private Wire(string address) => server = new NpgsqlConnectionStringBuilder(address);

    /// <summary>How Hearth reaches the database over this wire.</summary>
    public string Address => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;

    /// <summary>When a client sends this text it is passed on, but the connection is cut before the answer comes back; then this is null again.</summary>
    public string? CutAfter { get; set; }

    public static Wire To(string address)
    {
        var wire = new Wire(address);
        wire.Listen();
        return wire;
    }

    /// <summary>Connections that are open end at once.</summary>
    public void Cut()
    {
        foreach (var socket in sockets.Keys) socket.Close(0);
        sockets.Clear();
    }

    /// <summary>Connections end, and new ones are refused.</summary>
    public void Refuse()
    {
        listener?.Stop();
        listener = null;
        Cut();
    }

    /// <summary>Nobody hears anything any more, though connections stay and new ones are taken.</summary>
    public void Hang() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As if nothing had been.</summary>
    public void Restore()
    {
        if (listener is null) Listen();
        flowing.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        stop.Cancel();
        Refuse();
        flowing.TrySetResult();
        stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private void Listen()
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true) _ = CarryAsync(await from.AcceptSocketAsync(stop.Token));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Refused from now on.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var there = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        sockets[client] = sockets[there] = true;
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, server.Port);
            await Task.WhenAny(PassAsync(client, there, watched: true), PassAsync(there, client, watched: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server is away, or the wire was cut.
        }
        foreach (var socket in new[] { client, there })
        {
            sockets.TryRemove(socket, out _);
            socket.Close(0);
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool watched)
    {
        var buffer = new byte[16384];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await flowing.Task;
                var last = watched && CutAfter is { } text && buffer.AsSpan(0, count).IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
                if (last)
                {
                    CutAfter = null;
                    from.Close(0);
                }
                await to.SendAsync(buffer.AsMemory(0, count));
                if (!last) continue;
                // The server has its time to do it; what it answers nobody hears.
                await Task.Delay(200);
                return;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Ended by one side, or cut.
        }
    }
}
