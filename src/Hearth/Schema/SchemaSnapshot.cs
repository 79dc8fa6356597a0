using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Hearth.Schema;

/// <summary>A field elsewhere that refers to a collection.</summary>
/// <param name="Collection">The collection that refers.</param>
/// <param name="Field">The field with which it refers.</param>
public sealed record Reference(Collection Collection, RelationField Field);

/// <summary>All collections at one moment. Immutable; a request keeps the one it started with.</summary>
public sealed class SchemaSnapshot
{
    private readonly FrozenDictionary<string, Collection> byId;
    private readonly FrozenDictionary<string, Collection> byName;
    private readonly FrozenDictionary<string, ImmutableArray<Reference>> references;
    private readonly ConcurrentDictionary<(Collection, Type), object> derived = new();

    /// <summary>Makes a snapshot; ids and names (without regard to case) must be unique.</summary>
    /// <param name="version">Grows with every change.</param>
    /// <param name="collections">All collections in their order.</param>
    public SchemaSnapshot(long version, IEnumerable<Collection> collections)
    {
        Version = version;
        Collections = [.. collections];
        byId = Collections.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        byName = Collections.ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        references = Collections
            .SelectMany(c => c.Fields.OfType<RelationField>().Select(f => new Reference(c, f)))
            .GroupBy(r => r.Field.CollectionId, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(r => r.Collection.Name, StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>No collections.</summary>
    public static SchemaSnapshot Empty { get; } = new(0, []);

    /// <summary>Grows with every change.</summary>
    public long Version { get; }

    /// <summary>All collections.</summary>
    public ImmutableArray<Collection> Collections { get; }

    /// <summary>The collection of an id (exact) or a name (without regard to case), or null.</summary>
    public Collection? Find(string idOrName) =>
        byId.TryGetValue(idOrName, out var collection) || byName.TryGetValue(idOrName, out collection) ? collection : null;

    /// <summary>
    /// What follows from a collection alone, made when first asked for and kept with this snapshot. <typeparamref name="T"/> names what it is:
    /// one kind of thing, one type. May be made twice when two ask at once; then one of both is kept.
    /// </summary>
    public T Derive<T>(Collection collection, Func<Collection, T> make) where T : class =>
        derived.TryGetValue((collection, typeof(T)), out var known) ? (T)known : (T)derived.GetOrAdd((collection, typeof(T)), make(collection));

    /// <summary>The relation fields that point to a collection, by the name of their collection.</summary>
    public ImmutableArray<Reference> ReferencesTo(Collection collection) => references.GetValueOrDefault(collection.Id, []);
}
