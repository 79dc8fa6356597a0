using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>What an <c>expand</c> text asks for (contract 1.13): the segments of its paths as a tree, so that shared beginnings are followed once.</summary>
public sealed class ExpandTree
{
    /// <summary>Levels that are followed; deeper segments are left out.</summary>
    public const int MostLevels = 6;

    private readonly List<ExpandTree> children = [];

    private ExpandTree(string name) => Name = name;

    /// <summary>The segment as it was written, which is also its key in the answer.</summary>
    public string Name { get; }

    /// <summary>The segments after it.</summary>
    public IReadOnlyList<ExpandTree> Children => children;

    /// <summary>Reads an expand text; null when it asks for nothing.</summary>
    public static ExpandTree? Parse(string text)
    {
        if (text.Length == 0) return null;
        var root = new ExpandTree("");
        foreach (var path in text.Replace(" ", "", StringComparison.Ordinal).Split(','))
        {
            var node = root;
            var level = 0;
            foreach (var segment in path.Trim('.').Split('.'))
            {
                if (segment.Length == 0 || ++level > MostLevels) break;
                node = node.Child(segment);
            }
        }
        return root.children.Count == 0 ? null : root;
    }

    private ExpandTree Child(string name)
    {
        foreach (var child in children)
        {
            if (child.Name == name) return child;
        }
        var added = new ExpandTree(name);
        children.Add(added);
        return added;
    }
}

/// <summary>A segment that was found in the schema: which records it leads to, and how.</summary>
/// <param name="Node">The segment.</param>
/// <param name="Target">The collection of the records that it leads to.</param>
/// <param name="Field">The relation field: of the collection it starts from, or of the target when <paramref name="IsBack"/>.</param>
/// <param name="IsBack">It leads to the records that refer to the one it starts from.</param>
internal sealed record ExpandStep(ExpandTree Node, Collection Target, RelationField Field, bool IsBack)
{
    private const string Via = "_via_";

    /// <summary>At most one record, shown as an object.</summary>
    public bool IsSingle { get; } = IsBack ? Target.HasUniqueIndexOn(Field.Name) : !Field.Multiple;

    /// <summary>The segments of a level that lead somewhere; the others are left out in silence.</summary>
    public static List<ExpandStep> Find(SchemaSnapshot schema, Collection from, ExpandTree level)
    {
        var steps = new List<ExpandStep>(level.Children.Count);
        foreach (var node in level.Children)
        {
            if (Find(schema, from, node, node.Name) is { } step) steps.Add(step);
        }
        return steps;
    }

    private static ExpandStep? Find(SchemaSnapshot schema, Collection from, ExpandTree node, string name)
    {
        if (from.FindField(name) is { } field)
        {
            return field is RelationField relation && schema.Find(relation.CollectionId) is { } target ? new ExpandStep(node, target, relation, false) : null;
        }
        var via = name.IndexOf(Via, StringComparison.Ordinal);
        if (via > 0) return Back(schema, from, node, name[..via], name[(via + Via.Length)..]);
        // The form before back-relations had names: COLLECTION(FIELD).
        var open = name.IndexOf('(');
        return open > 0 && name[^1] == ')' ? Back(schema, from, node, name[..open], name[(open + 1)..^1]) : null;
    }

    private static ExpandStep? Back(SchemaSnapshot schema, Collection from, ExpandTree node, string collection, string field) =>
        schema.Find(collection) is { } target && target.FindField(field) is RelationField relation && relation.CollectionId == from.Id
            ? new ExpandStep(node, target, relation, true)
            : null;
}
