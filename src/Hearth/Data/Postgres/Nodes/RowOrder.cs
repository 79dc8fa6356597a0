using Hearth.Data.News;

namespace Hearth.Data.Postgres.Nodes;

/// <summary>
/// Brings changes of rows, which become visible in any order, into the order of their ids: the one order that all nodes share. A write takes the ids when it has
/// locked its rows, just before it commits, so that for one row this is the order of the commits. What may still come is waited for.
/// </summary>
/// <param name="raise">Told of each change in order.</param>
internal sealed class RowOrder(Action<RowNews> raise)
{
    /// <summary>Topic of a change.</summary>
    public const string Rows = "rows";

    /// <summary>Topic of the beginning of a run; an empty text ends the noting.</summary>
    public const string Run = "rows.run";

    private readonly PriorityQueue<Signal, long> waiting = new();

    /// <summary>The run of what is told at this moment.</summary>
    public string Current { get; private set; } = "";

    /// <summary>Takes a signal that concerns it; false for others.</summary>
    public bool Take(long id, Signal signal)
    {
        if (signal.Topic is not (Rows or Run)) return false;
        waiting.Enqueue(signal, id);
        return true;
    }

    /// <summary>Begins within a run, behind a position.</summary>
    public void Begin(string run, long position)
    {
        waiting.Clear();
        Current = run;
        raise(new RowNews(run, position, null));
    }

    /// <summary>Tells what nothing can come before any more.</summary>
    /// <param name="position">How far the signals were read.</param>
    public void Tell(SignalPosition position)
    {
        while (waiting.TryPeek(out var signal, out var id) && id < position.FirstMissing)
        {
            waiting.Dequeue();
            if (signal.Topic == Run) Current = signal.Text;
            if (signal.Topic == Run) raise(new RowNews(Current, id, null));
            else if (Current.Length > 0) raise(new RowNews(Current, id, RowChangeText.Read(signal.Text)));
        }
    }
}
