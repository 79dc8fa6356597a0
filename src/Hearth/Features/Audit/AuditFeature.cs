using Hearth.Data;
using Hearth.Resources.Audit;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Audit;

/// <summary>Keeps the audit log in order and shows it to superusers. Tables: <c>_audit</c>.</summary>
internal sealed class AuditFeature : Feature
{
    private static readonly TimeSpan SealEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override string Name => "audit";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Signals.Every("audit.seal", SealEvery, setup.Audit.SealAsync);
        KeepCounting(setup);
    }

    // Each node counts for itself.
    private static void KeepCounting(FeatureSetup setup)
    {
        var ended = new CancellationTokenSource();
        var counting = Task.CompletedTask;
        setup.OnStart(_ =>
        {
            counting = CountAsync(setup.Audit, setup.Clock, setup.Loggers.CreateLogger("Hearth.Audit"), ended.Token);
            return ValueTask.CompletedTask;
        });
        setup.OnStop(async _ =>
        {
            await ended.CancelAsync();
            await counting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Dispose();
            await setup.Audit.NoteBoundedAsync(now: true, CancellationToken.None);
        });
    }

    private static async Task CountAsync(AuditLog audit, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(CountEvery, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await audit.NoteBoundedAsync(now: false, stop);
            }
            catch (DataException e)
            {
                // The database is away: they wait until it is back; their number is bounded.
                logger.LogWarning("What is counted for the audit log could not be stored yet: {Reason}", e.Message);
            }
        }
    }
}
