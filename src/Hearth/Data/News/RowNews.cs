namespace Hearth.Data.News;

/// <summary>
/// A change of a row that was committed, at its place in the one order that all nodes of the data share. For one row the order is that of the commits.
/// </summary>
/// <param name="Run">
/// Names the time without interruption in which changes are noted: positions of one run can be compared, and nothing is missing between them. Empty when
/// noting has ended.
/// </param>
/// <param name="Position">Rises within a run, not always by one.</param>
/// <param name="Change">What happened; null when a run begins behind the position, or when noting has ended.</param>
public sealed record RowNews(string Run, long Position, RowChange? Change)
{
    /// <summary>All rows that the same write has removed, when this is one of several.</summary>
    public IReadOnlyList<RowChange> Together { get; init; } = [];
}
