using System.Collections.Immutable;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>A request to read, as a value: no SQL, no connection. The planner makes it, an engine compiles it.</summary>
public sealed record ReadPlan
{
    /// <summary>The rows asked for.</summary>
    public required BaseSource From { get; init; }

    /// <summary>What is returned of each row, in order. Empty for counts and existence checks.</summary>
    public ImmutableArray<OutputColumn> Columns { get; init; } = [];

    /// <summary>
    /// Which rows; null means all. Rows are distinct by record whatever is joined. What a client chose is a <see cref="FromClient"/>: all other parts, those that a
    /// hook adds included, are asked before it.
    /// </summary>
    public Filter? Where { get; init; }

    /// <summary>
    /// Sort keys, most significant first. After them engines add storage order in the direction of the last key (for views: nothing), so
    /// that pages are stable; without keys tables come in storage order.
    /// </summary>
    public ImmutableArray<SortKey> Sort { get; init; } = [];

    /// <summary>Rows to skip.</summary>
    public long Offset { get; init; }

    /// <summary>Most rows to return; null means all.</summary>
    public int? Limit { get; init; }

    /// <summary>What is joined has these rows besides those that are there.</summary>
    public ImmutableArray<GoneRows> Gone { get; init; } = [];

    /// <summary>The rows will be counted, too, right after they are read: an engine may do both at once.</summary>
    public bool Counted { get; init; }

    /// <summary>
    /// The rows may be taken as slowly as the reader likes: exports into a slow pipe. Without it the engine's time limit holds from the
    /// start of the query to its last row.
    /// </summary>
    public bool Unhurried { get; init; }
}

/// <summary>One returned column.</summary>
/// <param name="Field">The field of the base collection.</param>
/// <param name="VisibleWhen">Rows for which this does not hold return NULL instead (e-mail visibility); null means always visible.</param>
public sealed record OutputColumn(Field Field, Filter? VisibleWhen = null);

/// <summary>One sort key. A multi source sorts by its least value ascending, or its greatest descending.</summary>
public sealed record SortKey(Operand By, bool Descending)
{
    /// <summary>
    /// Only values of rows for which this holds count; others are NULL, so that the order tells nothing about rows that list rules hide and addresses
    /// that are not shown. Null means all rows.
    /// </summary>
    public Filter? Among { get; init; }
}

/// <summary>A request to change one row, as a value. Validation and rules came before; constraints come back as a data fault.</summary>
public abstract record WritePlan(Collection Collection);

/// <summary>Add a row with values in the order of the collection's fields.</summary>
public sealed record InsertRow(Collection Collection, IReadOnlyList<FieldValue> Values) : WritePlan(Collection);

/// <summary>Change some fields of a row.</summary>
public sealed record UpdateRow(Collection Collection, string Id, ImmutableArray<Assignment> Assignments) : WritePlan(Collection);

/// <summary>Remove a row.</summary>
public sealed record DeleteRow(Collection Collection, string Id) : WritePlan(Collection);

/// <summary>A new value for a field.</summary>
public sealed record Assignment(Field Field, FieldValue Value);
