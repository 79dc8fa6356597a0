using System.Collections.Immutable;

namespace Hearth.Schema;

/// <summary>One index of a collection, parsed from its <c>CREATE INDEX</c> statement (contract 4.8).</summary>
/// <param name="Name">Name of the index, unique in the database.</param>
/// <param name="Unique">No two records may share the values.</param>
/// <param name="Columns">What is indexed.</param>
/// <param name="Where">Condition of a partial index as SQL text; null when there is none.</param>
public sealed record IndexDefinition(string Name, bool Unique, ImmutableArray<IndexColumn> Columns, string? Where);

/// <summary>One column or expression of an index.</summary>
/// <param name="Name">Field name, or the expression's text when <paramref name="IsExpression"/>.</param>
/// <param name="IsExpression">It is an expression rather than a field.</param>
/// <param name="Collation">Collation name as written, such as <c>NOCASE</c>; null when none.</param>
/// <param name="Descending">Sorted from high to low.</param>
public sealed record IndexColumn(string Name, bool IsExpression = false, string? Collation = null, bool Descending = false);
