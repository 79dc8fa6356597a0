using System.Collections.Immutable;
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

    /// <summary>Renders into one statement.</summary>
    public FilterCompiler(SqlWriter sql, JoinCompiler joins)
    {
        (this.sql, this.joins) = (sql, joins);
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
        var parts = Flatten(all).ToList();
        if (parts.Count == 0) return "1";
        var texts = new List<string>();
        foreach (var group in Groups(parts, scope))
        {
            if (group.Shared.Count == 0) texts.AddRange(group.Parts.Select(p => Render(p, scope)));
            else texts.Add(Exists(group.Shared, scope, inner => string.Join(" AND ", group.Parts.Select(p => Render(p, inner)))));
        }
        return texts.Count == 1 ? texts[0] : $"({string.Join(" AND ", texts)})";
    }

    private string Leaf(Filter filter, Aliases scope)
    {
        var unbound = SourceUse.Of(filter).Where(s => s.Multi && !scope.Has(s)).ToList();
        return unbound.Count > 0 ? Exists(unbound, scope, inner => Row(filter, inner)) : Row(filter, scope);
    }

    // Every source has its row here.
    private string Row(Filter filter, Aliases scope) => filter switch
    {
        Compare compare => Comparison(compare, scope),
        Not not => $"(({Render(not.Part, scope)}) IS NOT TRUE)",
        IdIn ids => $"{IdOf(ids.Of, scope)} {InList(ids.Ids)}",
        RefersTo refers => Refers(refers, scope),
        Missing missing => $"{IdOf(missing.Of, scope)} IS NULL",
        Satisfies satisfies => RowSatisfies(satisfies, scope),
        _ => throw new NotSupportedException($"A {filter.GetType().Name} has no SQL."),
    };

    private string Comparison(Compare compare, Aliases scope)
    {
        var holds = comparisons.Render(compare, scope);
        if (compare.Any || HasDistance(compare.Left) || HasDistance(compare.Right)) return holds;
        var reached = SourceUse.Of(compare.Left, compare.Right).Where(s => s.Multi).ToList();
        if (reached.Count == 0) return holds;
        // All the values that the record reaches, on both sides, joined afresh: none may violate.
        var violated = Exists(reached, scope, left => BothReach(compare, reached)
            // The same path on both sides: each value of one stands against each value of the other, so the other has rows of its own.
            ? Exists(reached, scope, right => Violation(compare, left, right))
            : Violation(compare, left, left));
        return $"({holds} AND NOT {violated})";
    }

    private string Violation(Compare compare, Aliases left, Aliases right)
    {
        var text = comparisons.RenderViolation(compare, left, right);
        if (compare.Among is not { } among) return text;
        return ReferenceEquals(left, right) ? $"{text} AND {Render(among, left)}" : $"{text} AND {Render(among, left)} AND {Render(among, right)}";
    }

    private static bool BothReach(Compare compare, List<Source> reached) =>
        reached.Intersect(SourceUse.Of(compare.Left)).Intersect(SourceUse.Of(compare.Right)).Any();

    private string Exists(IReadOnlyList<Source> sources, Aliases scope, Func<Aliases, string> condition)
    {
        var inner = scope.Inner();
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
        if (!refers.Field.Multiple) return $"{column} {InList(refers.Ids)}";
        return $"EXISTS (SELECT 1 FROM json_each({JoinCompiler.ListOf(column)}) WHERE value {InList(refers.Ids)})";
    }

    // One parameter for any number of ids, so that the text, and with it the prepared statement, stays the same.
    private string InList(IReadOnlyList<string> ids) => ids.Count == 1
        ? $"= {sql.Parameter(FieldValue.Text(ids[0]))}"
        : $"IN (SELECT value FROM json_each({sql.Parameter(FieldValue.List(ids))}))";

    private static string IdOf(Source source, Aliases scope) =>
        source.Collection is null ? $"{scope.Of(source)}.value" : JoinCompiler.ColumnOf(scope.Of(source), "id");

    private static bool HasDistance(Operand operand) => operand switch
    {
        GeoDistance => true,
        Lower lower => HasDistance(lower.Inner),
        _ => false,
    };

    private static IEnumerable<Filter> Flatten(AllOf all) => all.Parts.SelectMany(p => p is AllOf inner ? Flatten(inner) : [p]);

    /// <summary>Puts parts that share a source with several rows together; the others stand alone with nothing shared.</summary>
    private static IEnumerable<(List<Filter> Parts, List<Source> Shared)> Groups(List<Filter> parts, Aliases scope)
    {
        var sources = parts.Select(p => SourceUse.Of(p).Where(s => s.Multi && !scope.Has(s)).ToList()).ToList();
        var owner = Enumerable.Range(0, parts.Count).ToArray();
        for (var i = 0; i < parts.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (owner[i] != owner[j] && sources[i].Intersect(sources[j]).Any())
                {
                    var (from, to) = (owner[i], owner[j]);
                    for (var k = 0; k <= i; k++) owner[k] = owner[k] == from ? to : owner[k];
                }
            }
        }
        foreach (var members in Enumerable.Range(0, parts.Count).GroupBy(i => owner[i]))
        {
            var all = members.SelectMany(i => sources[i]).ToList();
            var shared = all.Distinct().Where(s => all.Count(o => ReferenceEquals(o, s)) > 1).ToList();
            yield return (members.Select(i => parts[i]).ToList(), shared);
        }
    }
}
