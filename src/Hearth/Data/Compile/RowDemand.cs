using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Whether a condition can only hold where a source has a row. Then the record outside need not be given one row of NULLs when it has no
/// related rows, which costs SQLite a subquery for each record.
/// </summary>
internal static class RowDemand
{
    /// <summary>A condition in a subquery, where comparisons are about any value.</summary>
    public static bool By(Filter part, Source first) => part switch
    {
        AllOf all => all.Parts.Any(p => By(p, first)),
        FromClient client => By(client.Part, first),
        AnyOf any => !any.Parts.IsEmpty && any.Parts.All(p => By(p, first)),
        Compare compare => ByComparison(compare, first),
        IdIn ids => HangsOn(ids.Of, first),
        Satisfies satisfies => HangsOn(satisfies.Of, first),
        _ => false,
    };

    /// <summary>The violation of a comparison about all values: where there is no row, nothing violates.</summary>
    public static bool ByViolation(Compare compare, Source first) =>
        Other(compare, first) is { } literal && !(compare.Operator == CompareOperator.NotEqual && IsEmpty(literal));

    // A NULL is not equal to, not greater than and not like any value; it does differ from one, and it is empty.
    private static bool ByComparison(Compare compare, Source first) =>
        compare is { Any: true, Operator: not (CompareOperator.NotEqual or CompareOperator.NotLike) }
        && Other(compare, first) is { } literal && !(compare.Operator == CompareOperator.Equal && IsEmpty(literal));

    // The literal that a plain value of the source stands against.
    private static Literal? Other(Compare compare, Source first) =>
        IsValue(compare.Left, first) ? compare.Right as Literal : IsValue(compare.Right, first) ? compare.Left as Literal : null;

    private static bool IsValue(Operand operand, Source first) => operand is Column { KeepsNull: false } or Item && HangsOn(operand.Source, first);

    private static bool IsEmpty(Literal literal) => literal.Value.Kind == FieldValueKind.Null || literal.Value == FieldValue.EmptyText;

    private static bool HangsOn(Source? source, Source first) => source is not null && (source == first || HangsOn(source.Parent, first));
}
