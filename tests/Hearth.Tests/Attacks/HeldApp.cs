using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Hearth.Planning;
using Hearth.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Attacks;

/// <summary>An app with long texts that everybody may read, for those who would keep it from others.</summary>
public sealed class HeldApp : IAsyncLifetime
{
    public const int Rows = 1000;

    // Two bytes a letter: a page of all is 10 MB, more than any kernel takes off a server's hands.
    private const int Letters = 5000;

    private const string Collections = """
        [
          {"name":"walls","type":"base","id":"walls000000000","listRule":"","viewRule":"","createRule":"","fields":[
            {"name":"n","type":"number"},{"name":"text","type":"text","max":5000}]},
          {"name":"wallviews","type":"view","id":"wallviews00000","listRule":"","viewRule":"","viewQuery":"SELECT id, n, text FROM walls"}
        ]
        """;

    public TestApp Server { get; private set; } = null!; // made before each test

    public string Root { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Server = await TestApp.StartAsync(options => options.SearchLimit = TimeSpan.FromSeconds(3));
        Root = await Server.SuperuserTokenAsync();
        (await Server.SendAsync("PUT", "/api/collections/import", new { collections = JsonElement.Parse(Collections) }, Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        var (schema, text) = (Server.App.Schema, JsonSerializer.SerializeToElement(new string('ж', Letters)));
        for (var from = 0; from < Rows; from += 250)
        {
            var rows = Enumerable.Range(from, 250).Select(n => new Submission(new Dictionary<string, JsonElement> { ["n"] = JsonSerializer.SerializeToElement(n), ["text"] = text })).ToList();
            (await Server.App.Records.WriteManyAsync(schema, schema.Find("walls")!, rows)).ShouldAllBe(row => row.Fault == null);
        }
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A client at another address of this machine.</summary>
    public HttpClient ClientAt(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri(Server.Url) };

    /// <summary>Asks for something and takes one byte of the answer, and no more.</summary>
    public async Task<Socket> AskAndStallAsync(string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(Server.Url).Port);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await socket.ReceiveAsync(new byte[1]);
        return socket;
    }
}
