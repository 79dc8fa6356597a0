using Hearth.Basics;
using Hearth.Planning;
using Hearth.Resources.Settings;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Settings;

/// <summary>Follows what <c>hearth superuser ips</c> orders while the server runs and holds the data folder.</summary>
internal static class AddressOrders
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    public static void Follow(FeatureSetup setup)
    {
        var ended = new CancellationTokenSource();
        var running = Task.CompletedTask;
        setup.OnStart(_ =>
        {
            running = FollowAsync(setup, ended.Token);
            return ValueTask.CompletedTask;
        });
        setup.OnStop(async _ =>
        {
            await ended.CancelAsync();
            await running;
            ended.Dispose();
        });
    }

    private static async Task FollowAsync(FeatureSetup setup, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, setup.Clock);
        var file = new AddressOrderFile(setup.DataDirectory);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await LookAsync(setup, file, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static async Task LookAsync(FeatureSetup setup, AddressOrderFile file, CancellationToken stop)
    {
        try
        {
            if (file.Take(DateTimeOffset.UtcNow) is not { } order) return; // the time of a file is the machine's
            var facts = RequestFacts.CommandLine with { UserAgent = order.By };
            var changed = await setup.Settings.ChangeAsync(settings => settings with { SuperuserIPs = [.. order.Addresses] }, stop, facts);
            file.Answer(new AddressOrderAnswer(changed.Failed(out var fault) ? fault.Cause ?? fault.Message : ""));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            setup.Loggers.CreateLogger("Hearth.Settings").LogError(e, "An order of hearth superuser ips could not be followed");
        }
    }
}
