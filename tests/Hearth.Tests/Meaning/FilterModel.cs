using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Meaning;

/// <summary>
/// The meaning of conditions once more, as plainly as the contract says it (2.7, 2.8): all combinations of joined rows are gone through
/// one by one. Slow and without SQL; the engine must agree with it.
/// </summary>
public sealed class FilterModel(Dictionary<Collection, List<Dictionary<string, object>>> tables)
{
    private static readonly Dictionary<string, object> Nobody = [];

    /// <summary>The ids of the base rows that a condition finds.</summary>
    public string Find(BaseSource from, Filter filter)
    {
        var sources = new List<Source>();
        Sources(filter, sources);
        var ids = new List<string>();
        foreach (var row in tables[from.Collection!])
        {
            var start = new Dictionary<Source, Dictionary<string, object>>(ReferenceEqualityComparer.Instance) { [from] = row };
            if (Combinations(sources, start).Any(rows => Holds(filter, rows) == true)) ids.Add((string)row["id"]);
        }
        return string.Join(' ', ids);
    }

    private bool? Holds(Filter filter, Dictionary<Source, Dictionary<string, object>> rows)
    {
        switch (filter)
        {
            case AllOf all:
                var parts = all.Parts.Select(p => Holds(p, rows)).ToList();
                return parts.Contains(false) ? false : parts.Contains(null) ? null : true;
            case AnyOf any:
                var branches = any.Parts.Select(p => Holds(p, rows)).ToList();
                return branches.Contains(true) ? true : branches.Contains(null) ? null : false;
            case Not not:
                return Holds(not.Part, rows) != true;
            case Missing missing:
                return ReferenceEquals(rows[missing.Of], Nobody);
            case Compare compare:
                var holds = Compares(compare, rows, rows);
                var reached = new List<Source>();
                Sources(compare, reached);
                reached.RemoveAll(s => !s.Multi);
                if (compare.Any || reached.Count == 0) return holds;
                var around = new Dictionary<Source, Dictionary<string, object>>(rows.Where(r => !reached.Contains(r.Key)), ReferenceEqualityComparer.Instance);
                // Every value of the left side against every value of the right one.
                var reach = Combinations(reached, around).ToList();
                var violated = reach.Any(left => reach.Any(right => Compares(compare, left, right) == false));
                return violated ? false : holds;
            default:
                throw new NotSupportedException();
        }
    }

    private static bool? Compares(Compare compare, Dictionary<Source, Dictionary<string, object>> leftRows, Dictionary<Source, Dictionary<string, object>> rightRows)
    {
        var (left, right) = (Value(compare.Left, leftRows), Value(compare.Right, rightRows));
        var same = Equals(left ?? "", right ?? "");
        // With a literal that is not empty "=" is plain equality, unknown for NULL.
        if (compare.Operator == CompareOperator.Equal) return (left is null && IsSomething(compare.Right)) || (right is null && IsSomething(compare.Left)) ? null : same;
        if (compare.Operator == CompareOperator.NotEqual) return !same;
        if (left is null || right is null) return null;
        var order = left is double l && right is double r ? l.CompareTo(r) : string.CompareOrdinal((string)left, (string)right);
        return compare.Operator switch
        {
            CompareOperator.Greater => order > 0,
            CompareOperator.GreaterOrEqual => order >= 0,
            CompareOperator.Less => order < 0,
            CompareOperator.LessOrEqual => order <= 0,
            _ => throw new NotSupportedException(),
        };
    }

    private static bool IsSomething(Operand operand) => operand is Literal { Value: { Kind: not FieldValueKind.Null } value } && (value.Kind != FieldValueKind.Text || value.AsText.Length > 0);

    private static object? Value(Operand operand, Dictionary<Source, Dictionary<string, object>> rows) => operand switch
    {
        Literal { Value.Kind: FieldValueKind.Null } => null,
        Literal { Value.Kind: FieldValueKind.Number } literal => literal.Value.AsNumber,
        Literal literal => literal.Value.AsText,
        Column column => rows[column.Of].GetValueOrDefault(column.Field.Name),
        Item item => rows[item.Of].GetValueOrDefault("value"),
        _ => throw new NotSupportedException(),
    };

    private IEnumerable<Dictionary<Source, Dictionary<string, object>>> Combinations(List<Source> sources, Dictionary<Source, Dictionary<string, object>> rows)
    {
        var next = sources.FirstOrDefault(s => !rows.ContainsKey(s));
        if (next is null) return [rows];
        var related = Related(next, next.Parent is null ? Nobody : rows[next.Parent]).ToList();
        if (related.Count == 0) related.Add(Nobody);
        return related.SelectMany(row => Combinations(sources, new(rows, ReferenceEqualityComparer.Instance) { [next] = row }));
    }

    private IEnumerable<Dictionary<string, object>> Related(Source source, Dictionary<string, object> parent) => source switch
    {
        RelationSource relation => Links(parent, relation.Field).Select(id => tables[source.Collection!].FirstOrDefault(r => (string)r["id"] == id) ?? Nobody).Where(r => relation.Field.Multiple || r != Nobody),
        BackRelationSource back => tables[source.Collection!].Where(r => parent.ContainsKey("id") && Links(r, back.Field).Contains((string)parent["id"])),
        CollectionSource => tables[source.Collection!],
        EachSource each => Links(parent, each.Field).Select(item => new Dictionary<string, object> { ["value"] = item }),
        _ => throw new NotSupportedException(),
    };

    private static string[] Links(Dictionary<string, object> row, Field field) => row.GetValueOrDefault(field.Name) switch
    {
        string[] several => several,
        string { Length: > 0 } one => [one],
        _ => [],
    };

    private static void Sources(Filter filter, List<Source> found)
    {
        switch (filter)
        {
            case AllOf all: foreach (var part in all.Parts) Sources(part, found); break;
            case AnyOf any: foreach (var part in any.Parts) Sources(part, found); break;
            case Not not: Sources(not.Part, found); break;
            case Missing missing: Add(missing.Of, found); break;
            case Compare compare: Add(compare.Left.Source, found); Add(compare.Right.Source, found); break;
        }
    }

    private static void Add(Source? source, List<Source> found)
    {
        if (source is null or BaseSource || found.Contains(source)) return;
        Add(source.Parent, found);
        found.Add(source);
    }
}
