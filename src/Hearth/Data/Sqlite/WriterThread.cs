using SQLitePCL;

namespace Hearth.Data.Sqlite;

/// <summary>
/// The one thread that writes. Takes the sessions that wait, gives each a savepoint in one transaction, and commits them together: one
/// fsync for all, and only then do their callers hear of it.
/// </summary>
/// <param name="own">The file that it writes to.</param>
/// <param name="tell">Told what sessions had to tell, after their commit.</param>
/// <param name="noting">Where changes of rows are noted.</param>
internal sealed class WriterThread(SqliteConnection connection, OwnFile own, SqliteEngineOptions options, ChangedRows changed, Action<string, string> tell, RowNoting noting, TimeProvider clock)
{
    private readonly object gate = new(); // also wakes the thread: waiting by it does not spin, and the time belongs to the requests
    private readonly Queue<WriteJob> queue = new();
    private readonly AsyncLocal<SqliteWriteSession?> current = new();
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WriteJob> group = [];
    private int changesAtStart;
    private bool closing;
    private volatile DataFault? lost;

    /// <summary>Why nothing can be stored any more; null as long as it can.</summary>
    public DataFault? Lost => lost;

    /// <summary>What is done for the file between commits.</summary>
    public Upkeep Upkeep { get; } = new(connection, options, clock);

    /// <summary>Completes when the thread has done all work and closed the connection.</summary>
    public Task Stopped => stopped.Task;

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { Name = "Hearth SQLite writer", IsBackground = true }.Start();

    /// <summary>Queues work.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, ValueTask<T>> work, Func<T, bool>? commit, CancellationToken stop)
    {
        if (current.Value is { Ended: false })
        {
            throw new InvalidOperationException("A write inside the work of another write would wait for itself for ever. Use the session at hand.");
        }
        var job = new WriteJob<T>(work, commit, clock.GetTimestamp(), stop);
        // Before it is queued: the writer may be so quick that it would run what was given up already.
        job.ListenForCancellation();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing, typeof(SqliteEngine));
            queue.Enqueue(job);
            if (queue.Count == 1) Monitor.Pulse(gate);
        }
        return job.Done;
    }

    /// <summary>Takes no more work; what is queued is still done.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (closing) return;
            closing = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        try
        {
            while (WaitForWork())
            {
                try
                {
                    RunGroup();
                    Upkeep.AfterCommit();
                }
                catch (DataException broken)
                {
                    GiveUpGroup(broken);
                }
            }
            Upkeep.AtEnd();
            connection.Dispose();
            stopped.TrySetResult();
        }
        catch (Exception broken)
        {
            FailAll(broken);
            stopped.TrySetException(broken);
        }
    }

    private bool WaitForWork()
    {
        lock (gate)
        {
            while (queue.Count == 0 && !closing) Monitor.Wait(gate);
            return queue.Count > 0;
        }
    }

    private void RunGroup()
    {
        group.Clear();
        changed.Forget();
        if (lost is { } gone)
        {
            while (TryTake(out var late)) late.Fail(new DataException(gone));
            return;
        }
        try
        {
            connection.Unlimit();
            connection.Execute("BEGIN IMMEDIATE");
            if (own.WasWrittenByOthers()) changed.AddAll();
        }
        catch (DataException refused)
        {
            if (TryTake(out var first)) first.Fail(refused);
            return;
        }
        var began = clock.GetTimestamp();
        while (group.Count < options.GroupLimit && clock.GetElapsedTime(began) < options.GroupTime && TryTake(out var job))
        {
            if (!RunOne(job)) return;
        }
        CommitGroup();
    }

    /// <summary>Runs one session. False when SQLite gave up the whole transaction.</summary>
    private bool RunOne(WriteJob job)
    {
        if (!job.TryBegin()) return true;
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(job.QueuedAt, now) > options.StatementTimeout)
        {
            job.Fail(new DataException(new DataFault(DataFaultKind.Busy, "The write waited too long for its turn.", [])));
            return true;
        }
        group.Add(job);
        connection.Execute("SAVEPOINT work");
        changesAtStart = raw.sqlite3_total_changes(connection.Handle);
        using (var session = new SqliteWriteSession(connection, changed, SplitGroup) { Notes = noting.IsOn, Waited = now - job.QueuedAt })
        {
            current.Value = session;
            var keep = job.Run(session);
            current.Value = null;
            session.Dispose();
            if (connection.IsIdle)
            {
                LoseGroup(job);
                return false;
            }
            if (keep)
            {
                (job.Told, job.Noted, job.ReplacesAll, job.Journey) = (session.Told, session.Noted, session.ReplacesAll, session.Journey);
                if (job.Journey is not null) job.DoneAt = clock.GetTimestamp();
            }
            else connection.Execute("ROLLBACK TO work");
        }
        connection.Execute("RELEASE work");
        return true;
    }

    private void CommitGroup()
    {
        changed.Begin();
        try
        {
            connection.Execute("COMMIT");
        }
        catch (DataException refused)
        {
            if (!connection.IsIdle) connection.Execute("ROLLBACK");
            foreach (var job in group) job.Fail(job.Error ?? refused);
            return;
        }
        finally
        {
            changed.End();
        }
        // What went into a file that is not there any more is not stored.
        if ((lost = own.FaultOf()) is { } gone)
        {
            foreach (var job in group) job.Fail(job.Error ?? new DataException(gone));
            return;
        }
        var committed = clock.GetTimestamp();
        foreach (var job in group)
        {
            job.Journey?.Committed(committed - job.DoneAt);
            foreach (var (topic, text) in job.Told) tell(topic, text);
            if (job.ReplacesAll) noting.Restart();
            noting.Tell(job.Noted);
            job.Complete();
        }
    }

    /// <summary>
    /// Commits the sessions before the current one, so that nothing it does can harm them. Not possible any more when it has changed
    /// something itself already.
    /// </summary>
    private void SplitGroup()
    {
        if (group.Count == 1 || raw.sqlite3_total_changes(connection.Handle) != changesAtStart) return;
        var self = group[^1];
        group.RemoveAt(group.Count - 1);
        connection.Execute("RELEASE work");
        CommitGroup();
        group.Clear();
        group.Add(self);
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("SAVEPOINT work");
    }

    // A full disk, an I/O error or an interrupted change makes SQLite roll back everything. Nobody was told of success yet.
    private void LoseGroup(WriteJob culprit)
    {
        var fault = culprit.Error is DataException { Fault.Kind: DataFaultKind.Full or DataFaultKind.Unavailable } broken
            ? broken.Fault
            : new DataFault(DataFaultKind.Busy, "The write was rolled back together with another one; it can be tried again.", []);
        foreach (var job in group)
        {
            if (job == culprit && job.Error is not null) job.Complete();
            else job.Fail(job.Error ?? new DataException(fault));
        }
    }

    // Even our own small statements can fail on a broken disk. The transaction is undone and the thread goes on.
    private void GiveUpGroup(DataException broken)
    {
        if (!connection.IsIdle) raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        foreach (var job in group) job.Fail(job.Error ?? broken);
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WriteJob? job)
    {
        lock (gate) return queue.TryDequeue(out job);
    }

    private void FailAll(Exception broken)
    {
        Close();
        foreach (var job in group) job.Fail(broken);
        while (TryTake(out var job)) job.Fail(broken);
    }
}
