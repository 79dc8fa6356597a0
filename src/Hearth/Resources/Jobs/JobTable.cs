using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Resources.Signalling;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Jobs;

/// <summary>
/// The jobs of an app. Each node looks once a minute what is due and claims it in the database, so that a job runs once for each of its minutes however many
/// nodes there are and whichever of them dies. A job that still runs on a node is not begun there again.
/// </summary>
public sealed class JobTable
{
    private const string RunTopic = "jobs.run";

    // A machine that slept does what was due shortly before it woke up, once; what is older is left out, as with any cron.
    private const int MostMinutesLate = 5;

    private readonly Signals signals;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly JobMarks marks;
    private readonly JobRuns runs;
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ended = new();
    private ImmutableDictionary<string, Job> jobs = ImmutableDictionary.Create<string, Job>(StringComparer.Ordinal);
    private Task ticking = Task.CompletedTask;
    private DateTimeOffset lastMinute;
    private volatile Tuple<string, DateTimeOffset>? failure;
    private int done;

    /// <summary>An empty table.</summary>
    public JobTable(Engine engine, Signals signals, TimeProvider clock, ILogger logger)
    {
        (this.signals, this.clock, this.logger) = (signals, clock, logger);
        marks = new JobMarks(engine, clock);
        runs = new JobRuns(engine);
        signals.On(RunTopic, (signal, _) =>
        {
            if (jobs.TryGetValue(signal.Text, out var job)) Begin(job);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>How many run on this node.</summary>
    public int Running => running.Count;

    /// <summary>How many have come to their end on this node since it was started, well or not.</summary>
    public int Ended => Volatile.Read(ref done);

    /// <summary>The job that failed last on this node, and when; null when none did.</summary>
    public (string Id, DateTimeOffset At)? LastFailure => failure is { } last ? (last.Item1, last.Item2) : null;

    /// <summary>Those of the app in the order of their ids, then those of Hearth.</summary>
    public IReadOnlyList<Job> All => [.. jobs.Values.OrderBy(job => job.IsSystem).ThenBy(job => job.Id, StringComparer.Ordinal)];

    /// <summary>The last run of each job that came to its end on any node, by the job's id; what runs now, and what the end of a server cut off, is not in it.</summary>
    public ValueTask<IReadOnlyDictionary<string, JobRun>> LastRunsAsync(CancellationToken stop) => runs.AllAsync(stop);

    /// <summary>Adds a job. Throws an <see cref="ArgumentException"/> when the expression is none or the id is taken.</summary>
    /// <param name="id">Its name among all jobs of the app.</param>
    /// <param name="expression">When it is due, see <see cref="CronSchedule"/>.</param>
    /// <param name="work">The work.</param>
    /// <param name="isSystem">It belongs to Hearth.</param>
    public void Add(string id, string expression, Func<CancellationToken, ValueTask> work, bool isSystem = false)
    {
        var schedule = CronSchedule.Parse(expression) ?? throw new ArgumentException($"“{expression}” is no cron expression.", nameof(expression));
        if (!ImmutableInterlocked.TryAdd(ref jobs, id, new Job(id, schedule, work) { IsSystem = isSystem })) throw new ArgumentException($"There is a job {id} already.", nameof(id));
    }

    /// <summary>Adds a job, or puts it in the place of the one with its id.</summary>
    public void Put(Job job) => ImmutableInterlocked.AddOrUpdate(ref jobs, job.Id, job, (_, _) => job);

    /// <summary>Removes a job; one that runs comes to its end.</summary>
    public void Remove(string id) => ImmutableInterlocked.TryRemove(ref jobs, id, out _);

    /// <summary>Begins a job now and does not wait for its end; false when there is none of the id.</summary>
    public async ValueTask<bool> RunAsync(string id, CancellationToken stop)
    {
        if (!jobs.TryGetValue(id, out var job)) return false;
        if (job.OnEachNode) await signals.SendAsync(RunTopic, id, stop);
        else Begin(job);
        return true;
    }

    /// <summary>Begins to look what is due.</summary>
    internal void Start()
    {
        lastMinute = MinuteOf(clock.GetUtcNow());
        ticking = Task.Run(TickAsync);
    }

    /// <summary>Ends what runs.</summary>
    internal async Task StopAsync()
    {
        await ended.CancelAsync();
        await Task.WhenAll([ticking, .. running.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Begins what was due since it was last asked. Returns what this node has begun.</summary>
    internal async Task<IReadOnlyList<string>> BeginDueAsync(CancellationToken stop)
    {
        var now = MinuteOf(clock.GetUtcNow());
        if (now <= lastMinute) return [];
        var first = now.AddMinutes(1 - MostMinutesLate);
        if (first <= lastMinute) first = lastMinute.AddMinutes(1);
        var due = new List<(Job Job, DateTimeOffset Minute)>();
        foreach (var job in All)
        {
            for (var minute = now; minute >= first; minute = minute.AddMinutes(-1))
            {
                if (!job.Schedule.Matches(minute)) continue;
                due.Add((job, minute));
                break;
            }
        }
        var claimed = await marks.ClaimAsync([.. due.Where(item => !item.Job.OnEachNode).Select(item => (item.Job.Id, item.Minute))], stop);
        lastMinute = now;
        Job[] own = [.. due.Select(item => item.Job).Where(job => job.OnEachNode || claimed.Contains(job.Id))];
        foreach (var job in own) Begin(job);
        return [.. own.Select(job => job.Id)];
    }

    private async Task TickAsync()
    {
        try
        {
            while (true)
            {
                var now = clock.GetUtcNow();
                await Task.Delay(MinuteOf(now).AddMinutes(1) - now, clock, ended.Token);
                try
                {
                    await BeginDueAsync(ended.Token);
                }
                catch (DataException away)
                {
                    logger.LogError(away, "What is due could not be claimed; it is tried again in a minute.");
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }

    private void Begin(Job job)
    {
        if (ended.IsCancellationRequested) return;
        var turn = new TaskCompletionSource();
        if (!running.TryAdd(job.Id, turn.Task)) return;
        _ = Task.Run(async () =>
        {
            try
            {
                var (began, started) = (clock.GetUtcNow(), clock.GetTimestamp());
                var failed = await FailsAsync(job);
                await KeepAsync(job.Id, new JobRun(began, clock.GetElapsedTime(started), failed));
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
            }
            finally
            {
                Interlocked.Increment(ref done);
                running.TryRemove(job.Id, out _);
                turn.SetResult();
            }
        });
    }

    private async Task<bool> FailsAsync(Job job)
    {
        try
        {
            await job.Work(ended.Token);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ended.IsCancellationRequested)
        {
            failure = new(job.Id, clock.GetUtcNow());
            logger.LogError(e, "The job {Id} failed.", job.Id);
            return true;
        }
    }

    private async Task KeepAsync(string id, JobRun run)
    {
        try
        {
            await runs.KeepAsync(id, run, ended.Token);
        }
        catch (DataException away)
        {
            logger.LogWarning(away, "When the job {Id} ran last could not be kept.", id);
        }
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
