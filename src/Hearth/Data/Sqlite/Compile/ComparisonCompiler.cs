using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>One comparison of two values that are in scope (contract 2.7).</summary>
internal sealed class ComparisonCompiler(OperandCompiler operands) : Comparisons
{
    /// <inheritdoc/>
    public override string Render(Compare compare, Aliases leftScope, Aliases rightScope)
    {
        if (compare.Operator is CompareOperator.Equal or CompareOperator.NotEqual) return Equality(compare, leftScope, rightScope);
        var left = operands.Render(compare.Left, leftScope);
        var right = operands.Render(compare.Right, rightScope);
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

    /// <inheritdoc/>
    public override string Sorted(Operand by, Aliases scope) => operands.Render(by, scope);

    // A literal arrives escaped and wrapped; a column is searched for as it is, and not at all when it is longer than SQLite's patterns may be.
    private static string Pattern(Operand operand, string text) => operand is Literal ? text : $"CASE WHEN octet_length({text}) < 49998 THEN '%' || {text} || '%' END";

    private string Equality(Compare compare, Aliases leftScope, Aliases rightScope)
    {
        var equal = compare.Operator == CompareOperator.Equal;
        var (left, right) = (compare.Left, compare.Right);
        if (left.KeepsNull || right.KeepsNull) return $"{operands.Render(left, leftScope)} {(equal ? "IS" : "IS NOT")} {operands.Render(right, rightScope)}";
        var (leftEmpty, rightEmpty) = (IsEmpty(left), IsEmpty(right));
        if (leftEmpty && rightEmpty) return equal ? "1" : "0";
        if (leftEmpty || rightEmpty) return Emptiness(leftEmpty ? operands.Render(right, rightScope) : operands.Render(left, leftScope), equal);
        if (equal && (IndexFit.WithoutCase(left, right) ?? IndexFit.WithoutCase(right, left)) is var (column, literal))
        {
            var scope = ReferenceEquals(column, left) ? leftScope : rightScope;
            return IndexFit.Equal(column, operands.Render(column, scope), $"{operands.Render(literal, scope)} COLLATE NOCASE");
        }
        var (l, r) = (operands.Render(left, leftScope), operands.Render(right, rightScope));
        // One side is known not to be empty: plain, so that an index can be used.
        if (IsNeverEmpty(left) || IsNeverEmpty(right)) return !equal ? $"{l} IS NOT {r}" : right is Literal ? IndexFit.Equal(left, l, r) : IndexFit.Equal(right, r, l);
        // Every branch can use an index on either column; COALESCE could not.
        if (equal && SameAffinity(left, right)) return $"({l} = {r} OR ({l} = '' AND {r} IS NULL) OR ({l} IS NULL AND {r} = '') OR ({l} IS NULL AND {r} IS NULL))";
        return $"coalesce({l}, '') {(equal ? "=" : "IS NOT")} coalesce({r}, '')";
    }

    private static string Emptiness(string text, bool equal) => equal ? $"({text} = '' OR {text} IS NULL)" : $"({text} != '' AND {text} IS NOT NULL)";

    private static bool SameAffinity(Operand left, Operand right) =>
        FieldOf(left) is { Multiple: false } l && FieldOf(right) is { Multiple: false } r && IsNumeric(l) == IsNumeric(r);

    private static Field? FieldOf(Operand operand) => operand switch
    {
        Column column => column.Field,
        KnownValue known => known.Field,
        _ => null,
    };

    private static bool IsNumeric(Field field) => field.Type is FieldType.Number or FieldType.Bool;
}
