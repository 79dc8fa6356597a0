namespace Hearth.Records.Moving;

/// <summary>Counts what is done of a stage and tells it now and then.</summary>
internal sealed class StageCount(MoveStage stage, long total, Action<MoveProgress>? tell)
{
    private const int TellEvery = 500;

    private long done;

    /// <summary>Some more are done.</summary>
    public void Add(string name, long count = 1)
    {
        var now = Interlocked.Add(ref done, count);
        if (count > 1 || now % TellEvery == 0) tell?.Invoke(new MoveProgress(stage, name, now, total));
    }

    /// <summary>Tells where it is.</summary>
    public void Tell(string name) => tell?.Invoke(new MoveProgress(stage, name, Interlocked.Read(ref done), total));
}
