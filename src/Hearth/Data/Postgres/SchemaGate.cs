namespace Hearth.Data.Postgres;

/// <summary>
/// Keeps writes and changes of the schema of this process apart: any number of writes at once, or one change alone. A change waits until the
/// writes that run have ended; writes that come then wait for the change, and find out afterwards that they must be planned anew.
/// </summary>
internal sealed class SchemaGate
{
    private readonly Lock gate = new();
    private int inside;
    private TaskCompletionSource? emptied;
    private TaskCompletionSource? opened;

    /// <summary>Enters as one of many.</summary>
    public async ValueTask EnterAsync(CancellationToken stop)
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (opened is null)
                {
                    inside++;
                    return;
                }
                waiting = opened.Task;
            }
            await waiting.WaitAsync(stop);
        }
    }

    /// <summary>Who is inside waits until it is alone there. Throws a <see cref="DataException"/> when somebody else is, or wants to be.</summary>
    public async ValueTask BeAloneAsync(CancellationToken stop)
    {
        Task waiting;
        lock (gate)
        {
            if (opened is not null) throw new DataException(new DataFault(DataFaultKind.Busy, "Another change of the schema is being done.", []));
            opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (inside == 1) return;
            emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = emptied.Task;
        }
        try
        {
            await waiting.WaitAsync(stop);
        }
        catch
        {
            Open();
            throw;
        }
    }

    /// <summary>Leaves; a change that was alone lets the others in.</summary>
    public void Leave(bool wasAlone)
    {
        lock (gate)
        {
            inside--;
            if (inside == 1) emptied?.TrySetResult();
        }
        if (wasAlone) Open();
    }

    private void Open()
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            (waiting, opened, emptied) = (opened, null, null);
        }
        waiting?.TrySetResult();
    }
}
