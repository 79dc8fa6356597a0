using Hearth.App;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Hosting;

/// <summary>Brings Hearth into an ASP.NET Core program.</summary>
public static class HearthServices
{
    /// <summary>
    /// Adds an app: it starts and stops with the program. Returns the builder for hooks and features, to be used before the program is built.
    /// Serve it with <see cref="HearthEndpoints.MapHearth"/>.
    /// </summary>
    public static HearthBuilder AddHearth(this IServiceCollection services, Action<HearthOptions>? configure = null)
    {
        var options = new HearthOptions();
        configure?.Invoke(options);
        var builder = new HearthBuilder(options);
        services.AddRouting();
        services.AddSingleton(provider => builder.Build(provider.GetService<ILoggerFactory>()));
        services.AddHostedService<HearthLifetime>();
        return builder;
    }

    private sealed class HearthLifetime(HearthApp app) : IHostedService
    {
        private static readonly TimeSpan Closing = TimeSpan.FromSeconds(2.5);

        public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

        // With time of its own: requests that did not end in time have used up the program's, and the data must be closed in order all the same.
        public async Task StopAsync(CancellationToken cancellationToken)
        {
            using var limit = new CancellationTokenSource(Closing, app.Options.Clock);
            await app.StopAsync(limit.Token);
        }
    }
}
