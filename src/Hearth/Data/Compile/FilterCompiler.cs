using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Conditions as SQL. Sources with several rows for one record live in EXISTS subqueries, so that a record is found once however many rows
/// satisfy it. Conditions that share such a source share the subquery: they speak of the same row.
/// </summary>
internal sealed class FilterCompiler
{
    private readonly SqlWriter sql;
    private readonly EngineWords words;
    private readonly JoinCompiler joins;
    private readonly bool oneRecord;
    private readonly HashSet<Filter> chosen = new(ReferenceEqualityComparer.Instance); // by clients

    /// <summary>Renders into one statement.</summary>
    /// <param name="oneRecord">The statement looks at records by id, so that what hangs on them is best looked up from there.</param>
    public FilterCompiler(SqlWriter sql, EngineWords words, JoinCompiler joins, bool oneRecord)
    {
        (this.sql, this.words, this.joins, this.oneRecord) = (sql, words, joins, oneRecord);
        Comparisons = words.Comparing(sql, Render);
    }

    /// <summary>Compares values in the same statement.</summary>
    public Comparisons Comparisons { get; }

    /// <summary>The condition's text. Sources with one row must be in scope already.</summary>
    public string Render(Filter filter, Aliases scope) => filter switch
    {
        Always always => always.Value ? words.True : words.False,
        AllOf all => All(all, scope),
        FromClient client => Render(client.Part, scope),
        // One row satisfies a or b exactly when one satisfies a or one satisfies b: each branch finds its own.
        AnyOf any => any.Parts.IsEmpty ? words.False : $"({string.Join(" OR ", any.Parts.Select(p => Render(p, scope)))})",
        _ => Leaf(filter, scope),
    };

    private string All(AllOf all, Aliases scope)
    {
        var (parts, violations) = (new List<Filter>(), new List<(Compare Compare, List<Source> Reached, bool IsChosen)>());
        foreach (var (part, isChosen) in SharedRows.Flatten(all))
        {
            // What must not be violated does not depend on the joined row, so it need not be asked for each of them.
            if (part is Compare compare && Reached(compare) is { Count: > 0 } reached) violations.Add((compare, reached, isChosen));
            parts.Add(part is Compare any ? any with { Any = true } : part);
            if (isChosen) chosen.Add(parts[^1]);
        }
        var texts = Together(parts, scope, out var hides);
        foreach (var violation in violations)
        {
            texts.Add(Violated(violation.Compare, violation.Reached, scope), violation.IsChosen ? hides ? Standing.Behind : Standing.Open : Standing.Guard);
        }
        return texts.RenderWhole(words);
    }

    // Conditions that must hold together, those of a client behind those that hide rows.
    private GuardedTexts Together(List<Filter> parts, Aliases scope, out bool hides)
    {
        var texts = new GuardedTexts();
        var wanted = parts.Where(chosen.Contains).ToList();
        var hiding = wanted.Count == 0 ? [] : parts.Where(p => !chosen.Contains(p) && Barrier.Hides(p, scope)).ToList();
        var open = Barrier.Open(hiding, wanted, scope);
        hides = hiding.Count > 0;
        foreach (var group in SharedRows.Groups(parts, scope))
        {
            if (group.Shared.Count == 0)
            {
                foreach (var part in group.Parts) texts.Add(Render(part, scope), StandingOf(part));
                continue;
            }
            var standing = group.Parts.Exists(chosen.Contains) ? hiding.Count == 0 || FindsFirst(group.Shared, group.Parts) ? Standing.Open : Standing.Behind : Standing.Guard;
            texts.Add(Exists(group.Shared, scope, group.Parts), standing);
            if (standing != Standing.Behind) continue;
            // A rule that speaks of the same rows as the client's filter is asked by itself as well.
            var rules = group.Parts.Where(p => !chosen.Contains(p) && Barrier.Hides(p, scope)).ToList();
            if (rules.Count > 0) texts.Add(Exists(group.Shared, scope, rules), Standing.Guard);
        }
        return texts;

        Standing StandingOf(Filter part) => !chosen.Contains(part) ? Standing.Guard : open.Contains(part) || (hiding.Count > 0 && FindsFirst(Unbound(part, scope), [part])) ? Standing.Open : Standing.Behind;

        // An index finds the few related rows, and they the records.
        bool FindsFirst(List<Source> sources, List<Filter> about) => open.Count == 0 && sources.Count > 0 && ReverseLookup.Of(sources, about) is not null;
    }

    private string Leaf(Filter filter, Aliases scope)
    {
        if (filter is Compare compare && Reached(compare) is { Count: > 0 } reached)
        {
            return $"({Leaf(compare with { Any = true }, scope)} AND {Violated(compare, reached, scope)})";
        }
        var unbound = Unbound(filter, scope);
        return unbound.Count > 0 ? Exists(unbound, scope, [filter]) : Row(filter, scope);
    }

