using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Hearth.Basics.Media;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Records.Files;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>
/// Fetches the picture of somebody who signs up (contract 7.6): 10 seconds, 32 MiB, public addresses only, so that no service makes this server ask its own network.
/// The address that was looked at is the one that is connected to, also after a redirect. A picture that cannot be had or kept is none.
/// </summary>
internal sealed class PictureDownload : IDisposable
{
    private const long MostBytes = 32L << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Func<IPAddress, bool> allows;
    private readonly HttpClient client;

    /// <summary>From addresses that are allowed; null allows public ones.</summary>
    public PictureDownload(Func<IPAddress, bool>? allows = null)
    {
        this.allows = allows ?? PublicAddresses.Contain;
        client = new HttpClient(new SocketsHttpHandler
        {
            MaxAutomaticRedirections = 3,
            UseCookies = false,
            UseProxy = false, // it would connect where we may not
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // who asks brings the limit
        };
    }

    /// <summary>The picture as an upload into a field; null when there is none that the field takes.</summary>
    public async ValueTask<Upload?> FindAsync(FileField field, string url, CancellationToken stop)
    {
        if (!ProviderHttp.TryUri(url, out var uri)) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Hearth", null));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode) return null;
            var most = Math.Min(MostBytes, field.MostBytes);
            if (await ReadAsync(response.Content, most, limit.Token) is not { Length: > 0 } bytes) return null;
            var upload = await Upload.ReadAsync(field.Name, NameOf(uri), bytes.Length, () => new MemoryStream(bytes, writable: false), limit.Token);
            return upload.Kind.Type.StartsWith("image/", StringComparison.Ordinal) && (field.MimeTypes.Count == 0 || upload.Kind.IsOneOf(field.MimeTypes)) ? upload : null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, long most, CancellationToken stop)
    {
        if (content.Headers.ContentLength > most) return null;
        var bytes = new MemoryStream();
        await using var body = await content.ReadAsStreamAsync(stop);
        var piece = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(piece, stop)) > 0;)
        {
            if (bytes.Length + count > most) return null;
            bytes.Write(piece, 0, count);
        }
        return bytes.ToArray();
    }

    private static string NameOf(Uri uri) => Path.GetFileName(uri.AbsolutePath) is { Length: > 0 } name ? Uri.UnescapeDataString(name) : "picture";

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var address = Array.Find(found, address => allows(address)) ?? throw new HttpRequestException($"{context.DnsEndPoint.Host} has no public address.");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
