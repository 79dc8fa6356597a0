using System.Collections.Immutable;
using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>
/// Conditions as SQL. Sources with several rows for one record live in EXISTS subqueries, so that a record is found once however many rows
/// satisfy it. Conditions that share such a source share the subquery: they speak of the same row.
/// </summary>
internal sealed class FilterCompiler
{
    private readonly SqlWriter sql;
    private readonly JoinCompiler joins;
    private readonly ComparisonCompiler comparisons;
    private readonly bool oneRecord;

    /// <summary>Renders into one statement.</summary>
    /// <param name="oneRecord">The statement looks at records by id, so that what hangs on them is best looked up from there.</param>
    public FilterCompiler(SqlWriter sql, JoinCompiler joins, bool oneRecord)
    {
        (this.sql, this.joins, this.oneRecord) = (sql, joins, oneRecord);
        Operands = new OperandCompiler(sql, Render);
        comparisons = new ComparisonCompiler(Operands);
    }

    /// <summary>Renders operands of the same statement.</summary>
    public OperandCompiler Operands { get; }

    /// <summary>The condition's text. Sources with one row must be in scope already.</summary>
    public string Render(Filter filter, Aliases scope) => filter switch
    {
        Always always => always.Value ? "1" : "0",
        AllOf all => All(all, scope),
        // One row satisfies a or b exactly when one satisfies a or one satisfies b: each branch finds its own.
        AnyOf any => any.Parts.IsEmpty ? "0" : $"({string.Join(" OR ", any.Parts.Select(p => Render(p, scope)))})",
        _ => Leaf(filter, scope),
    };

    private string All(AllOf all, Aliases scope)
    {
        var texts = new List<string>();
        var (parts, violations) = (new List<Filter>(), new List<(Compare Compare, List<Source> Reached)>());
        foreach (var part in SharedRows.Flatten(all))
        {
            // What must not be violated does not depend on the joined row, so it need not be asked for each of them.
            if (part is Compare compare && Reached(compare) is { Count: > 0 } reached) violations.Add((compare, reached));
            parts.Add(part is Compare any ? any with { Any = true } : part);
        }
        foreach (var group in SharedRows.Groups(parts, scope))
        {
            if (group.Shared.Count == 0) texts.AddRange(group.Parts.Select(p => Render(p, scope)));
            else texts.Add(Exists(group.Shared, scope, group.Parts));
        }
        texts.AddRange(violations.Select(v => Violated(v.Compare, v.Reached, scope)));
        return texts.Count switch
        {
            0 => "1",
            1 => texts[0],
            _ => $"({string.Join(" AND ", texts)})",
        };
    }

    private string Leaf(Filter filter, Aliases scope)
    {
        if (filter is Compare compare && Reached(compare) is { Count: > 0 } reached)
        {
            return $"({Leaf(compare with { Any = true }, scope)} AND {Violated(compare, reached, scope)})";
        }
        var unbound = SourceUse.Of(filter).Where(s => s.Multi && !scope.Has(s)).ToList();
        return unbound.Count > 0 ? Exists(unbound, scope, [filter]) : Row(filter, scope);
    }

    // Every source has its row here.
    private string Row(Filter filter, Aliases scope) => filter switch
    {
        Compare compare => comparisons.Render(compare, scope),
        Not not => $"(({Render(not.Part, scope)}) IS NOT TRUE)",
        IdIn ids => $"{IdOf(ids.Of, scope)} {InList(ids, ids.Ids)}",
        RefersTo refers => Refers(refers, scope),
        Missing missing => $"{IdOf(missing.Of, scope)} IS NULL",
        Satisfies satisfies => RowSatisfies(satisfies, scope),
        _ => throw new NotSupportedException($"A {filter.GetType().Name} has no SQL."),
    };

    /// <summary>The sources whose every value counts, when the comparison is one about all values; empty when any value will do.</summary>
    private static List<Source> Reached(Compare compare) => compare.Any || HasDistance(compare.Left) || HasDistance(compare.Right)
        ? []
        : SourceUse.Of(compare.Left, compare.Right).Where(s => s.Multi).ToList();

    // All the values that the record reaches, on both sides, joined afresh: none may violate.
    private string Violated(Compare compare, List<Source> reached, Aliases scope) => "NOT " + Afresh(reached, scope, left => BothReach(compare, reached)
        // The same path on both sides: each value of one stands against each value of the other, so the other has rows of its own.
        ? Afresh(reached, scope, right => Violation(compare, left, right), isDemanded: false)
        : Violation(compare, left, left), RowDemand.ByViolation(compare, reached[0]));

    private string Violation(Compare compare, Aliases left, Aliases right)
    {
        var text = comparisons.RenderViolation(compare, left, right);
        if (compare.Among is not { } among) return text;
        return ReferenceEquals(left, right) ? $"{text} AND {Render(among, left)}" : $"{text} AND {Render(among, left)} AND {Render(among, right)}";
    }

