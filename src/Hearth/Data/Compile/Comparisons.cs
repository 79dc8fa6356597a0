using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>Comparisons of values that are in scope (contract 2.7; docs/reference/semantics.md), and sort keys. How they are said is the engine's.</summary>
internal abstract class Comparisons
{
    /// <summary>The comparison's text. The sides may have rows of their own.</summary>
    public abstract string Render(Compare compare, Aliases left, Aliases right);

    /// <summary>A value to sort by.</summary>
    public abstract string Sorted(Operand by, Aliases scope);

    /// <summary>
    /// True for values that violate the comparison. An unknown result violates nothing, but the equality of two columns is never unknown:
    /// for them NULL is the empty text.
    /// </summary>
    public string RenderViolation(Compare compare, Aliases left, Aliases right)
    {
        var known = compare is { Operator: CompareOperator.Equal, Left: not Literal, Right: not Literal };
        return known ? Render(compare with { Operator = CompareOperator.NotEqual }, left, right) : $"NOT ({Render(compare, left, right)})";
    }

    /// <summary>It is nothing, or the empty text.</summary>
    protected static bool IsEmpty(Operand operand) =>
        operand switch
        {
            Literal { Value: var value } => value.Kind == FieldValueKind.Null || value == FieldValue.EmptyText,
            KnownValue { KeepsNull: false, Value: var value } => value == FieldValue.EmptyText,
            _ => false,
        };

    /// <summary>It is known not to be empty; asked after <see cref="IsEmpty"/>. The id of a stored record of the base is there and not empty.</summary>
    protected static bool IsNeverEmpty(Operand operand) =>
        operand is Literal or Column { Of: BaseSource { VirtualRow: null, Collection.Type: not CollectionType.View }, Field: TextField { PrimaryKey: true } };
}
