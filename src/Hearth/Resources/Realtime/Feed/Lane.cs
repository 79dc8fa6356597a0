using Hearth.Resources.Realtime.Topics;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>
/// A line of streams that are told of changes one after the other. There are two: who asks for much more than others do, or for what takes long to answer, stands in the
/// second, where only those wait who do the same. Each line tells all changes in the one order. Guarded by <see cref="OpenStreams"/>.
/// </summary>
/// <param name="pace">How much time and how many connections the answers may take.</param>
internal sealed class Lane(LanePace pace)
{
    /// <summary>How much the answers may take.</summary>
    public LanePace Pace { get; } = pace;

    /// <summary>Who listens to what.</summary>
    public TopicIndex Index { get; } = new();

    /// <summary>How far it has come: who begins to listen hears what is behind.</summary>
    public EventPosition Position { get; set; } = EventPosition.None;

    /// <summary>Streams that stand in it.</summary>
    public int Count { get; set; }
}

/// <summary>How much the answers for one change may take.</summary>
/// <param name="AtOnce">Questions at once.</param>
/// <param name="Longest">Longest time for a question of a topic with options.</param>
/// <param name="Together">Longest time for all of these.</param>
internal sealed record LanePace(int AtOnce, TimeSpan Longest, TimeSpan Together)
{
    /// <summary>Of the first line; a stream for which this is not enough goes on in the second.</summary>
    public static LanePace First { get; } = new(4, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250));

    /// <summary>Of the second line; a stream for which this is not enough ends.</summary>
    public static LanePace Second { get; } = new(1, TimeSpan.FromSeconds(5), TimeSpan.MaxValue);

    /// <summary>Of what a client missed, whichever line it stands in; a stream for which this is not enough ends.</summary>
    public static LanePace Missed { get; } = Second with { IsMissed = true };

    /// <summary>The streams want it though they are said to have heard of it.</summary>
    public bool IsMissed { get; private init; }
}
