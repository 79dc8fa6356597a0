using System.Runtime.InteropServices;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile.Kept;

/// <summary>
/// A plan taken apart: its structure, and the values that are bound as parameters. Plans of one structure have one SQL text, whatever their
/// values. The structure holds everything that a compiler decides by, also what it looks at in values: their kind, whether a text is empty
/// or has capitals or ends in an escape, whether there is one id or several. One object serves one plan after the other.
/// </summary>
/// <param name="words">The engine's words: how values are bound, and what of a page stands in the text.</param>
internal sealed class PlanShape(EngineWords words)
{
    private readonly List<Mark> marks = [];
    private readonly List<SqlArgument> values = [];
    private readonly List<object> owners = [];
    private readonly List<Source> sources = [];
    private HashCode hash;

    /// <summary>The structure.</summary>
    public ReadOnlySpan<Mark> Marks => CollectionsMarshal.AsSpan(marks);

    /// <summary>The values, in the order in which they stand in the plan.</summary>
    public IReadOnlyList<SqlArgument> Values => values;

    /// <summary>The same for plans of the same structure.</summary>
    public int Hash { get; private set; }

    /// <summary>Takes a plan apart.</summary>
    public void Read(ReadPlan plan, Asked asked)
    {
        marks.Clear();
        values.Clear();
        owners.Clear();
        sources.Clear();
        hash = default;
        Add((int)asked);
        AddSource(plan.From);
        foreach (var gone in plan.Gone) AddGone(gone);
        AddFilter(plan.Where);
        if (asked is Asked.Rows or Asked.RowsAndCount)
        {
            foreach (var column in plan.Columns)
            {
                Add(column.Field);
                AddFilter(column.VisibleWhen);
            }
            foreach (var key in plan.Sort)
            {
                Add(key.Descending ? 1 : 0);
                AddOperand(key.By);
                AddFilter(key.Among);
            }
            Add(plan.Offset == 0 ? 0 : 1);
            AddNumber(words.LimitInText(plan));
            AddValue(PlanPage.Limit, SqlArgument.Of(plan.Limit ?? -1L));
            AddValue(PlanPage.Offset, SqlArgument.Of(plan.Offset));
        }
        Hash = hash.ToHashCode();
    }

    /// <summary>Where the values of a part of the plan begin among <see cref="Values"/>.</summary>
    public int PositionOf(object owner)
    {
        for (var i = 0; i < owners.Count; i++)
        {
            if (ReferenceEquals(owners[i], owner)) return i;
        }
        throw new InvalidOperationException($"The values of a {owner.GetType().Name} are not among those of the plan.");
    }

    private void AddFilter(Filter? filter)
    {
        switch (filter)
        {
            case null:
                Add(0);
                break;
            case Always always:
                Add(1, always.Value ? 1 : 0);
                break;
            case AllOf all:
                Add(2, all.Parts.Length);
                foreach (var part in all.Parts) AddFilter(part);
                break;
            case AnyOf any:
                Add(3, any.Parts.Length);
                foreach (var part in any.Parts) AddFilter(part);
                break;
            case FromClient client:
                Add(10);
                AddFilter(client.Part);
                break;
            case Not not:
                Add(4);
                AddFilter(not.Part);
                break;
            case Compare compare:
                Add(5, ((int)compare.Operator * 2) + (compare.Any ? 1 : 0));
                AddOperand(compare.Left);
                AddOperand(compare.Right);
                AddFilter(compare.Among);
                break;
            case IdIn ids:
                Add(6);
                AddSource(ids.Of);
                AddIds(ids, ids.Ids);
                break;
            case RefersTo refers:
                Add(7);
                AddSource(refers.Of);
                Add(refers.Field);
                AddIds(refers, refers.Ids);
                break;
            case Missing missing:
                Add(8);
                AddSource(missing.Of);
                break;
            case Satisfies satisfies:
                Add(9);
                AddSource(satisfies.Of);
                AddSource(satisfies.Row);
                AddFilter(satisfies.Condition);
                break;
            default:
                throw new NotSupportedException($"The shape of a {filter.GetType().Name} is not known.");
        }
    }

