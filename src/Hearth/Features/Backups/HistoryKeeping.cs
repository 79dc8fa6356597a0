using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Blobs;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Backups;

/// <summary>Keeps the history of an app while it runs: looks each second what is to be written, and leaves nothing behind when it stops.</summary>
internal static partial class HistoryKeeping
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Declares it.</summary>
    public static void Begin(FeatureSetup setup)
    {
        var logger = setup.Loggers.CreateLogger("Hearth.Backups");
        var ended = new CancellationTokenSource();
        var running = Task.CompletedTask;
        setup.OnStart(async stop =>
        {
            // Before the log is moved into the file for the first time: what a crash has left in it belongs to the history.
            await TryAsync(logger, setup.History.BringAsync, stop);
            running = Task.Run(async () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    await Task.Delay(Pause, setup.Clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (!ended.IsCancellationRequested) await TryAsync(logger, stop => setup.History.WorkAsync(now: false, stop), ended.Token);
                }
            }, CancellationToken.None);
        });
        setup.OnStop(async stop =>
        {
            await ended.CancelAsync();
            await running;
            await TryAsync(logger, setup.History.BringAsync, stop);
            ended.Dispose();
        });
    }

    private static async Task TryAsync(ILogger logger, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is DataException or BlobException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Behind(logger, e.Message);
        }
    }

    [LoggerMessage(621, LogLevel.Error, "The history of the data is behind: {Reason} It is tried again.")]
    private static partial void Behind(ILogger logger, string reason);
}
