using Hearth.Records.Moving;

namespace Hearth.App.MovingIn;

/// <summary>How an app moves in.</summary>
public sealed record MoveInOptions
{
    /// <summary>Told now and then how far it is. Must be quick.</summary>
    public Action<MoveProgress>? OnProgress { get; init; }

    /// <summary>Told in a sentence what is going on. What is odd in the data is told at the end, in the report.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Import an app although there is code beside it (<c>pb_hooks</c>), which stays behind.</summary>
    public bool WithoutHooks { get; init; }
}

/// <summary>What moved in.</summary>
/// <param name="Moved">Records, files and the like; null when two apps were only compared.</param>
/// <param name="Notes">What was odd in the source, each in a sentence, in the order in which it was found.</param>
/// <param name="Checks">What was tried with the new app and worked, each in a sentence.</param>
public sealed record MoveInReport(MoveReport? Moved, IReadOnlyList<string> Notes, IReadOnlyList<string> Checks)
{
    /// <summary>What the source has and the new app has not, or has otherwise, each with the reason in a sentence.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
