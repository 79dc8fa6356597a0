using System.Collections.Immutable;

namespace Hearth.Schema.Changes;

/// <summary>
/// What the collections of an imported file are called there and here. A file names the collection of a relation by the id that it has where the file comes from; here a collection of the
/// same name may have another, and some files name it by its name.
/// </summary>
internal sealed class ImportedNames
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>Adds one of the file.</summary>
    /// <param name="sentId">Its id in the file; empty when it has none.</param>
    /// <param name="after">As it will be here.</param>
    public void Add(string sentId, Collection after)
    {
        if (sentId.Length > 0) ids[sentId] = after.Id;
    }

    /// <summary>The collection with relations that name what is here. The same object when there is nothing to do.</summary>
    /// <param name="collection">One of the file.</param>
    /// <param name="all">All as they will be.</param>
    /// <param name="note">Takes what was mapped.</param>
    public Collection Mapped(Collection collection, ImmutableArray<Collection> all, Action<ProposalNote> note)
    {
        if (collection.Type == CollectionType.View) return collection;
        var fields = collection.Fields;
        foreach (var field in fields.OfType<RelationField>())
        {
            if (all.Any(own => own.Id == field.CollectionId)) continue;
            var target = ids.TryGetValue(field.CollectionId, out var id)
                ? all.FirstOrDefault(own => own.Id == id)
                : all.FirstOrDefault(own => own.Name.Equals(field.CollectionId, StringComparison.OrdinalIgnoreCase));
            if (target is null) continue;
            fields = fields.Replace(field, field with { CollectionId = target.Id });
            note(new ProposalNote(collection.Name, $"The field {field.Name} refers to {target.Name}, which is called {field.CollectionId} in the file."));
        }
        return fields == collection.Fields ? collection : collection with { Fields = fields };
    }
}
