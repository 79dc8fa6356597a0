using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearth.Floors;

/// <summary>An application with Kestrel (HTTP/1.1) and nothing else: no configuration files, no logging, no routing, no default middleware.</summary>
internal static class LeanHost
{
    public static WebApplication Create(FloorOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }
}
