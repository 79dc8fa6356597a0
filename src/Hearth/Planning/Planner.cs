using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hearth.Basics;
using Hearth.Planning.Binding;
using Hearth.Planning.Rules;
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
/// The collection that is asked for need not be in the schema, so that lists of other things (logs, collections) use the same language.
/// </summary>
public sealed class Planner(SchemaSnapshot schema, RequestFacts facts)
{
    /// <summary>Longest filter of a client in bytes (contract 2.2).</summary>
    public const int MaxFilterBytes = 3500;

    /// <summary>The schema that names are looked up in.</summary>
    public SchemaSnapshot Schema { get; } = schema;

    /// <summary>Who asks what.</summary>
    public RequestFacts Facts { get; } = facts;

    /// <summary>
    /// Plans a list: the rule AND the client's filter over shared joins, the list rules of joined collections, sort and page. The rule is
    /// skipped for superusers; a null rule must have been refused before. Faults: 403 for <c>@collection.</c>/<c>@request.</c> from others
    /// than superusers, 400 for everything else that is wrong.
    /// </summary>
    public Outcome<ReadPlan> List(Collection collection, string? rule, ListQuery query)
    {
        if (Forbidden(query) is { } forbidden) return forbidden;
        var from = new BaseSource(collection);
        var joins = new Joins(from);
        if (Rule(rule, joins).Failed(out var fault, out var where)) return fault;
        // Filter and sort share a scope, so that the list rule of a collection that both join is asked once.
        var client = ClientScope(joins);
        if (Filter(query.Filter, client).Failed(out fault, out var filter)) return fault;
        if (SortBinder.Bind(query.Sort, client, out var problem) is not { } sort) return Refused("sort.invalid", problem);

        return new ReadPlan
        {
            From = from,
            Columns = VisibleColumns(from),
            Where = AllOf([where, Chosen(filter), .. client.ListRules]),
            Sort = sort,
            Offset = (query.Page - 1L) * query.PerPage,
            Limit = query.PerPage,
        };
    }

    /// <summary>
    /// Plans one record by id under a rule (null or empty: no condition; callers refuse null rules before) and, for realtime topics, a
    /// client's filter. Superusers skip the rule. Faults: 404 for a broken rule (contract 2.2), 400 for a broken filter.
    /// </summary>
    public Outcome<ReadPlan> One(Collection collection, string id, string? rule, string filter = "")
    {
        var from = new BaseSource(collection);
        // The most frequent request of all has no condition besides the id: nothing needs to be bound.
        if (filter.Length == 0 && (string.IsNullOrEmpty(rule) || Facts.Caller.IsSuperuser))
        {
            return new ReadPlan { From = from, Columns = VisibleColumns(from), Where = new IdIn(from, [id]), Limit = 1 };
        }
        var joins = new Joins(from);
        if (Rule(rule, joins).Failed(out var fault, out var where)) return Fault.NotFound().Because(fault.Cause ?? fault.Message);
        var client = ClientScope(joins);
        if (Filter(filter, client).Failed(out fault, out var bound)) return fault;
        return new ReadPlan
        {
            From = from,
            Columns = VisibleColumns(from),
            Where = AllOf([new IdIn(from, [id]), where, Chosen(bound), .. client.ListRules]),
            Limit = 1,
        };
    }

    /// <summary>Plans records by ids under a rule, for expand: visible columns, no limit, no order. Superusers skip the rule. Faults: 400 for a broken rule.</summary>
    public Outcome<ReadPlan> ByIds(Collection collection, IReadOnlyList<string> ids, string? rule) =>
        Under(collection, rule, from => new IdIn(from, ids), null);

    /// <summary>
    /// Plans the records whose relation field refers to any of the ids, under a rule, for expand by back-relation, in storage order.
    /// Superusers skip the rule. Faults: 400 for a broken rule.
    /// </summary>
    public Outcome<ReadPlan> Referring(Collection collection, RelationField field, IReadOnlyList<string> ids, string? rule, int limit) =>
        Under(collection, rule, from => new RefersTo(from, field, ids), limit);

    /// <summary>
    /// Plans whether a row that is not stored yet satisfies a rule (create and manage rules): the plan has a row exactly then. It has no
    /// columns. Superusers skip the rule. Faults: 400 for a broken rule.
    /// </summary>
    public Outcome<ReadPlan> Virtual(Collection collection, IReadOnlyList<FieldValue> row, string rule)
    {
        var from = new BaseSource(collection, row);
        return Rule(rule, new Joins(from)).Failed(out var fault, out var where) ? fault : new ReadPlan { From = from, Where = where, Limit = 1 };
    }

