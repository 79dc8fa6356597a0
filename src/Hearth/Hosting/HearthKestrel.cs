using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearth.Hosting;

/// <summary>How the web server is set up for Hearth where Hearth is the whole program.</summary>
public static class HearthKestrel
{
    // Above what the pipeline lets through, so that it can say so: what the web server refuses by itself has no body.
    private const int LongestRequestLine = 2 * RequestPipeline.LongestTarget;

    // Bytes that are no UTF-8 become U+FFFD instead of a refusal without a word.
    private static readonly UTF8Encoding Lenient = new(false, throwOnInvalidBytes: false);

    /// <summary>Limits of contract 1.12. Sizes of bodies are limited per route.</summary>
    public static void UseHearthLimits(this KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = OpenFiles.MostConnections;
        // The contract has a minute. Who sends half a request holds a connection for so long; a head is a packet or two, also from a phone on a train.
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        server.Limits.MaxRequestBodySize = null;
        server.Limits.MaxRequestLineSize = LongestRequestLine;
        server.RequestHeaderEncodingSelector = static _ => Lenient;
        // 5 minutes for 32 MiB are about 110 KB a second; a phone on a train is slower, a stalled sender is at nothing.
        server.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(15));
        server.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
    }
}
