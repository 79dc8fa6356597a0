using System.Collections.Immutable;
using Hearth.Schema.Views;

namespace Hearth.Schema.Changes;

/// <summary>
/// Computes what turns one set of collections into another. Collections and fields are the same when their ids are the same, whatever they
/// are called. The order makes every step possible: views away, indexes away, tables away, renames, columns, new tables, indexes, views.
/// </summary>
public static class SchemaChanges
{
    /// <summary>The steps from one set to the other; both must be complete and checked.</summary>
    public static SchemaChange Compute(IReadOnlyList<Collection> before, IReadOnlyList<Collection> after)
    {
        var pairs = Pair(before, after);
        var tables = pairs.Where(pair => (pair.Before ?? pair.After)!.Type != CollectionType.View).Select(pair => new TableChange(pair.Before, pair.After)).ToList();
        var touched = tables.Where(table => table.TouchesViews).Select(table => table.Before!.Name)
            .Concat(pairs.Where(pair => pair.Before is { Type: CollectionType.View } && !SameView(pair.Before, pair.After)).Select(pair => pair.Before!.Name))
            .ToList();
        var dropped = before.Where(view => view.Type == CollectionType.View && touched.Contains(view.Name))
            .Union(ViewOrder.Dependents(before, touched)).ToList();
        var created = pairs.Where(pair => pair.After is { Type: CollectionType.View } && (pair.Before is null || dropped.Contains(pair.Before))).Select(pair => pair.After!);

        var steps = ImmutableArray.CreateBuilder<SchemaStep>();
        steps.AddRange(ViewOrder.Sort(dropped).Reverse().Select(view => new DropView(view)));
        foreach (var table in tables) steps.AddRange(table.DroppedIndexes());
        steps.AddRange(tables.Where(table => table.After is null).Select(table => new DropTable(table.Before!)));
        steps.AddRange(RenameTables(tables));
        foreach (var table in tables) steps.AddRange(table.ColumnSteps());
        steps.AddRange(tables.Where(table => table.Before is null).Select(table => new CreateTable(table.After!)));
        foreach (var table in tables) steps.AddRange(table.CreatedIndexes());
        steps.AddRange(ViewOrder.Sort(created).Select(view => new CreateView(view, ViewShape.Settled(view.ViewQuery ?? "", name => after.FirstOrDefault(collection => collection.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))));
        steps.AddRange(Definitions(pairs));
        return new SchemaChange(steps.ToImmutable(), [.. after]);
    }

    private static List<(Collection? Before, Collection? After)> Pair(IReadOnlyList<Collection> before, IReadOnlyList<Collection> after)
    {
        var now = after.ToDictionary(collection => collection.Id, StringComparer.Ordinal);
        var then = before.Select(collection => collection.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Select(collection => ((Collection?)collection, now.GetValueOrDefault(collection.Id))),
            .. after.Where(collection => !then.Contains(collection.Id)).Select(collection => ((Collection?)null, (Collection?)collection)),
        ];
    }

    private static bool SameView(Collection before, Collection? after) =>
        after is not null && before.Name == after.Name && before.ViewQuery == after.ViewQuery &&
        before.Fields.Select(field => field.Name).SequenceEqual(after.Fields.Select(field => field.Name), StringComparer.Ordinal);

    private static IEnumerable<SchemaStep> RenameTables(List<TableChange> tables)
    {
        var renamed = tables.Where(table => table is { Before: not null, After: not null } && table.Before.Name != table.After.Name).ToList();
        var staying = tables.Where(table => table is { Before: not null, After: not null } && !renamed.Contains(table)).Select(table => table.Before!.Name);
        var owners = renamed.ToDictionary(table => table.Before!.Name, table => table.After!, StringComparer.OrdinalIgnoreCase);
        foreach (var (from, to) in Renames.Order(renamed.Select(table => (table.Before!.Name, table.After!.Name)), staying))
        {
            var owner = owners[from];
            owners.Remove(from);
            owners[to] = owner;
            yield return new RenameTable(owner, from, to);
        }
    }

    /// <summary>
    /// Definitions that changed are written again. One whose new name still belongs to another's stored definition is taken out first,
    /// because names are unique there too.
    /// </summary>
    private static IEnumerable<SchemaStep> Definitions(List<(Collection? Before, Collection? After)> pairs)
    {
        var stored = pairs.Where(pair => pair.Before is not null).ToDictionary(pair => pair.Before!.Name, pair => pair.Before!.Id, StringComparer.OrdinalIgnoreCase);
        var taken = pairs.Where(pair => pair.After is not null && stored.TryGetValue(pair.After.Name, out var id) && id != pair.After.Id)
            .Select(pair => stored[pair.After!.Name]).ToHashSet(StringComparer.Ordinal);
        foreach (var (before, after) in pairs)
        {
            if (before is not null && (after is null || taken.Contains(before.Id))) yield return new RemoveDefinition(before);
        }
        foreach (var (before, after) in pairs)
        {
            if (after is null || ReferenceEquals(before, after)) continue;
            if (before is null || CollectionJson.ToStorage(before) != CollectionJson.ToStorage(after)) yield return new SaveDefinition(after);
        }
    }
}
