using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>A bound condition over the rows of a plan. Engines render these nodes; nothing above <c>Data/</c> knows their SQL.</summary>
public abstract record Filter
{
    /// <summary>Always true.</summary>
    public static Filter True { get; } = new Always(true);

    /// <summary>Both, as one flat list of parts; null, which means true, when both are absent.</summary>
    public static Filter? Both(Filter? left, Filter? right) =>
        left is null ? right : right is null ? left : new AllOf([.. PartsOf(left), .. PartsOf(right)]);

    private static ImmutableArray<Filter> PartsOf(Filter filter) => filter is AllOf all ? all.Parts : [filter];
}

/// <summary>The same answer for every row.</summary>
public sealed record Always(bool Value) : Filter;

/// <summary>Every part holds.</summary>
public sealed record AllOf(ImmutableArray<Filter> Parts) : Filter;

/// <summary>At least one part holds.</summary>
public sealed record AnyOf(ImmutableArray<Filter> Parts) : Filter;

/// <summary>The part does not hold (or is unknown).</summary>
public sealed record Not(Filter Part) : Filter;

/// <summary>
/// A condition that a client chose. Beside other parts of an <see cref="AllOf"/> it holds when its part does, but it is looked at only in rows in
/// which the others hold: what it costs tells nothing about rows that the client may not see (decision 56).
/// </summary>
public sealed record FromClient(Filter Part) : Filter;

/// <summary>How two operands are compared (contract 2.7).</summary>
public enum CompareOperator
{
    /// <summary><c>=</c>; NULL and empty text are the same unless an operand keeps NULL.</summary>
    Equal,

    /// <summary><c>!=</c>, the negation of <see cref="Equal"/>.</summary>
    NotEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>~</c>: contains, or LIKE when the right side has its own <c>%</c>.</summary>
    Like,

    /// <summary><c>!~</c>: the negation of <see cref="Like"/>, but not NULL-safe.</summary>
    NotLike,
}

/// <summary>
/// A comparison. With <paramref name="Any"/> false and a multi source on a side, it holds when the joined row satisfies it and no value
/// that the record reaches by that path violates it (contract 2.8). <c>Like</c> with a literal on the right arrives with the literal
/// already escaped and wrapped by the binder; with a column on the right the engine wraps.
/// </summary>
public sealed record Compare(Operand Left, CompareOperator Operator, Operand Right, bool Any) : Filter
{
    /// <summary>
    /// For comparisons with <see cref="Any"/> false over a multi source: only values in whose (copied) joined rows this holds can violate.
    /// It keeps a client's filter from finding out about rows that the list rules of joined collections hide. Null means that every value counts.
    /// The sources in it are sources of the two sides.
    /// </summary>
    public Filter? Among { get; init; }
}

/// <summary>The record's id is one of these.</summary>
public sealed record IdIn(Source Of, IReadOnlyList<string> Ids) : Filter;

/// <summary>The relation field of the row contains at least one of these ids.</summary>
public sealed record RefersTo(Source Of, RelationField Field, IReadOnlyList<string> Ids) : Filter;

/// <summary>The source found no row (its id is NULL).</summary>
public sealed record Missing(Source Of) : Filter;

/// <summary>
/// The joined row of a source satisfies a condition that is written for a row of its collection alone: there is a row in the collection,
/// called <paramref name="Row"/>, with the same id, for which <paramref name="Condition"/> holds. False when the source found no row.
/// A plan inside a plan: the condition hangs on <paramref name="Row"/> and shares no source with the plan around it, so that its own
/// "all" comparisons speak of this one row (list rules of joined collections, manage rules).
/// </summary>
public sealed record Satisfies(Source Of, BaseSource Row, Filter Condition) : Filter;
