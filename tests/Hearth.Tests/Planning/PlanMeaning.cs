using System.Globalization;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Planning;

/// <summary>
/// What a plan means, said as plainly as possible and without any care for speed: a record is found when some choice of one row for each
/// source makes the condition true. Engines are compared with it.
/// </summary>
internal sealed class PlanMeaning(IReadOnlyDictionary<string, List<IReadOnlyList<FieldValue>>> tables)
{
    private sealed class Rows : Dictionary<Source, object?>
    {
        public Rows() : base(ReferenceEqualityComparer.Instance)
        {
        }

        public Rows(Rows other) : base(other, ReferenceEqualityComparer.Instance)
        {
        }
    }

    /// <summary>Ids of the records that a plan finds, in the order of the table.</summary>
    public IEnumerable<string> Ids(ReadPlan plan)
    {
        var collection = plan.From.Collection!;
        foreach (var row in plan.From.VirtualRow is { } only ? [only] : tables[collection.Name])
        {
            var rows = new Rows { [plan.From] = row };
            if (plan.Where is null || Found(plan.Where, rows)) yield return row[collection.OrdinalOf("id")].AsText;
        }
    }

    private bool Found(Filter filter, Rows rows) => Choices(SourcesOf(filter).Where(s => !rows.ContainsKey(s)).ToList(), rows).Any(choice => Truth(filter, choice) == true);

    /// <summary>Every way to give each source one of its rows; a source without rows has one that is nothing.</summary>
    private IEnumerable<Rows> Choices(List<Source> sources, Rows rows)
    {
        if (sources.Count == 0) return [rows];
        var candidates = Candidates(sources[0], rows).DefaultIfEmpty(null);
        return candidates.SelectMany(row => Choices(sources[1..], new Rows(rows) { [sources[0]] = row }));
    }

    private IEnumerable<object?> Candidates(Source source, Rows rows)
    {
        var table = source.Collection is { } collection ? tables[collection.Name] : [];
        return source switch
        {
            RelationSource relation => Related(relation, rows, table),
            BackRelationSource back => table.Where(row => Value(row, back.Collection!, back.Field.Name).AsList.Contains(IdOf(source.Parent!, rows) ?? "?")),
            CollectionSource => table,
            IdsSource ids => table.Where(row => ids.Ids.Contains(Value(row, ids.Collection!, "id").AsText)),
            EachSource each => rows[each.Parent!] is IReadOnlyList<FieldValue> row ? Value(row, each.Parent!.Collection!, each.Field.Name).AsList : [],
            EachLiteralSource items => items.Items,
            _ => throw new NotSupportedException(source.GetType().Name),
        };
    }

    /// <summary>An id in a multiple relation whose record is gone is a row that is nothing; in a single one too.</summary>
    private static IEnumerable<object?> Related(RelationSource relation, Rows rows, List<IReadOnlyList<FieldValue>> table)
    {
        if (rows[relation.Parent!] is not IReadOnlyList<FieldValue> parent) return [];
        var ids = Value(parent, relation.Parent!.Collection!, relation.Field.Name).AsList;
        return ids.Select(id => (object?)table.FirstOrDefault(row => Value(row, relation.Collection!, "id").AsText == id));
    }

