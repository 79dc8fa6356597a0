using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Planning;

/// <summary>What a list request asks for, as typed text; nothing is bound yet.</summary>
/// <param name="Filter">Filter text; empty means none.</param>
/// <param name="Sort">Sort text; empty means none.</param>
/// <param name="Page">Page, from 1.</param>
/// <param name="PerPage">Rows a page, 1 to 1000.</param>
public sealed record ListQuery(string Filter, string Sort, int Page, int PerPage);

/// <summary>
/// Turns rules, filters and sorts into plans for one schema and one request's facts. Every refusal happens here, before any SQL.
/// </summary>
public sealed class Planner(SchemaSnapshot schema, RequestFacts facts)
{
    /// <summary>The schema that names are looked up in.</summary>
    public SchemaSnapshot Schema { get; } = schema;

    /// <summary>Who asks what.</summary>
    public RequestFacts Facts { get; } = facts;

    /// <summary>
    /// Plans a list: the rule AND the client's filter over shared joins, the list rules of joined collections, sort and page. The rule is
    /// skipped for superusers; a null rule must have been refused before. Faults: 403 for <c>@collection.</c>/<c>@request.</c> from others
    /// than superusers, 400 for everything else that is wrong.
    /// </summary>
    public Outcome<ReadPlan> List(Collection collection, string? rule, ListQuery query) => throw new NotSupportedException();

    /// <summary>Plans one record by id under a rule (null or empty: no condition; callers refuse null rules before).</summary>
    public Outcome<ReadPlan> One(Collection collection, string id, string? rule) => throw new NotSupportedException();

    /// <summary>Plans records by ids under a rule, for expand; no columns limit, no order.</summary>
    public Outcome<ReadPlan> ByIds(Collection collection, IReadOnlyList<string> ids, string? rule) => throw new NotSupportedException();

    /// <summary>Plans the records whose relation field refers to any of the ids, under a rule, for expand by back-relation.</summary>
    public Outcome<ReadPlan> Referring(Collection collection, RelationField field, IReadOnlyList<string> ids, string? rule, int limit) =>
        throw new NotSupportedException();

    /// <summary>Plans whether a row that is not stored yet satisfies a rule (create and manage rules).</summary>
    public Outcome<ReadPlan> Virtual(Collection collection, IReadOnlyList<FieldValue> row, string rule) => throw new NotSupportedException();

    /// <summary>Checks that a rule of a collection can be bound at all; for saving collections. The message names what is wrong.</summary>
    public Outcome<bool> CheckRule(Collection collection, string rule) => throw new NotSupportedException();

    /// <summary>
    /// The columns that the caller may see: hidden fields only for superusers; never <c>password</c> and <c>tokenKey</c> of auth
    /// collections; <c>email</c> under the visibility condition of contract 1.10. Other hidden columns that are needed can be appended by the caller.
    /// </summary>
    public ImmutableArray<OutputColumn> VisibleColumns(Collection collection) => throw new NotSupportedException();
}
