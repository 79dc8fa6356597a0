using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>A collection as a client sent it.</summary>
/// <param name="Collection">The collection; neither completed nor checked.</param>
/// <param name="Faults">What could not be put into it, such as an unknown type or an index statement that cannot be read.</param>
public sealed record CollectionReading(Collection Collection, FaultMap Faults);
