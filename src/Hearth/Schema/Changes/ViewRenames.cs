using System.Collections.Immutable;
using Hearth.Schema.Sql;
using Hearth.Schema.Views;

namespace Hearth.Schema.Changes;

/// <summary>Views go along when a collection or a field that they read gets another name. They give out what they gave before.</summary>
internal static class ViewRenames
{
    /// <summary>The collections with the queries of such views written anew. A query in which it is not clear what is meant stays as it is, and is refused by the checks when it no longer works.</summary>
    /// <param name="before">All collections as they are.</param>
    /// <param name="after">As they will be.</param>
    /// <param name="sent">Those whose query somebody has just written.</param>
    /// <param name="now">Canonical date text of this moment.</param>
    public static ImmutableArray<Collection> Follow(ImmutableArray<Collection> before, ImmutableArray<Collection> after, IEnumerable<Collection> sent, string now)
    {
        var own = sent.Where(collection => collection.Type == CollectionType.View).ToHashSet();
        foreach (var old in before)
        {
            if (after.FirstOrDefault(collection => collection.Id == old.Id) is not { } renamed || ReferenceEquals(old, renamed)) continue;
            var fields = old.Type == CollectionType.View ? [] : Fields(old, renamed);
            if (old.Name == renamed.Name && fields.Count == 0) continue;
            after = [.. after.Select(view => view != renamed && !own.Contains(view) && ViewOrder.Reads(view, old.Name) ? Rewritten(view, old, renamed, fields, before, now) : view)];
        }
        return after;
    }

    private static Collection Rewritten(Collection view, Collection old, Collection renamed, Dictionary<string, string> fields, ImmutableArray<Collection> before, string now)
    {
        var query = view.ViewQuery ?? "";
        if (fields.Count > 0)
        {
            IEnumerable<string>? ColumnsOf(string table) => Find(table)?.Fields.Select(field => field.Name);
            query = ColumnRename.In(ViewShape.Settled(query, Find), old.Name, fields, ColumnsOf) ?? query;
        }
        if (old.Name != renamed.Name) query = TableRename.In(query, old.Name, renamed.Name);
        return query == view.ViewQuery ? view : view with { ViewQuery = query, Updated = now };

        Collection? Find(string name) => before.FirstOrDefault(collection => collection.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string> Fields(Collection old, Collection renamed)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in old.Fields)
        {
            if (renamed.Fields.FirstOrDefault(now => now.Id == field.Id) is { } now && now.Name != field.Name) fields[field.Name] = now.Name;
        }
        return fields;
    }
}
