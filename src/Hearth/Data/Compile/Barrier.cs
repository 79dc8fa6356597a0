using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Which conditions of a client may be looked at before it is known that the client may see the row. All others wait behind the conditions that
/// hide rows, so that what they cost does not depend on hidden rows (decision 56).
/// </summary>
internal static class Barrier
{
    // So many comparisons of stored values with given ones take less time than an answer varies by itself.
    private const int FewComparisons = 16;

    /// <summary>
    /// Whether a condition can be true in one row and false in another. The list rule of a source that may have several rows hides these rows, and
    /// not the one around them: it counts where their source is in scope.
    /// </summary>
    public static bool Hides(Filter part, Aliases scope) =>
        !(ListRuleOf(part) is { Multi: true } joined && !scope.Has(joined)) && SourceUse.Of(part).Count > 0;

    /// <summary>The source whose list rule this is; null when it is none (<see cref="Planning.Binding.Scope"/>).</summary>
    private static Source? ListRuleOf(Filter part) => part is AnyOf { Parts: [Missing missing, Satisfies] } ? missing.Of : null;

    /// <summary>The conditions of a client that may stand in front.</summary>
    /// <param name="hiding">What hides rows.</param>
    /// <param name="chosen">What the client chose.</param>
    /// <param name="scope">The sources that have a row.</param>
    public static HashSet<Filter> Open(List<Filter> hiding, List<Filter> chosen, Aliases scope)
    {
        var open = new HashSet<Filter>(ReferenceEqualityComparer.Instance);
        if (chosen.Count == 0) return open;
        if (hiding.Count == 0)
        {
            open.UnionWith(chosen);
            return open;
        }
        // When what hides the row costs next to nothing, too, it does not matter which comes first.
        if (hiding.TrueForAll(part => IsPlain(part, scope)))
        {
            var plain = chosen.Where(part => IsPlain(part, scope) && IsCompared(part)).ToList();
            if (plain.Sum(Comparisons) <= FewComparisons) open.UnionWith(plain);
        }
        open.UnionWith(ByIndex.Of(chosen, scope));
        return open;
    }

    /// <summary>It compares stored values of the row itself, none of which has to be taken apart.</summary>
    private static bool IsPlain(Filter part, Aliases scope) => part switch
    {
        Always => true,
        AllOf all => all.Parts.All(p => IsPlain(p, scope)),
        AnyOf any => any.Parts.All(p => IsPlain(p, scope)),
        IdIn ids => IsRow(ids.Of, scope),
        Compare { Operator: not (CompareOperator.Like or CompareOperator.NotLike) } compare => IsPlain(compare.Left, scope) && IsPlain(compare.Right, scope),
        _ => false,
    };

    private static bool IsPlain(Operand operand, Aliases scope) =>
        operand is Literal || (operand is Column { KeepsNull: false, Field.Multiple: false } column && IsRow(column.Of, scope));

    // The record itself, or the row that a subquery is about.
    private static bool IsRow(Source source, Aliases scope) => source is BaseSource || (source.Multi && scope.Has(source));

    // Two columns may both be long; a given value is not.
    private static bool IsCompared(Filter part) => part switch
    {
        AllOf all => all.Parts.All(IsCompared),
        AnyOf any => any.Parts.All(IsCompared),
        Compare compare => compare.Left is Literal || compare.Right is Literal,
        _ => true,
    };

    private static int Comparisons(Filter part) => part switch
    {
        AllOf all => all.Parts.Sum(Comparisons),
        AnyOf any => any.Parts.Sum(Comparisons),
        _ => 1,
    };
}
