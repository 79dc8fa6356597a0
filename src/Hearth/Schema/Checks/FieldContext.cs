namespace Hearth.Schema.Checks;

/// <summary>What the check of a field's options may look at besides the field.</summary>
/// <param name="Collection">The collection as it will be.</param>
/// <param name="Before">The field of the same id as it is, or null for a new field.</param>
/// <param name="Find">A collection of the schema as it will be, by id.</param>
internal sealed record FieldContext(Collection Collection, Field? Before, Func<string, Collection?> Find);
