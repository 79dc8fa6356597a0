using Hearth.Schema;

namespace Hearth.Data;

/// <summary>Told after a change of the schema is durable and the new snapshot is in place.</summary>
/// <param name="Before">The schema as it was.</param>
/// <param name="After">The schema as it is.</param>
/// <param name="Change">What was done.</param>
public sealed record SchemaChanged(SchemaSnapshot Before, SchemaSnapshot After, SchemaChange Change);
