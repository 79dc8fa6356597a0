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

    private readonly PriorityQueue<Waiting, long> waiting = new();
    private readonly Dictionary<string, Removal> removals = new(StringComparer.Ordinal);
    private string current = "";

    /// <summary>Takes a signal that concerns it; false for others.</summary>
    public bool Take(long id, Signal signal)
    {
        if (signal.Topic == Run) waiting.Enqueue(new Waiting(signal.Text, null, null), id);
        else if (signal.Topic == Rows) waiting.Enqueue(Read(signal.Text), id);
        else return false;
        return true;
    }

    /// <summary>Begins within a run, behind a position.</summary>
    public void Begin(string run, long position)
    {
        waiting.Clear();
        removals.Clear();
        current = run;
        raise(new RowNews(run, position, null));
    }

    /// <summary>Tells what nothing can come before any more.</summary>
    /// <param name="position">How far the signals were read, all that could be seen.</param>
    public void Tell(SignalPosition position)
    {
        while (waiting.TryPeek(out var next, out var id) && id < position.FirstMissing)
        {
            waiting.Dequeue();
            if (next.Change is { } change)
            {
                if (current.Length > 0) raise(new RowNews(current, id, change) { Together = next.Of?.Rows ?? [] });
                if (next.Of is { } of && ++of.Told == of.Count) removals.Remove(of.Write);
                continue;
            }
            current = next.Run;
            raise(new RowNews(current, id, null));
        }
    }

    // What a write has removed is seen at once, and told of with each of the rows.
    private Waiting Read(string text)
    {
        var (change, write, count) = RowChangeText.Read(text);
        if (write.Length == 0) return new Waiting("", change, null);
        if (!removals.TryGetValue(write, out var removal)) removals[write] = removal = new Removal(write, count);
        removal.Rows.Add(change);
        return new Waiting("", change, removal);
    }

    private readonly record struct Waiting(string Run, RowChange? Change, Removal? Of);

    private sealed class Removal(string write, int count)
    {
        public string Write { get; } = write;

        public int Count { get; } = count;

        public List<RowChange> Rows { get; } = [];

        public int Told { get; set; }
    }
}
