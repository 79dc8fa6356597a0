using Hearth.Data;
using Hearth.Http;
using Hearth.Resources.Settings;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Logs;

/// <summary>
/// Moves entries from the queue to the database: as soon as there are 200, or after 3 seconds, but not more often than ten times a second,
/// so that a busy server writes many with one commit; and removes old ones.
/// </summary>
internal sealed partial class LogWriter(RequestLog queue, LogStore store, SettingsStore settings, TimeProvider clock, ILogger logger)
{
    private const int Enough = 200;
    private const int MostAtOnce = 5000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private const int MostDays = 36_500; // a century; calendars do not reach as far back as a setting may
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<LogEntry> batch = [];
    private volatile bool closing;
    private long? away;
    private Task running = Task.CompletedTask;

    /// <summary>Begins to write in the background, until <see cref="StopAsync"/>.</summary>
    public void Start() => running = RunAsync();

    /// <summary>Writes what is left and ends.</summary>
    public async Task StopAsync()
    {
        closing = true;
        queue.Complete();
        await running;
    }

    /// <summary>Writes what is queued now, so that a reader of the log sees it.</summary>
    public async Task FlushAsync()
    {
        await turn.WaitAsync();
        try
        {
            bool more;
            do
            {
                while (batch.Count < MostAtOnce && queue.Entries.TryRead(out var entry)) batch.Add(entry);
                if (batch.Count < MostAtOnce && queue.TakeDropped() is var dropped and > 0)
                {
                    batch.Add(new LogEntry { At = clock.GetUtcNow(), Level = 4, Message = $"{dropped} log entries were dropped: requests came faster than they could be logged." });
                }
                if (batch.Count > 0 && !await TryAddAsync(batch)) return;
                if (away is not null) Stored(logger, batch.Count);
                away = null;
                more = batch.Count >= MostAtOnce;
                batch.Clear();
                await HoldAsync();
            }
            while (more);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RunAsync()
    {
        while (await queue.Entries.WaitToReadAsync())
        {
            for (var waited = TimeSpan.Zero; IsToWait(waited); waited += Step) await Task.Delay(Step, clock);
            await FlushAsync();
            while (batch.Count > 0 && !closing)
            {
                await Task.Delay(AgainAfter, clock);
                await FlushAsync();
            }
        }
        if (batch.Count > 0) Lost(logger, batch.Count, null);
    }

    private bool IsToWait(TimeSpan waited) => !closing && waited < LongestWait && (waited == TimeSpan.Zero || queue.Entries.Count < Enough);

    // False when the database is away: the entries stay, because those of an outage are the ones that somebody will look for.
    private async Task<bool> TryAddAsync(List<LogEntry> entries)
    {
        try
        {
            await store.AddAsync(entries, settings.Current.Logs.MaxDataSize, CancellationToken.None);
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.Unavailable or DataFaultKind.Uncertain or DataFaultKind.Busy or DataFaultKind.Full or DataFaultKind.Timeout)
        {
            // An outage is told once a minute, not with every try.
            if (away is { } since && clock.GetElapsedTime(since) < TellAgain) return false;
            away = clock.GetTimestamp();
            NotYetStored(logger, entries.Count, e.Message);
            return false;
        }
        catch (DataException e) when (entries.Count == 1)
        {
            Lost(logger, 1, e);
        }
        catch (DataException)
        {
            // One that cannot be stored must not take others with it.
            foreach (var entry in entries)
            {
                if (!await TryAddAsync([entry])) return false;
            }
        }
        return true;
    }

    private async Task HoldAsync()
    {
        try
        {
            await store.HoldAsync(settings.Current.Logs.MaxTotalSize, CancellationToken.None);
        }
        catch (DataException e)
        {
            NotCleaned(logger, e);
        }
    }

    /// <summary>Removes what is older, and what is more, than the settings say.</summary>
    public async ValueTask CleanAsync(CancellationToken stop)
    {
        try
        {
            var days = settings.Current.Logs.MaxDays;
            if (days == 0) await store.TruncateAsync(stop);
            else await store.RemoveBeforeAsync(clock.GetUtcNow().AddDays(-Math.Min(days, MostDays)), stop);
        }
        catch (DataException e)
        {
            NotCleaned(logger, e);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "{Count} log entries could not be stored")]
    private static partial void Lost(ILogger logger, int count, Exception? e);

    [LoggerMessage(4, LogLevel.Warning, "{Count} log entries wait until they can be stored: {Reason}")]
    private static partial void NotYetStored(ILogger logger, int count, string reason);

    [LoggerMessage(5, LogLevel.Information, "{Count} log entries that waited are stored")]
    private static partial void Stored(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Error, "Old log entries could not be removed")]
    private static partial void NotCleaned(ILogger logger, Exception e);
}
