using Hearth.Schema.Views;

namespace Hearth.Schema.Changes;

/// <summary>Which views read which collections.</summary>
public static class ViewOrder
{
    /// <summary>The views, each behind the views that it reads. Views in a ring come last, as they are.</summary>
    public static IReadOnlyList<Collection> Sort(IEnumerable<Collection> views)
    {
        var waiting = views.ToList();
        var sorted = new List<Collection>();
        while (waiting.Count > 0)
        {
            var at = waiting.FindIndex(view => !waiting.Any(other => other != view && Reads(view, other.Name)));
            if (at < 0) at = 0;
            sorted.Add(waiting[at]);
            waiting.RemoveAt(at);
        }
        return sorted;
    }

    /// <summary>True when the view's query names the table or view.</summary>
    public static bool Reads(Collection view, string name) =>
        ViewShape.TablesOf(view.ViewQuery ?? "").Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The views among the collections that read one of the names, directly or through other views.</summary>
    public static IReadOnlyList<Collection> Dependents(IEnumerable<Collection> collections, IEnumerable<string> names)
    {
        var reached = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var views = collections.Where(collection => collection.Type == CollectionType.View).ToList();
        var found = new List<Collection>();
        while (true)
        {
            var next = views.FirstOrDefault(view => !found.Contains(view) && ViewShape.TablesOf(view.ViewQuery ?? "").Any(reached.Contains));
            if (next is null) return found;
            found.Add(next);
            reached.Add(next.Name);
        }
    }
}
