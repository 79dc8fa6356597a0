using Hearth.Basics;

namespace Hearth.Resources.Jobs;

/// <summary>Work that is done at certain minutes, and by hand whenever a superuser likes.</summary>
/// <param name="Id">Its name among all jobs of the app.</param>
/// <param name="Schedule">When it is due.</param>
/// <param name="Work">The work. Cancelled when the app stops; what it throws is logged.</param>
public sealed record Job(string Id, CronSchedule Schedule, Func<CancellationToken, ValueTask> Work)
{
    /// <summary>It belongs to Hearth and not to the app.</summary>
    public bool IsSystem { get; init; }

    /// <summary>Each node does it for itself, because it is about what is on its own machine.</summary>
    public bool OnEachNode { get; init; }
}
