using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Realtime;
using Hearth.Resources.Realtime.Feed;
using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Features.Realtime;

/// <summary>Opens a stream and sends what comes, each event at once (contract 9.1).</summary>
internal sealed class Connect(OpenStreams streams, LiveFeed feed, TimeProvider clock)
{
    private const int MostUnsent = 32 << 10;

    private static readonly Fault TooMany =
        Fault.Of(429, "realtime.too_many", "Too many live connections are open from your address. Please close some of them.") with { RetryAfter = 10 };

    private int knowsTheEnd;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            SetHeaders(http.Response);
            return null;
        }
        if (Open(exchange) is not { } stream) return TooMany;
        SetHeaders(http.Response);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A server that stops must not wait for streams that nobody would end.
        if (Interlocked.Exchange(ref knowsTheEnd, 1) == 0) http.RequestServices?.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(streams.CloseAll);
        stream.Abort = http.Abort;
        using var gone = exchange.Stop.UnsafeRegister(static one => ((Action)one!)(), new Action(() => streams.Close(stream)));
        try
        {
            stream.TryAdd(new StreamMessage("PB_CONNECT"u8.ToArray(), Greeting(stream, await feed.GreetAsync(exchange.Stop))), clock.GetUtcNow());
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

    private static void SetHeaders(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private OpenStream? Open(Exchange exchange)
    {
        var settings = exchange.Parts.Settings.Current;
        var client = ClientAddress.Of(exchange.Http, settings.TrustedProxy);
        var isLimited = !new AddressList(settings.RateLimits.ExcludedIPs).Contains(client);
        return streams.TryOpen(ClientAddress.Text(client), ClientAddress.Text(ClientAddress.NetworkOf(client)), isLimited);
    }

    private static byte[] Greeting(OpenStream stream, string position) =>
        Encoding.UTF8.GetBytes(position.Length > 0 ? $"{{\"clientId\":\"{stream.Id}\",\"position\":\"{position}\"}}" : $"{{\"clientId\":\"{stream.Id}\"}}");

    private async Task SendAllAsync(HttpContext http, OpenStream stream, CancellationToken stop)
    {
        var head = Encoding.UTF8.GetBytes($"id:{stream.Id}\nevent:");
        var writer = http.Response.BodyWriter;
        while (await stream.WaitAsync())
        {
            while (stream.TryTake(out var message))
            {
                Write(writer, head, message);
                // What came together goes together.
                if (writer.UnflushedBytes >= MostUnsent) await writer.FlushAsync(stop);
            }
            await writer.FlushAsync(stop);
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
