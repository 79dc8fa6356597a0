using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile;

/// <summary>
/// Whether it is better to begin with the related rows ("all comments of Ann, then their posts") than with the records ("each post, does
/// it have a comment of Ann"). It is, when an index finds the few related rows.
/// </summary>
internal static class ReverseLookup
{
    /// <summary>The back-relation to begin with, or null.</summary>
    /// <param name="sources">Sources of one subquery, parents before children.</param>
    /// <param name="parts">What must hold for their rows together.</param>
    public static BackRelationSource? Of(List<Source> sources, List<Filter> parts) =>
        sources[0] is BackRelationSource { Field.Multiple: false, Parent: BaseSource { VirtualRow: null, Collection.Type: not CollectionType.View } } back
        && sources.TrueForAll(s => HangsOn(s, back))
        && parts.Exists(p => IsSelective(p, sources))
            ? back
            : null;

    private static bool HangsOn(Source? source, Source root) => source is not null && (source == root || HangsOn(source.Parent, root));

    // Equal to something: a related row must be there, and the index finds it.
    private static bool IsSelective(Filter part, List<Source> sources) =>
        part is Compare { Any: true, Operator: CompareOperator.Equal } compare
        && (IsFound(compare.Left, compare.Right, sources) || IsFound(compare.Right, compare.Left, sources));

    private static bool IsFound(Operand operand, Operand other, List<Source> sources) =>
        operand is Column { Of.Collection: { } collection } column && sources.Contains(column.Of) && !column.KeepsNull && IsIndexed(collection, column.Field)
        && other is Literal { Value: var value } && value.Kind is FieldValueKind.Text or FieldValueKind.Number && value != FieldValue.EmptyText;

    private static bool IsIndexed(Collection collection, Field field) =>
        field is RelationField { Multiple: false } or TextField { PrimaryKey: true }
        || collection.Indexes.Any(i => i.Where is null && i.Columns is [{ IsExpression: false, Collation: null } first, ..]
            && string.Equals(first.Name, field.Name, StringComparison.OrdinalIgnoreCase));
}
