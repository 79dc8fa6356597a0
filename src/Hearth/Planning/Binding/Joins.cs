using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>
/// The sources of one plan, one object for each path: rule, filter and sort that use the same path speak of the same joined row.
/// </summary>
internal sealed class Joins(BaseSource root)
{
    /// <summary>
    /// Most tables that the sources of one plan take. SQLite joins 64 at most; a few stay free for the engine's own. People need a handful,
    /// but a filter of 3500 bytes can name over a hundred different paths.
    /// </summary>
    public const int MaxTables = 56;

    private readonly Dictionary<(Source? Parent, string Step), Source> sources = [];
    private int tables;

    /// <summary>There are more sources than an engine can join.</summary>
    public bool IsOverfull => tables > MaxTables;

    /// <summary>The records that are asked for.</summary>
    public BaseSource Root { get; } = root;

    /// <summary>The records that a relation field of the parent refers to.</summary>
    public Source Relation(Source parent, RelationField field, Collection target) =>
        Shared(parent, field.Name, () => new RelationSource(parent, field, target));

    /// <summary>The records of a collection that refer to the parent with a field.</summary>
    public Source BackRelation(Source parent, Reference reference) =>
        Shared(parent, $"{reference.Collection.Id}_via_{reference.Field.Name}", () => new BackRelationSource(parent, reference.Collection, reference.Field));

    /// <summary>The items of a multiple field of the parent.</summary>
    public Source Each(Source parent, Field field) =>
        Shared(parent, field.Name + ":each", () => new EachSource(parent, field));

    /// <summary>Every record of a collection; one source for each alias.</summary>
    public Source Every(Collection collection, string alias) =>
        Shared(null, $"@collection.{collection.Id}:{alias}", () => new CollectionSource(collection));

    /// <summary>Records of given ids, by the path that the ids come from.</summary>
    public Source Ids(string path, Collection collection, IReadOnlyList<string> ids, bool multi) =>
        Shared(null, path, () => new IdsSource(collection, ids, multi));

    /// <summary>Given texts, by the path that they come from.</summary>
    public Source EachLiteral(string path, IReadOnlyList<string> items) =>
        Shared(null, path, () => new EachLiteralSource(items));

    /// <summary>The items of a submitted field, by the path that they come from.</summary>
    public Source EachSubmitted(string path, Field field, IReadOnlyList<string> items) =>
        Shared(null, path, () => new EachLiteralSource(items, field));

    private Source Shared(Source? parent, string step, Func<Source> make)
    {
        if (!sources.TryGetValue((parent, step), out var source))
        {
            sources.Add((parent, step), source = make());
            // The list of ids of a multiple relation is a table, too.
            tables += source is RelationSource { Field.Multiple: true } ? 2 : 1;
        }
        return source;
    }
}
