using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>One comparison of two values that are in scope (contract 2.7).</summary>
internal sealed class ComparisonCompiler(OperandCompiler operands)
{
    /// <summary>The comparison's text.</summary>
    public string Render(Compare compare, Aliases scope)
    {
        if (compare.Operator is CompareOperator.Equal or CompareOperator.NotEqual) return Equality(compare, scope);
        var left = operands.Render(compare.Left, scope);
        var right = operands.Render(compare.Right, scope);
        return compare.Operator switch
        {
            CompareOperator.Greater => $"{left} > {right}",
            CompareOperator.GreaterOrEqual => $"{left} >= {right}",
            CompareOperator.Less => $"{left} < {right}",
            CompareOperator.LessOrEqual => $"{left} <= {right}",
            CompareOperator.Like => $"{left} LIKE {Pattern(compare.Right, right)} ESCAPE '\\'",
            CompareOperator.NotLike => $"{left} NOT LIKE {Pattern(compare.Right, right)} ESCAPE '\\'",
            _ => throw new NotSupportedException($"No SQL for {compare.Operator}."),
        };
    }

    /// <summary>
    /// True for values that violate the comparison. An unknown result violates nothing, but the equality of two columns is never unknown:
    /// for them NULL is the empty text.
    /// </summary>
    public string RenderViolation(Compare compare, Aliases scope)
    {
        var known = compare is { Operator: CompareOperator.Equal, Left: not Literal, Right: not Literal };
        return known ? Render(compare with { Operator = CompareOperator.NotEqual }, scope) : $"NOT ({Render(compare, scope)})";
    }

    // A literal arrives escaped and wrapped; a column is searched for as it is, and not at all when it is longer than SQLite's patterns may be.
    private static string Pattern(Operand operand, string text) => operand is Literal ? text : $"CASE WHEN octet_length({text}) < 49998 THEN '%' || {text} || '%' END";

    private string Equality(Compare compare, Aliases scope)
    {
        var equal = compare.Operator == CompareOperator.Equal;
        var (left, right) = (compare.Left, compare.Right);
        if (left.KeepsNull || right.KeepsNull) return $"{operands.Render(left, scope)} {(equal ? "IS" : "IS NOT")} {operands.Render(right, scope)}";
        var (leftEmpty, rightEmpty) = (IsEmpty(left), IsEmpty(right));
        if (leftEmpty && rightEmpty) return equal ? "1" : "0";
        if (leftEmpty || rightEmpty) return Emptiness(operands.Render(leftEmpty ? right : left, scope), equal);
        if (equal && (IndexFit.WithoutCase(left, right) ?? IndexFit.WithoutCase(right, left)) is var (column, literal))
        {
            return IndexFit.Equal(column, operands.Render(column, scope), $"{operands.Render(literal, scope)} COLLATE NOCASE");
        }
        var (l, r) = (operands.Render(left, scope), operands.Render(right, scope));
        // One side is known not to be empty: plain, so that an index can be used.
        if (IsNeverEmpty(left) || IsNeverEmpty(right)) return !equal ? $"{l} IS NOT {r}" : right is Literal ? IndexFit.Equal(left, l, r) : IndexFit.Equal(right, r, l);
        // Every branch can use an index on either column; COALESCE could not.
        if (equal && SameAffinity(left, right)) return $"({l} = {r} OR ({l} = '' AND {r} IS NULL) OR ({l} IS NULL AND {r} = '') OR ({l} IS NULL AND {r} IS NULL))";
        return $"coalesce({l}, '') {(equal ? "=" : "IS NOT")} coalesce({r}, '')";
    }

    private static string Emptiness(string text, bool equal) => equal ? $"({text} = '' OR {text} IS NULL)" : $"({text} != '' AND {text} IS NOT NULL)";

    private static bool IsEmpty(Operand operand) =>
        operand is Literal { Value: var value } && (value.Kind == FieldValueKind.Null || (value.Kind == FieldValueKind.Text && value.AsText.Length == 0));

    // Asked after IsEmpty. The id of a stored record of the base is there and not empty.
    private static bool IsNeverEmpty(Operand operand) =>
        operand is Literal or Column { Of: BaseSource { VirtualRow: null, Collection.Type: not CollectionType.View }, Field: TextField { PrimaryKey: true } };

    private static bool SameAffinity(Operand left, Operand right) =>
        left is Column l && right is Column r && !l.Field.Multiple && !r.Field.Multiple && IsNumeric(l.Field) == IsNumeric(r.Field);

    private static bool IsNumeric(Field field) => field.Type is FieldType.Number or FieldType.Bool;
}