    private void AddOperand(Operand? operand)
    {
        switch (operand)
        {
            case null:
                Add(20);
                break;
            case Literal literal:
                Add(21, KindOf(literal.Value));
                AddValue(literal, SqlArgument.Of(words.Literal(literal.Value)));
                break;
            case Column column:
                Add(22);
                AddSource(column.Of);
                Add(column.Field);
                break;
            case JsonPath path:
                Add(23, path.Path.Length);
                AddSource(path.Of);
                Add(path.Field);
                foreach (var step in path.Path) Add(step);
                break;
            case KnownValue known:
                Add(32, known.Path.Length);
                Add(known.Field);
                foreach (var step in known.Path) Add(step);
                Add(33, KindOf(known.Value));
                AddCell(known, known.Field, known.Value);
                break;
            case ItemCount count:
                Add(24);
                AddSource(count.Of);
                Add(count.Field);
                break;
            case Item item:
                Add(25);
                AddSource(item.Of);
                break;
            case Lower lower:
                Add(26);
                AddOperand(lower.Inner);
                break;
            case GeoDistance distance:
                Add(27);
                AddOperand(distance.LonA);
                AddOperand(distance.LatA);
                AddOperand(distance.LonB);
                AddOperand(distance.LatB);
                break;
            case DateFormat date:
                Add(28, date.Modifiers.Length);
                AddValue(date, SqlArgument.Of(FieldValue.Text(date.Format)));
                foreach (var modifier in date.Modifiers) AddValue(date, SqlArgument.Of(FieldValue.Text(modifier)));
                AddOperand(date.Time);
                break;
            case Truth truth:
                Add(29);
                AddFilter(truth.Condition);
                break;
            case StorageOrder order:
                Add(30);
                AddSource(order.Of);
                break;
            case RandomOrder:
                Add(31);
                break;
            default:
                throw new NotSupportedException($"The shape of a {operand.GetType().Name} is not known.");
        }
    }

    // A source that was met before is the same row; a new one stands after what it hangs on.
    private void AddSource(Source source)
    {
        var known = sources.IndexOf(source); // sources are compared by reference
        if (known >= 0)
        {
            Add(40, known);
            return;
        }
        if (source.Parent is { } parent) AddSource(parent);
        sources.Add(source);
        Add(41, source.Multi ? 1 : 0);
        Add(source.Collection);
        switch (source)
        {
            case BaseSource { VirtualRow: null }:
                Add(42);
                break;
            case BaseSource { VirtualRow: { } row, Collection: { } collection }:
                Add(43);
                for (var i = 0; i < row.Count; i++) AddCell(source, collection.Fields[i], row[i]);
                break;
            case RelationSource relation:
                Add(44);
                Add(relation.Field);
                break;
            case BackRelationSource back:
                Add(45);
                Add(back.Field);
                break;
            case CollectionSource:
                Add(46);
                break;
            case IdsSource ids:
                Add(47);
                AddValue(ids, SqlArgument.Of(ids.Multi ? FieldValue.List(ids.Ids) : ids.Ids.Count > 0 ? FieldValue.Text(ids.Ids[0]) : FieldValue.Null));
                break;
            case EachSource each:
                Add(48);
                Add(each.Field);
                break;
            case EachLiteralSource items:
                Add(49);
                AddValue(items, SqlArgument.Of(FieldValue.List(items.Items)));
                break;
            default:
                throw new NotSupportedException($"The shape of a {source.GetType().Name} is not known.");
        }
    }

    private void AddGone(GoneRows gone)
    {
        Add(50, gone.Rows.Count);
        Add(gone.Collection);
        foreach (var row in gone.Rows)
        {
            for (var i = 0; i < row.Count; i++) AddCell(gone, gone.Collection.Fields[i], row[i]);
        }
    }

    private void AddCell(object owner, Field field, FieldValue value)
    {
        var cell = words.Cell(field, value);
        Add(cell.IsBareNumber ? 1 : 0);
        AddValue(owner, cell.Argument);
    }

    private void AddIds(object owner, IReadOnlyList<string> ids)
    {
        Add(ids.Count == 1 ? 1 : 0);
        AddValue(owner, SqlArgument.Of(ids.Count == 1 ? FieldValue.Text(ids[0]) : FieldValue.List(ids)));
    }

    private static int KindOf(FieldValue value)
    {
        var kind = (int)value.Kind * 8;
        if (value.Kind == FieldValueKind.Json) return kind + (value.AsJson == "null" ? 1 : 0);
        if (value.Kind != FieldValueKind.Text) return kind;
        var text = value.AsText;
        return kind + (text.Length == 0 ? 1 : 0) + (text.AsSpan().ContainsAnyInRange('A', 'Z') ? 2 : 0) + (Literals.EndsInEscape(text) ? 4 : 0);
    }

    private void AddValue(object owner, SqlArgument value)
    {
        owners.Add(owner);
        values.Add(value);
    }

    private void Add(int what, int more = 0) => AddNumber((what << 16) | more);

    private void AddNumber(int number)
    {
        marks.Add(new Mark(null, number));
        hash.Add(number);
    }

    private void Add(object? what)
    {
        marks.Add(new Mark(what, 0));
        hash.Add(what is string text ? text.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(what));
    }
}
