using Hearth.Basics;

namespace Hearth.Records;

/// <summary>What became of one row of a bulk write.</summary>
/// <param name="Added">A record was added.</param>
/// <param name="Fault">Why the row was refused; null when it was stored. Its data names the fields.</param>
public readonly record struct BulkResult(bool Added, Fault? Fault)
{
    /// <summary>A record of the same key was changed, or left as it was.</summary>
    public bool Changed => !Added && Fault is null;
}
