using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Features.Realtime;

/// <summary>Opens a stream and sends what comes, each event at once (contract 9.1).</summary>
internal sealed class Connect(OpenStreams streams, LiveFeed feed, TimeProvider clock)
{
    private int knowsTheEnd;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method)) return null;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A server that stops must not wait for streams that nobody would end.
        if (Interlocked.Exchange(ref knowsTheEnd, 1) == 0) http.RequestServices?.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(streams.CloseAll);
        var stream = streams.Open(ClientAddress.Text(ClientAddress.Of(http, exchange.Parts.Settings.Current.TrustedProxy)));
        stream.Abort = http.Abort;
        using var gone = exchange.Stop.UnsafeRegister(static one => ((Action)one!)(), new Action(() => streams.Close(stream)));
        try
        {
            stream.TryAdd(new StreamMessage("PB_CONNECT"u8.ToArray(), Greeting(stream)), clock.GetUtcNow());
            await SendAllAsync(http, stream, exchange.Stop);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone.
        }
        finally
        {
            streams.Close(stream);
        }
        return null;
    }

    private byte[] Greeting(OpenStream stream) => Encoding.UTF8.GetBytes(
        feed.Position is { Length: > 0 } position ? $"{{\"clientId\":\"{stream.Id}\",\"position\":\"{position}\"}}" : $"{{\"clientId\":\"{stream.Id}\"}}");

    private async Task SendAllAsync(HttpContext http, OpenStream stream, CancellationToken stop)
    {
        var head = Encoding.UTF8.GetBytes($"id:{stream.Id}\nevent:");
        var writer = http.Response.BodyWriter;
        while (await stream.WaitAsync())
        {
            while (stream.TryTake(out var message))
            {
                Write(writer, head, message);
                await writer.FlushAsync(stop);
            }
            stream.LastSent = clock.GetUtcNow();
        }
    }

    private static void Write(PipeWriter writer, byte[] head, StreamMessage message)
    {
        writer.Write(head);
        writer.Write(message.Name);
        writer.Write("\ndata:"u8);
        writer.Write(message.Json);
        writer.Write("\n\n"u8);
    }
}