    /// <summary>
    /// Plans whether a row, as it was at some moment, satisfies a rule and a client's filter: the plan has a row exactly then. It has no columns. What they ask of other
    /// records is asked of these as they are now. Superusers skip the rule. Faults: 400 for what is broken, 403 as for lists.
    /// </summary>
    public Outcome<ReadPlan> Noted(Collection collection, IReadOnlyList<FieldValue> row, string? rule, string filter)
    {
        if (Forbidden(new ListQuery(filter, "", 1, 1)) is { } forbidden) return forbidden;
        var from = new BaseSource(collection, row);
        var joins = new Joins(from);
        if (Rule(rule, joins).Failed(out var fault, out var where)) return fault;
        var client = ClientScope(joins);
        if (Filter(filter, client).Failed(out fault, out var bound)) return fault;
        return new ReadPlan { From = from, Where = AllOf([where, Chosen(bound), .. client.ListRules]), Limit = 1 };
    }

    /// <summary>Checks that a rule of a collection can be bound at all; for saving collections. The message names what is wrong and where.</summary>
    public Outcome<bool> CheckRule(Collection collection, string rule)
    {
        if (rule.Length == 0) return true;
        var scope = new Scope(Schema, Facts, new Joins(new BaseSource(collection)), restricted: false);
        return RuleBinder.Bind(rule, scope, out var problem) is not null ? true : Fault.BadRequest("rule.invalid", problem?.ToString());
    }

    /// <summary>
    /// The columns that the caller may see: hidden fields only for superusers; never <c>password</c> and <c>tokenKey</c> of auth
    /// collections; <c>email</c> under the visibility condition of contract 1.10; other passwords as NULL. Other hidden columns that are
    /// needed can be appended by the caller.
    /// </summary>
    /// <param name="from">The source of the plan that the columns are for.</param>
    public ImmutableArray<OutputColumn> VisibleColumns(BaseSource from) => new Visibility(Schema, Facts).Columns(from);

    private Outcome<ReadPlan> Under(Collection collection, string? rule, Func<BaseSource, Filter> which, int? limit)
    {
        var from = new BaseSource(collection);
        if (Rule(rule, new Joins(from)).Failed(out var fault, out var where)) return fault;
        return new ReadPlan { From = from, Columns = VisibleColumns(from), Where = AllOf([which(from), where]), Limit = limit };
    }

    private Bound Rule(string? rule, Joins joins)
    {
        if (string.IsNullOrEmpty(rule) || Facts.Caller.IsSuperuser) return default;
        var filter = RuleBinder.Bind(rule, new Scope(Schema, Facts, joins, restricted: false), out var problem);
        return filter is null ? new Bound(Refused("rule.invalid", problem), null) : new Bound(null, filter);
    }

    private Scope ClientScope(Joins joins) => new(Schema, Facts, joins, restricted: !Facts.Caller.IsSuperuser, limits: Facts.Caller.Scope, fromClient: !ReferenceEquals(Facts.Caller, Caller.System));

    private static Bound Filter(string text, Scope scope)
    {
        if (text.Length == 0) return default;
        if (Encoding.UTF8.GetByteCount(text) > MaxFilterBytes)
        {
            return new Bound(Refused("filter.invalid", new RuleProblem($"The filter is longer than {MaxFilterBytes} bytes", 0)), null);
        }
        var filter = RuleBinder.Bind(text, scope, out var problem);
        return filter is null ? new Bound(Refused("filter.invalid", problem), null) : new Bound(null, filter);
    }

    private static FromClient? Chosen(Filter? filter) => filter is null ? null : new FromClient(filter);

    private static Filter? AllOf(ReadOnlySpan<Filter?> parts)
    {
        Filter? all = null;
        foreach (var part in parts) all = Planning.Filter.Both(all, part);
        return all;
    }

    /// <summary>The contract decides this by the bare text, so that quoted text triggers it too.</summary>
    private Fault? Forbidden(ListQuery query)
    {
        // With them a filter would reach records that the scope of an API key leaves out.
        if (Facts.Caller is { IsSuperuser: true, Scope: null }) return null;
        foreach (var name in (ReadOnlySpan<string>)["@collection.", "@request."])
        {
            if (query.Filter.Contains(name, StringComparison.Ordinal) || query.Sort.Contains(name, StringComparison.Ordinal))
            {
                return Fault.Forbidden("filter.forbidden", $"Only superusers can filter by {name}");
            }
        }
        return null;
    }

    /// <summary>Clients learn nothing about what is wrong; the log does (contract 2.2).</summary>
    private static Fault Refused(string code, RuleProblem? problem) => Fault.BadRequest(code).Because(problem?.ToString() ?? "");

    /// <summary>A bound text: a filter, nothing at all (no condition), or the fault in its place.</summary>
    private readonly record struct Bound(Fault? Fault, Filter? Where)
    {
        /// <summary>True, and hands over the fault, when the text was refused; hands over the condition otherwise.</summary>
        public bool Failed([NotNullWhen(true)] out Fault? fault, out Filter? where)
        {
            (fault, where) = (Fault, Where);
            return fault is not null;
        }
    }
}
