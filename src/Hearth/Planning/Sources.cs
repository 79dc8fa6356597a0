using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>
/// Where rows come from: the collection that is asked for, and what a filter reaches from it. An engine renders each kind in its own SQL.
/// Compared by reference: two uses of one path share one source, so that they speak of the same row.
/// </summary>
public abstract class Source(Source? parent, Collection? collection, bool multi)
{
    /// <summary>The source this one hangs on; null for roots.</summary>
    public Source? Parent { get; } = parent;

    /// <summary>Collection of the rows; null for plain lists of values.</summary>
    public Collection? Collection { get; } = collection;

    /// <summary>There may be several rows of this source for one row of the base: here, or at a parent.</summary>
    public bool Multi { get; } = multi || (parent?.Multi ?? false);
}

/// <summary>The records of the collection that is asked for.</summary>
public sealed class BaseSource(Collection collection, IReadOnlyList<FieldValue>? virtualRow = null) : Source(null, collection, false)
{
    /// <summary>
    /// For create rules: the one row that stands in for the table, with values in the order of the collection's fields. Null means the table.
    /// </summary>
    public IReadOnlyList<FieldValue>? VirtualRow { get; } = virtualRow;
}

/// <summary>Records that a relation field of the parent refers to (left joined).</summary>
public sealed class RelationSource(Source parent, RelationField field, Collection target) : Source(parent, target, field.Multiple)
{
    /// <summary>The field of the parent.</summary>
    public RelationField Field { get; } = field;
}

/// <summary>Records elsewhere whose relation field contains the parent's id (left joined).</summary>
public sealed class BackRelationSource(Source parent, Collection collection, RelationField field)
    : Source(parent, collection, field.Multiple || !collection.HasUniqueIndexOn(field.Name))
{
    /// <summary>The field of this source's collection that refers to the parent.</summary>
    public RelationField Field { get; } = field;
}

/// <summary>Every record of a collection, whatever the base record is: <c>@collection.NAME[:alias]</c> (left joined on true).</summary>
public sealed class CollectionSource(Collection collection) : Source(null, collection, true);

/// <summary>
/// Records with given ids, whatever the base record is: the records that <c>@request.body.REL</c> or <c>@request.auth</c> refers to (left joined).
/// </summary>
public sealed class IdsSource(Collection collection, IReadOnlyList<string> ids, bool multi) : Source(null, collection, multi)
{
    /// <summary>The ids; one at most when not multi.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}

/// <summary>The items of a multiple field of the parent, one row an item (<c>:each</c>; left joined).</summary>
public sealed class EachSource(Source parent, Field field) : Source(parent, null, true)
{
    /// <summary>The field of the parent.</summary>
    public Field Field { get; } = field;
}

/// <summary>Given texts, one row an item (<c>@request.body.F:each</c>, <c>@request.auth.F:each</c>; left joined on true).</summary>
/// <param name="items">The items.</param>
/// <param name="submitted">The field that they were submitted for; null when they come from somewhere else.</param>
public sealed class EachLiteralSource(IReadOnlyList<string> items, Field? submitted = null) : Source(null, null, submitted is null || submitted.Multiple)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<string> Items { get; } = items;

    /// <summary>The field that they were submitted for; null when they come from somewhere else.</summary>
    public Field? Submitted { get; } = submitted;
}
