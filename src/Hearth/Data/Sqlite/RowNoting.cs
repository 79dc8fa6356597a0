using Hearth.Basics;
using Hearth.Data.News;

namespace Hearth.Data.Sqlite;

/// <summary>Whether changes of rows are noted, and how they are numbered: in the order in which the writer commits them. A start of the program begins a new run.</summary>
/// <param name="raise">Told of each change; called by one thread at a time.</param>
/// <param name="clock">The clock.</param>
internal sealed class RowNoting(Action<RowNews> raise, TimeProvider clock)
{
    private readonly Lock gate = new();
    private string run = "";
    private long position;
    private long asked;
    private bool isCertain;
    private volatile bool isOn;

    /// <summary>Sessions that begin now note what they change.</summary>
    public bool IsOn => isOn;

    /// <summary>Somebody listens still. False when nothing is noted yet, or not by all writes.</summary>
    public bool Keep()
    {
        lock (gate)
        {
            asked = clock.GetTimestamp();
            return isCertain;
        }
    }

    /// <summary>Sessions that begin from now on note what they change.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (isOn) return;
            run = RandomText.RecordId();
            raise(new RowNews(run, position, null));
            isOn = true;
        }
    }

    /// <summary>All sessions that began before <see cref="Begin"/> have ended.</summary>
    public void Confirm()
    {
        lock (gate) isCertain = true;
    }

    /// <summary>Tells of the changes of a write that was committed.</summary>
    public void Tell(IReadOnlyList<RowChange> changes)
    {
        if (changes.Count == 0) return;
        var removed = changes.Count == 1 ? [] : changes.Where(static change => change.Act == RowAct.Deleted).ToList();
        lock (gate)
        {
            if (!isOn) return;
            foreach (var change in changes) raise(new RowNews(run, ++position, change) { Together = change.Act == RowAct.Deleted ? removed : [] });
        }
    }

    /// <summary>Begins another run without a break: what was told before has nothing to do with what is there now.</summary>
    public void Restart()
    {
        lock (gate)
        {
            if (!isOn) return;
            run = RandomText.RecordId();
            raise(new RowNews(run, position, null));
        }
    }

    /// <summary>Ends the noting when nobody has asked for it for some time.</summary>
    public void EndIfUnasked(TimeSpan time)
    {
        lock (gate)
        {
            if (!isOn || clock.GetElapsedTime(asked) < time) return;
            (isCertain, isOn) = (false, false);
            run = "";
            raise(new RowNews("", position, null));
        }
    }
}
