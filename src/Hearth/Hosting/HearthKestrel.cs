using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearth.Hosting;

/// <summary>How the web server is set up for Hearth where Hearth is the whole program.</summary>
public static class HearthKestrel
{
    /// <summary>Limits of contract 1.12. Sizes of bodies are limited per route.</summary>
    public static void UseHearthLimits(this KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = OpenFiles.MostConnections;
        // The contract has a minute. Who sends half a request holds a connection for so long; a head is a packet or two, also from a phone on a train.
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        server.Limits.MaxRequestBodySize = null;
        // 5 minutes for 32 MiB are about 110 KB a second; a phone on a train is slower, a stalled sender is at nothing.
        server.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(15));
        server.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
    }
}
