using Hearth.Data.Compile;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>One comparison of two values that are in scope (contract 2.7; docs/reference/semantics.md).</summary>
internal sealed class ComparisonCompiler(OperandCompiler operands) : Comparisons
{
    private const string Unknown = "NULL::boolean";

    /// <inheritdoc/>
    public override string Render(Compare compare, Aliases leftScope, Aliases rightScope)
    {
        var (left, right) = (compare.Left, compare.Right);
        // NULL and the empty text stand for each other here, and neither needs a parameter.
        if (compare.Operator is CompareOperator.Equal or CompareOperator.NotEqual)
        {
            return Equality(compare, compare.Operator == CompareOperator.Equal, leftScope, rightScope);
        }
        var (l, r) = (operands.Render(left, leftScope), operands.Render(right, rightScope));
        return compare.Operator switch
        {
            CompareOperator.Greater => Plain(l, ">", r),
            CompareOperator.GreaterOrEqual => Plain(l, ">=", r),
            CompareOperator.Less => Plain(l, "<", r),
            CompareOperator.LessOrEqual => Plain(l, "<=", r),
            CompareOperator.Like => Pattern(l, "ILIKE", right, r),
            CompareOperator.NotLike => Pattern(l, "NOT ILIKE", right, r),
            _ => throw new NotSupportedException($"No SQL for {compare.Operator}."),
        };
    }

    /// <inheritdoc/>
    public override string Sorted(Operand by, Aliases scope)
    {
        var value = operands.Render(by, scope);
        return value.Shape switch
        {
            ValueShape.Json => value.AsEither,
            ValueShape.Text when !value.IsColumn => value.Sql + SqlValue.ByBytes,
            _ => value.Sql,
        };
    }

    private string Equality(Compare compare, bool equal, Aliases leftScope, Aliases rightScope)
    {
        var (left, right) = (compare.Left, compare.Right);
        if (left.KeepsNull || right.KeepsNull)
        {
            return Plain(operands.Render(left, leftScope), equal ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM", operands.Render(right, rightScope));
        }
        var (leftEmpty, rightEmpty) = (IsEmpty(left), IsEmpty(right));
        if (leftEmpty && rightEmpty) return equal ? "true" : "false";
        if (leftEmpty || rightEmpty) return Emptiness(leftEmpty ? operands.Render(right, rightScope) : operands.Render(left, leftScope), equal);
        if (equal && (IndexFit.WithoutCase(left, right) ?? IndexFit.WithoutCase(right, left)) is var (column, literal))
        {
            // A literal has no rows, so the column's are those of its side.
            var scope = left is Lower { Inner: Column } ? leftScope : rightScope;
            return Fitted(column, scope, Native(operands.Render(new Lower(column), scope), "=", operands.Render(new Lower(literal), scope)));
        }
        var (l, r) = (operands.Render(left, leftScope), operands.Render(right, rightScope));
        // One side is known not to be empty: plain, so that an index can be used.
        if (IsNeverEmpty(left) || IsNeverEmpty(right))
        {
            var text = Plain(l, equal ? "=" : "IS DISTINCT FROM", r);
            if (!equal) return text;
            return left is Column a && right is Literal ? Fitted(a, leftScope, text) : right is Column b && left is Literal ? Fitted(b, rightScope, text) : text;
        }
        return WithoutNull(l, equal ? "=" : "IS DISTINCT FROM", r);
    }

    // The server uses an index that leaves empty values out when the condition does so, too.
    private string Fitted(Column column, Aliases scope, string equality) =>
        IndexFit.LeavesOutEmpty(column) ? $"({equality} AND {operands.Render(column, scope).Sql} != '')" : equality;

    // With the affinities of both sides.
    private static string Plain(SqlValue left, string comparison, SqlValue right)
    {
        var isDistinct = comparison.Contains("DISTINCT", StringComparison.Ordinal);
        if (left.Shape == ValueShape.Null || right.Shape == ValueShape.Null)
        {
            if (!isDistinct) return Unknown;
            var isNull = left.Shape == ValueShape.Null ? IsNull(right) : IsNull(left);
            return comparison.Contains("NOT", StringComparison.Ordinal) ? isNull : $"NOT ({isNull})";
        }
        return Native(left.Beside(right.Affinity), comparison, right.Beside(left.Affinity));
    }

    private static string Native(SqlValue left, string comparison, SqlValue right)
    {
        if (left.Shape == ValueShape.Text && right.Shape == ValueShape.Text)
        {
            return $"{left.Sql} {comparison} {right.Sql}{(left.IsColumn || right.IsColumn ? "" : SqlValue.ByBytes)}";
        }
        if (left.Shape == ValueShape.Truth && right.Shape == ValueShape.Truth) return $"{left.Sql} {comparison} {right.Sql}";
        if (left.IsNumeric && right.IsNumeric) return $"{left.AsNumber} {comparison} {right.AsNumber}";
        return $"{left.AsEither} {comparison} {right.AsEither}";
    }

    // NULL is the empty text, and nothing is converted.
    private static string WithoutNull(SqlValue left, string comparison, SqlValue right)
    {
        if (left.Shape == ValueShape.Text && right.Shape == ValueShape.Text)
        {
            return $"coalesce({left.Sql}, ''){SqlValue.ByBytes} {comparison} coalesce({right.Sql}, '')";
        }
        if (left.IsNumeric && right.IsNumeric)
        {
            return $"{left.AsNumber} {(comparison == "=" ? "IS NOT DISTINCT FROM" : comparison)} {right.AsNumber}";
        }
        return $"coalesce({left.AsEither}, hearth$value('')) {comparison} coalesce({right.AsEither}, hearth$value(''))";
    }

    // A literal arrives escaped and wrapped; a column is searched for as it is, and not at all when it is longer than patterns may be.
    private static string Pattern(SqlValue value, string comparison, Operand operand, SqlValue pattern)
    {
        if (value.Shape == ValueShape.Null || pattern.Shape == ValueShape.Null) return Unknown;
        if (operand is Literal literal)
        {
            // Such a pattern matches nothing; PostgreSQL would call it an error.
            if (Literals.EndsInEscape(literal.Value.AsText)) return $"CASE WHEN {value.AsText} IS NOT NULL THEN {(comparison == "ILIKE" ? "false" : "true")} END";
            return $"{value.AsText}{(value.IsColumn ? "" : SqlValue.ByBytes)} {comparison} {pattern.AsText}";
        }
        var text = pattern.AsText;
        return $"{value.AsText} {comparison} CASE WHEN octet_length({text}) < 49998 THEN '%' || {text} || '%' END{SqlValue.ByBytes}";
    }

    private static string Emptiness(SqlValue value, bool equal) => value.Shape switch
    {
        ValueShape.Text when equal => $"({value.Sql} = '' OR {value.Sql} IS NULL)",
        // Not the empty text is not NULL either: one condition, the one that partial indexes are made with.
        ValueShape.Text => $"({value.Sql} != '' AND {value.Sql} IS NOT NULL)",
        _ => equal ? IsNull(value) : $"NOT ({IsNull(value)})",
    };

    private static string IsNull(SqlValue value) => value.Shape switch
    {
        ValueShape.Null => "true",
        // A JSON null inside of a value is nothing, too.
        ValueShape.Json => $"({value.AsEither}) IS NULL",
        _ => $"({value.Sql}) IS NULL",
    };
}