    private static List<Source> Unbound(Filter filter, Aliases scope) => SourceUse.Of(filter).Where(s => s.Multi && !scope.Has(s)).ToList();

    // Every source has its row here.
    private string Row(Filter filter, Aliases scope) => filter switch
    {
        Compare compare => Comparisons.Render(compare, scope, scope),
        Not not => $"(({Render(not.Part, scope)}) IS NOT TRUE)",
        IdIn ids => $"{joins.IdOf(ids.Of, scope)} {InList(ids, ids.Ids)}",
        RefersTo refers => Refers(refers, scope),
        Missing missing => $"{joins.IdOf(missing.Of, scope)} IS NULL",
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
        var text = Comparisons.RenderViolation(compare, left, right);
        if (compare.Among is not { } among) return text;
        var seen = ReferenceEquals(left, right) ? Render(among, left) : $"{Render(among, left)} AND {Render(among, right)}";
        return $"CASE WHEN {seen} THEN {text} ELSE {words.False} END";
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
        var from = joins.FromRelated(back, inner);
        var further = joins.Join(sources.Skip(1), inner);
        return $"{joins.IdOf(back.Parent!, scope)} IN (SELECT {from.Link} FROM {from.Table}{further} WHERE {Rendered(inner)})"; // its parent is the base

        string Rendered(Aliases bound) => Together(parts, bound, out _).Render(words);
    }

    // A relation that is followed only to get to what refers to the same record: the record is looked up for those that are found, not for
    // every row outside.
    private static RelationSource? WithParent(List<Source> sources, Aliases scope) =>
        sources[0] is BackRelationSource { Field.Multiple: false, Parent: RelationSource { Multi: false } parent } && !scope.Has(parent) ? parent : null;

    private string Within(RelationSource parent, List<Source> sources, Aliases scope, Func<Aliases, string> condition)
    {
        var inner = scope.Inner();
        var from = joins.FromRelated((BackRelationSource)sources[0], inner); // WithParent has seen it
        var target = inner.Bind(parent);
        var further = joins.Join(sources.Skip(1), inner);
        var relation = words.ColumnOf(scope.Of(parent.Parent!), parent.Field.Name); // a relation hangs on something
        var targetId = words.ColumnOf(target, "id");
        return $"EXISTS (SELECT 1 FROM {from.Table} JOIN {words.Quote(parent.Collection!.Name)} {target} ON {targetId} = {from.Link}{further} WHERE {from.Link} = {relation} AND {condition(inner)})";
    }

    /// <summary>Whether there is a row of the sources for which a condition holds.</summary>
    /// <param name="isDemanded">The condition cannot hold where the first source has no row. Then the engine can begin with either side.</param>
    private string Afresh(List<Source> sources, Aliases scope, Func<Aliases, string> condition, bool isDemanded)
    {
        var inner = scope.Inner();
        if (isDemanded)
        {
            var (from, tie) = joins.First(sources[0], inner);
            var further = joins.Join(sources.Skip(1), inner);
            return $"EXISTS (SELECT 1 FROM {from}{further} WHERE {(tie.Length > 0 ? tie + " AND " : "")}{condition(inner)})";
        }
        var joined = joins.Join(sources, inner);
        // The one row in front makes a record without related rows count with one row of NULLs.
        return $"EXISTS (SELECT 1 FROM {words.OneRow}{joined} WHERE {condition(inner)})";
    }

    // A statement of its own, tied to the row outside by its id.
    private string RowSatisfies(Satisfies satisfies, Aliases scope)
    {
        var id = joins.IdOf(satisfies.Of, scope);
        var inner = scope.Inner();
        var from = joins.From(satisfies.Row, inner);
        var joined = joins.Join(SourceUse.Of(satisfies.Condition).Where(s => !s.Multi && s != satisfies.Row), inner);
        return $"EXISTS (SELECT 1 FROM {from}{joined} WHERE {joins.IdOf(satisfies.Row, inner)} = {id} AND {Render(satisfies.Condition, inner)})";
    }

    private string Refers(RefersTo refers, Aliases scope)
    {
        var column = words.ColumnOf(scope.Of(refers.Of), refers.Field.Name);
        return refers.Field.Multiple ? words.HoldsAny(column, Bound(refers, refers.Ids), refers.Ids.Count == 1) : $"{column} {InList(refers, refers.Ids)}";
    }

    private string InList(Filter owner, IReadOnlyList<string> ids) => ids.Count == 1 ? $"= {Bound(owner, ids)}" : words.Among(Bound(owner, ids));

    // One parameter for any number of ids, so that the text, and with it the prepared statement, stays the same.
    private string Bound(Filter owner, IReadOnlyList<string> ids) =>
        sql.Parameter(owner, SqlArgument.Of(ids.Count == 1 ? FieldValue.Text(ids[0]) : FieldValue.List(ids)));

    private static bool HasDistance(Operand operand) => operand switch
    {
        GeoDistance => true,
        Lower lower => HasDistance(lower.Inner),
        _ => false,
    };
}
