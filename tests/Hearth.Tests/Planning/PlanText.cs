using System.Globalization;
using System.Text;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Planning;

/// <summary>
/// Writes a plan for people to review. A source is named by its path and number (<c>author</c>, <c>comments_via_post</c>); one that may
/// have several rows has a <c>*</c>. Two sources of the same path that are not shared get different numbers.
/// </summary>
internal sealed class PlanText
{
    private readonly Dictionary<Source, string> names = [];
    private readonly Dictionary<string, int> used = [];
    private readonly StringBuilder text = new();

    public static string Of(ReadPlan plan)
    {
        var writer = new PlanText();
        writer.Write(plan);
        return writer.text.ToString().TrimEnd();
    }

    private void Write(ReadPlan plan)
    {
        Line(0, $"from {Name(plan.From)}");
        if (plan.Where is { } where)
        {
            Line(0, "where");
            Write(where, 1);
        }
        if (plan.Sort.Length > 0) Line(0, "sort " + string.Join(", ", plan.Sort.Select(k => Operand(k.By) + (k.Descending ? " desc" : ""))));
        foreach (var key in plan.Sort.Where(k => k.Among is not null))
        {
            Line(1, $"{Operand(key.By)} among rows where");
            Write(key.Among!, 2);
        }
        if (plan.Offset != 0 || plan.Limit is not null) Line(0, $"rows {plan.Offset}+{plan.Limit?.ToString(CultureInfo.InvariantCulture) ?? "all"}");
        foreach (var column in plan.Columns.Where(c => c.VisibleWhen is not null))
        {
            Line(0, $"column {column.Field.Name} when");
            Write(column.VisibleWhen!, 1);
        }
    }

    private void Write(Filter filter, int depth)
    {
        switch (filter)
        {
            case Always always:
                Line(depth, always.Value ? "always" : "never");
                break;
            case AllOf all:
                Line(depth, "all of");
                foreach (var part in all.Parts) Write(part, depth + 1);
                break;
            case AnyOf any:
                Line(depth, "any of");
                foreach (var part in any.Parts) Write(part, depth + 1);
                break;
            case FromClient client:
                Line(depth, "the client wants");
                Write(client.Part, depth + 1);
                break;
            case Not not:
                Line(depth, "not");
                Write(not.Part, depth + 1);
                break;
            case Compare compare:
                Line(depth, $"{Operand(compare.Left)} {(compare.Any ? "?" : "")}{Symbol(compare.Operator)} {Operand(compare.Right)}");
                if (compare.Among is { } among)
                {
                    Line(depth + 1, "among rows where");
                    Write(among, depth + 2);
                }
                break;
            case IdIn ids:
                Line(depth, $"{Name(ids.Of)}.id in ({string.Join(", ", ids.Ids)})");
                break;
            case RefersTo refers:
                Line(depth, $"{Name(refers.Of)}.{refers.Field.Name} refers to ({string.Join(", ", refers.Ids)})");
                break;
            case Missing missing:
                Line(depth, $"{Name(missing.Of)} has no row");
                break;
            case Satisfies satisfies:
                Line(depth, $"{Name(satisfies.Of)} as {Name(satisfies.Row)} satisfies");
                Write(satisfies.Condition, depth + 1);
                break;
            default:
                throw new NotSupportedException(filter.ToString());
        }
    }

    private string Operand(Operand operand) => operand switch
    {
        Literal literal => Value(literal.Value),
        Column column => $"{Name(column.Of)}.{column.Field.Name}",
        KnownValue known => $"{known.Field.Name}({Value(known.Value)}){string.Concat(known.Path.Select(step => "->" + step))}",
        JsonPath json => $"{Name(json.Of)}.{json.Field.Name}->{string.Join("->", json.Path)}",
        ItemCount count => $"count({Name(count.Of)}.{count.Field.Name})",
        Item item => $"item({Name(item.Of)})",
        Lower lower => $"lower({Operand(lower.Inner)})",
        GeoDistance d => $"distance({Operand(d.LonA)}, {Operand(d.LatA)}, {Operand(d.LonB)}, {Operand(d.LatB)})",
        DateFormat date => $"strftime({string.Join(", ", [date.Format, date.Time is null ? "" : Operand(date.Time), .. date.Modifiers])})",
        Truth truth => $"truth({Inline(truth.Condition)})",
        StorageOrder => "storage order",
        RandomOrder => "random",
        _ => throw new NotSupportedException(operand.ToString()),
    };

    private string Inline(Filter filter) => filter is Compare c ? $"{Operand(c.Left)} {Symbol(c.Operator)} {Operand(c.Right)}" : "...";

    private static string Value(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Null => "null",
        FieldValueKind.Text => $"'{value}'",
        FieldValueKind.List => $"list[{value}]",
        FieldValueKind.Json => $"json {value}",
        _ => value.ToString(),
    };

    private static string Symbol(CompareOperator comparison) => comparison switch
    {
        CompareOperator.Equal => "=",
        CompareOperator.NotEqual => "!=",
        CompareOperator.Greater => ">",
        CompareOperator.GreaterOrEqual => ">=",
        CompareOperator.Less => "<",
        CompareOperator.LessOrEqual => "<=",
        CompareOperator.Like => "~",
        _ => "!~",
    };

    private string Name(Source source)
    {
        if (names.TryGetValue(source, out var known)) return known;
        var path = Path(source);
        var number = used[path] = used.GetValueOrDefault(path) + 1;
        return names[source] = path + (number > 1 ? $"#{number}" : "") + (source.Multi ? "*" : "");
    }

    private string Path(Source source)
    {
        var parent = source.Parent is null ? "" : Name(source.Parent) + "/";
        return source switch
        {
            BaseSource own => own.VirtualRow is null ? own.Collection!.Name : $"new({own.Collection!.Name})",
            RelationSource relation => parent + relation.Field.Name,
            BackRelationSource back => $"{parent}{back.Collection!.Name}_via_{back.Field.Name}",
            CollectionSource every => $"every({every.Collection!.Name})",
            IdsSource ids => $"{ids.Collection!.Name}({string.Join(",", ids.Ids)})",
            EachSource each => $"{parent}{each.Field.Name}[]",
            EachLiteralSource each => $"[{string.Join(",", each.Items)}]",
            _ => throw new NotSupportedException(source.ToString()),
        };
    }

    private void Line(int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
