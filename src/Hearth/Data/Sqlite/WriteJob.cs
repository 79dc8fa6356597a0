using Hearth.Basics.Journeys;
using Hearth.Data.News;

namespace Hearth.Data.Sqlite;

/// <summary>One piece of work in the writer's queue, and the caller who waits for it.</summary>
internal abstract class WriteJob(long queuedAt, CancellationToken stop)
{
    private const int Queued = 0, Begun = 1, GivenUp = 2;

    private CancellationTokenRegistration registration;
    private int state;

    /// <summary>When it was queued, in ticks of the clock.</summary>
    public long QueuedAt { get; } = queuedAt;

    /// <summary>
    /// Begins the job; false when the caller gave up before its turn. Nobody cancels a job that has begun: it may be committed already.
    /// </summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref state, Begun, Queued) == Queued;

    /// <summary>What went wrong in the work; null when nothing did.</summary>
    public Exception? Error { get; private set; }

    /// <summary>What the work has to tell once it is committed.</summary>
    public IReadOnlyList<(string Topic, string Text)> Told { get; set; } = [];

    /// <summary>The rows that the work has changed, if anybody may listen.</summary>
    public IReadOnlyList<RowChange> Noted { get; set; } = [];

    /// <summary>Where the commit of what the work has changed is noted; null when nowhere.</summary>
    public Journey? Journey { get; set; }

    /// <summary>When the work was done, in ticks of the clock.</summary>
    public long DoneAt { get; set; }

    /// <summary>The work has put other data in the place of all.</summary>
    public bool ReplacesAll { get; set; }

    /// <summary>The caller's token.</summary>
    protected CancellationToken Stop { get; } = stop;

    /// <summary>Lets the caller go as soon as it gives up, instead of when its turn has come.</summary>
    public void ListenForCancellation() => registration = Stop.UnsafeRegister(
        static job =>
        {
            var self = (WriteJob)job!; // registered as itself just below
            if (Interlocked.CompareExchange(ref self.state, GivenUp, Queued) == Queued) self.Cancel();
        },
        this);

    /// <summary>Does the work on the writer's thread. Returns whether its changes are to be kept.</summary>
    public bool Run(WriteSession session)
    {
        registration.Dispose();
        try
        {
            return RunWork(session);
        }
        catch (Exception error) // whatever it is belongs to the caller, not to the writer
        {
            Error = error;
            return false;
        }
    }

    /// <summary>Hands the result, or the work's own exception, to the caller.</summary>
    public void Complete()
    {
        if (Error is OperationCanceledException && Stop.IsCancellationRequested) Cancel();
        else if (Error is not null) Fail(Error);
        else Succeed();
    }

    /// <summary>Tells the caller that nothing was kept, and why.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Tells the caller that the work was given up as asked.</summary>
    public abstract void Cancel();

    /// <summary>Hands over the result.</summary>
    protected abstract void Succeed();

    /// <summary>Runs the caller's function.</summary>
    protected abstract bool RunWork(WriteSession session);
}

/// <inheritdoc/>
internal sealed class WriteJob<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, long queuedAt, CancellationToken stop)
    : WriteJob(queuedAt, stop)
{
    // The caller must not go on with its request on the writer's thread.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    /// <summary>What the caller waits for.</summary>
    public Task<T> Done => done.Task;

    /// <inheritdoc/>
    public override void Fail(Exception error) => done.TrySetException(error);

    /// <inheritdoc/>
    public override void Cancel() => done.TrySetCanceled(Stop);

    /// <inheritdoc/>
    protected override void Succeed() => done.TrySetResult(result!); // set by RunWork: it did not throw

    /// <inheritdoc/>
    protected override bool RunWork(WriteSession session)
    {
        var running = work(session);
        // Work that waits holds up every other writer, but it is allowed; this is the one thread that may block.
        result = running.IsCompletedSuccessfully ? running.Result : running.AsTask().GetAwaiter().GetResult();
        return commit is null || commit(result);
    }
}
