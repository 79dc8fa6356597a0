using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>Rows that are gone, but count as if they were still there: what a rule is asked that holds for the moment before they went.</summary>
/// <param name="Collection">Where they were.</param>
/// <param name="Rows">Their values in the order of the collection's fields.</param>
public sealed record GoneRows(Collection Collection, IReadOnlyList<IReadOnlyList<FieldValue>> Rows);