    private static bool BothReach(Compare compare, List<Source> reached) =>
        reached.Intersect(SourceUse.Of(compare.Left)).Intersect(SourceUse.Of(compare.Right)).Any();

    private string Exists(List<Source> sources, Aliases scope, List<Filter> parts)
    {
        if (oneRecord || ReverseLookup.Of(sources, parts) is not { } back)
        {
            var isDemanded = parts.Exists(p => RowDemand.By(p, sources[0]));
            if (isDemanded && WithParent(sources, scope) is { } parent) return Within(parent, sources, scope, Rendered);
            return Afresh(sources, scope, Rendered, isDemanded);
        }
        var inner = scope.Inner();
        var from = JoinCompiler.FromRelated(back, inner);
        var further = joins.Join(sources.Skip(1), inner);
        return $"{IdOf(back.Parent!, scope)} IN (SELECT {from.Link} FROM {from.Table}{further} WHERE {Rendered(inner)})"; // its parent is the base

        string Rendered(Aliases bound) => string.Join(" AND ", parts.Select(p => Render(p, bound)));
    }

    // A relation that is followed only to get to what refers to the same record: the record is looked up for those that are found, not for
    // every row outside.
    private static RelationSource? WithParent(List<Source> sources, Aliases scope) =>
        sources[0] is BackRelationSource { Field.Multiple: false, Parent: RelationSource { Multi: false } parent } && !scope.Has(parent) ? parent : null;

    private string Within(RelationSource parent, List<Source> sources, Aliases scope, Func<Aliases, string> condition)
    {
        var inner = scope.Inner();
        var from = JoinCompiler.FromRelated((BackRelationSource)sources[0], inner); // WithParent has seen it
        var target = inner.Bind(parent);
        var further = joins.Join(sources.Skip(1), inner);
        var relation = JoinCompiler.ColumnOf(scope.Of(parent.Parent!), parent.Field.Name); // a relation hangs on something
        var targetId = JoinCompiler.ColumnOf(target, "id");
        return $"EXISTS (SELECT 1 FROM {from.Table} JOIN {SqlWriter.Quote(parent.Collection!.Name)} {target} ON {targetId} = {from.Link}{further} WHERE {from.Link} = {relation} AND {condition(inner)})";
    }

    private string Afresh(List<Source> sources, Aliases scope, Func<Aliases, string> condition, bool isDemanded)
    {
        var inner = scope.Inner();
        if (isDemanded)
        {
            var (table, on) = joins.One(sources[0], inner);
            var further = joins.Join(sources.Skip(1), inner);
            // A list of ids stands in front of the rows that it names; its condition belongs to the two.
            return table.Contains(" LEFT JOIN ", StringComparison.Ordinal)
                ? $"EXISTS (SELECT 1 FROM {table} ON {on}{further} WHERE {condition(inner)})"
                : $"EXISTS (SELECT 1 FROM {table}{further} WHERE {(on.Length > 0 ? on + " AND " : "")}{condition(inner)})";
        }
        var joined = joins.Join(sources, inner);
        // The one row in front makes a record without related rows count with one row of NULLs.
        return $"EXISTS (SELECT 1 FROM (SELECT 1){joined} WHERE {condition(inner)})";
    }

    // A statement of its own, tied to the row outside by its id.
    private string RowSatisfies(Satisfies satisfies, Aliases scope)
    {
        var id = IdOf(satisfies.Of, scope);
        var inner = scope.Inner();
        var from = joins.From(satisfies.Row, inner);
        var joined = joins.Join(SourceUse.Of(satisfies.Condition).Where(s => !s.Multi && s != satisfies.Row), inner);
        return $"EXISTS (SELECT 1 FROM {from}{joined} WHERE {IdOf(satisfies.Row, inner)} = {id} AND {Render(satisfies.Condition, inner)})";
    }

    private string Refers(RefersTo refers, Aliases scope)
    {
        var column = JoinCompiler.ColumnOf(scope.Of(refers.Of), refers.Field.Name);
        if (!refers.Field.Multiple) return $"{column} {InList(refers, refers.Ids)}";
        return $"EXISTS (SELECT 1 FROM json_each({JoinCompiler.ListOf(column)}) WHERE value {InList(refers, refers.Ids)})";
    }

    // One parameter for any number of ids, so that the text, and with it the prepared statement, stays the same.
    private string InList(Filter owner, IReadOnlyList<string> ids) => ids.Count == 1
        ? $"= {sql.Parameter(owner, SqlArgument.Of(FieldValue.Text(ids[0])))}"
        : $"IN (SELECT value FROM json_each({sql.Parameter(owner, SqlArgument.Of(FieldValue.List(ids)))}))";

    private static string IdOf(Source source, Aliases scope) =>
        source.Collection is null ? $"{scope.Of(source)}.value" : JoinCompiler.ColumnOf(scope.Of(source), "id");

    private static bool HasDistance(Operand operand) => operand switch
    {
        GeoDistance => true,
        Lower lower => HasDistance(lower.Inner),
        _ => false,
    };
}