    private bool? Truth(Filter filter, Rows rows) => filter switch
    {
        Always always => always.Value,
        AllOf all => all.Parts.Aggregate((bool?)true, (truth, part) => truth & Truth(part, rows)),
        AnyOf any => any.Parts.Aggregate((bool?)false, (truth, part) => truth | Truth(part, rows)),
        Not not => Truth(not.Part, rows) != true,
        FromClient client => Truth(client.Part, rows),
        IdIn ids => IdOf(ids.Of, rows) is { } id ? ids.Ids.Contains(id) : null,
        Missing missing => rows[missing.Of] is null,
        Satisfies satisfies => rows[satisfies.Of] is { } row && Found(satisfies.Condition, new Rows { [satisfies.Row] = row }),
        Compare compare => Holds(compare, rows, rows) & (compare.Any || !Violated(compare, rows)),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private bool Violated(Compare compare, Rows rows)
    {
        var reached = SourcesOf(compare).Where(s => s.Multi).ToList();
        if (reached.Count == 0) return false;
        var fresh = new Rows(rows);
        foreach (var source in reached) fresh.Remove(source);
        // Every value of the left side against every value of the right one.
        var counted = Choices(reached, fresh).Where(choice => compare.Among is null || Truth(compare.Among, choice) == true).ToList();
        return counted.Any(left => counted.Any(right => Holds(compare, left, right) == false));
    }

    private static bool? Holds(Compare compare, Rows leftRows, Rows rightRows)
    {
        var (left, right) = (Value(compare.Left, leftRows), Value(compare.Right, rightRows));
        switch (compare.Operator)
        {
            case CompareOperator.Equal or CompareOperator.NotEqual:
                var plain = (compare.Left is Literal && !IsEmpty(left)) || (compare.Right is Literal && !IsEmpty(right));
                if (plain && compare.Operator == CompareOperator.Equal && (left is null || right is null)) return null;
                return Equals(left ?? "", right ?? "") == (compare.Operator == CompareOperator.Equal);
            case CompareOperator.Like or CompareOperator.NotLike:
                if (left is null || right is null) return null;
                var wanted = compare.Right is Literal ? Text(right).Trim('%') : Text(right);
                return Text(left).Contains(wanted, StringComparison.OrdinalIgnoreCase) == (compare.Operator == CompareOperator.Like);
            default:
                if (left is null || right is null) return null;
                // A number comes before any text.
                var order = left is double != right is double ? (left is double ? -1 : 1)
                    : left is double number ? number.CompareTo((double)right) : string.CompareOrdinal((string)left, (string)right);
                return compare.Operator switch
                {
                    CompareOperator.Greater => order > 0,
                    CompareOperator.GreaterOrEqual => order >= 0,
                    CompareOperator.Less => order < 0,
                    _ => order <= 0,
                };
        }
    }

    private static object? Value(Operand operand, Rows rows) => operand switch
    {
        Literal literal => Plain(literal.Value),
        KnownValue known => Plain(known.Value),
        Column column => rows[column.Of] is IReadOnlyList<FieldValue> row ? Plain(Value(row, column.Of.Collection!, column.Field.Name)) : null,
        ItemCount count => rows[count.Of] is IReadOnlyList<FieldValue> row ? (double)Value(row, count.Of.Collection!, count.Field.Name).AsList.Count : 0.0,
        Item item => rows[item.Of],
        Lower lower => Value(lower.Inner, rows) is { } value ? Text(value).ToLowerInvariant() : null,
        _ => throw new NotSupportedException(operand.GetType().Name),
    };

    private static object? Plain(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Null => null,
        FieldValueKind.Number => value.AsNumber,
        FieldValueKind.Bool => value.AsBool ? 1.0 : 0.0,
        FieldValueKind.Text => value.AsText,
        _ => throw new NotSupportedException(value.Kind.ToString()),
    };

    private static bool IsEmpty(object? value) => value is null or "";

    private static string Text(object value) => value is double number ? number.ToString(CultureInfo.InvariantCulture) : (string)value;

    private static string? IdOf(Source source, Rows rows) => rows[source] is IReadOnlyList<FieldValue> row ? Value(row, source.Collection!, "id").AsText : null;

    private static FieldValue Value(IReadOnlyList<FieldValue> row, Collection collection, string field) => row[collection.OrdinalOf(field)];

    /// <summary>The sources of a condition, parents first; those inside a <see cref="Satisfies"/> are its own affair.</summary>
    private static List<Source> SourcesOf(Filter filter)
    {
        var found = new List<Source>();
        Collect(filter);
        return found;

        void Add(Source? source)
        {
            if (source is null || found.Contains(source)) return;
            Add(source.Parent);
            found.Add(source);
        }

        void Collect(Filter part)
        {
            switch (part)
            {
                case AllOf all: foreach (var inner in all.Parts) Collect(inner); break;
                case AnyOf any: foreach (var inner in any.Parts) Collect(inner); break;
                case Not not: Collect(not.Part); break;
                case FromClient client: Collect(client.Part); break;
                case IdIn ids: Add(ids.Of); break;
                case Missing missing: Add(missing.Of); break;
                case Satisfies satisfies: Add(satisfies.Of); break;
                case Compare compare: Add(compare.Left.Source); Add(compare.Right.Source); break;
            }
        }
    }
}
