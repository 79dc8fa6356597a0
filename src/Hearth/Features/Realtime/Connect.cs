using System.Text;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Realtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Features.Realtime;

/// <summary>Opens a stream and sends what comes, each event at once (contract 9.1).</summary>
internal sealed class Connect(OpenStreams streams, TimeProvider clock)
{
    // Clients come back by themselves; what would otherwise stay open for ever is a connection whose other end is gone.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method)) return null;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stream = streams.Open(ClientAddress.Text(ClientAddress.Of(http, exchange.Parts.Settings.Current.TrustedProxy)));
        // A server that stops must not wait for streams that nobody would end.
        using var stopping = http.RequestServices?.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(stream.Close);
        try
        {
            await SendAsync(http, stream, new StreamEvent("PB_CONNECT", $"{{\"clientId\":\"{stream.Id}\"}}"), exchange.Stop);
            await SendAllAsync(http, stream, exchange.Stop);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, or the time is over.
        }
        finally
        {
            streams.Close(stream);
        }
        return null;
    }

    private async Task SendAllAsync(HttpContext http, OpenStream stream, CancellationToken stop)
    {
        using var whole = new CancellationTokenSource(Longest, clock);
        while (true)
        {
            using var silence = new CancellationTokenSource(LongestSilence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, whole.Token, silence.Token);
            if (!await stream.Events.WaitToReadAsync(either.Token)) return;
            while (stream.Events.TryRead(out var e)) await SendAsync(http, stream, e, stop);
        }
    }

    private static async Task SendAsync(HttpContext http, OpenStream stream, StreamEvent e, CancellationToken stop)
    {
        await http.Response.WriteAsync($"id:{stream.Id}\nevent:{e.Name}\ndata:{e.Json}\n\n", Encoding.UTF8, stop);
        await http.Response.Body.FlushAsync(stop);
    }
}
