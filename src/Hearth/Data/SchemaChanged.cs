using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>Told after a change of the schema is durable and the new snapshot is in place.</summary>
/// <param name="Before">The schema as it was.</param>
/// <param name="After">The schema as it is.</param>
/// <param name="Change">What was done.</param>
public sealed record SchemaChanged(SchemaSnapshot Before, SchemaSnapshot After, SchemaChange Change)
{
    /// <summary>Another node did it; this one only follows. What must happen once has happened there.</summary>
    public bool Elsewhere { get; init; }
}

/// <summary>A change of the schema that is being done, within its transaction.</summary>
/// <param name="Before">The schema as it is.</param>
/// <param name="Change">What is done.</param>
/// <param name="Facts">Who asked for it.</param>
public sealed record SchemaChanging(SchemaSnapshot Before, SchemaChange Change, RequestFacts Facts);
