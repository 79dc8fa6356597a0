using Hearth.Schema.Changes;

namespace Hearth.Schema.Views;

/// <summary>Finds out again which numbers of stored views are computed: that is not among the options of a field.</summary>
internal static class ComputedColumns
{
    /// <summary>The collections with such fields marked.</summary>
    public static IReadOnlyList<Collection> Mark(IReadOnlyList<Collection> collections)
    {
        if (!collections.Any(MayHave)) return collections;
        var byName = new Dictionary<string, Collection>(StringComparer.OrdinalIgnoreCase);
        foreach (var collection in collections) byName.TryAdd(collection.Name, collection);
        foreach (var view in ViewOrder.Sort(collections.Where(MayHave)))
        {
            var inferred = ViewShape.Infer(view.ViewQuery ?? "", byName.GetValueOrDefault);
            if (inferred.Failed(out _)) continue;
            var computed = inferred.Value.OfType<NumberField>().Where(field => field.Computed).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
            if (computed.Count > 0) byName[view.Name] = view with { Fields = [.. view.Fields.Select(field => field is NumberField number && computed.Contains(field.Name) ? number with { Computed = true } : field)] };
        }
        return [.. collections.Select(collection => byName[collection.Name] is { } marked && marked.Id == collection.Id ? marked : collection)];
    }

    private static bool MayHave(Collection collection) => collection.Type == CollectionType.View && collection.Fields.Any(field => field is NumberField);
}
