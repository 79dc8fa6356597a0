namespace Hearth.Resources.Jobs;

/// <summary>How a job went when it last came to its end.</summary>
/// <param name="At">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Failed">It threw; what, is in the log.</param>
public sealed record JobRun(DateTimeOffset At, TimeSpan Took, bool Failed);
