using Hearth.Schema.Sql;

namespace Hearth.Schema.Changes;

/// <summary>What happens to the table of one collection that is no view.</summary>
/// <param name="Before">The collection as it is; null for a new one.</param>
/// <param name="After">The collection as it will be; null for one that goes.</param>
internal sealed record TableChange(Collection? Before, Collection? After)
{
    /// <summary>Fields on both sides.</summary>
    private IEnumerable<(Field Before, Field After)> Kept => Before is null || After is null
        ? []
        : Before.Fields.Join(After.Fields, old => old.Id, own => own.Id, (before, after) => (before, after)).Where(pair => pair.before.Type == pair.after.Type);

    private IEnumerable<Field> Dropped => Before is null || After is null ? [] : Before.Fields.Where(old => !Kept.Any(pair => pair.Before.Id == old.Id));

    private IEnumerable<Field> Added => Before is null || After is null ? [] : After.Fields.Where(own => !Kept.Any(pair => pair.After.Id == own.Id));

    private IEnumerable<(Field Before, Field After)> Renamed => Kept.Where(pair => pair.Before.Name != pair.After.Name);

    private IEnumerable<(Field Before, Field After)> Converted => Kept.Where(pair => pair.Before.Multiple != pair.After.Multiple);

    /// <summary>True when views that read the table must make way: it goes, or something that they can see is called or kept differently.</summary>
    public bool TouchesViews => Before is not null && (After is null || Before.Name != After.Name || Dropped.Any() || Renamed.Any() || Converted.Any());

    /// <summary>Indexes to take away: those that are gone or different, and those that name a field that goes, moves or changes its form.</summary>
    public IEnumerable<SchemaStep> DroppedIndexes() =>
        Before is null || After is null ? [] : Before.Indexes.Where(index => !Stays(index)).Select(index => new DropIndex(Before, index));

    /// <summary>Indexes to make, those of a new table among them.</summary>
    public IEnumerable<SchemaStep> CreatedIndexes()
    {
        if (After is null) return [];
        var kept = Before?.Indexes.Where(Stays).Select(index => index.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return After.Indexes.Where(index => kept is null || !kept.Contains(index.Name)).Select(index => new CreateIndex(After, index));
    }

    /// <summary>Columns: away first, so that their names are free, then renames, new ones, and changes of form.</summary>
    public IEnumerable<SchemaStep> ColumnSteps()
    {
        if (After is null) yield break;
        foreach (var field in Dropped) yield return new DropColumn(After, field);
        var staying = Kept.Where(pair => pair.Before.Name == pair.After.Name).Select(pair => pair.Before.Name);
        foreach (var (from, to) in Renames.Order(Renamed.Select(pair => (pair.Before.Name, pair.After.Name)), staying))
        {
            yield return new RenameColumn(After, from, to);
        }
        foreach (var field in Added) yield return new AddColumn(After, field);
        foreach (var (_, field) in Converted) yield return new ConvertColumn(After, field, field.Multiple);
    }

    private bool Stays(IndexDefinition index)
    {
        var text = IndexStatement.Render(index, "");
        return After!.Indexes.Any(other => IndexStatement.Render(other, "") == text) &&
            !Dropped.Concat(Renamed.Select(pair => pair.Before)).Concat(Converted.Select(pair => pair.Before)).Any(field => IndexStatement.Mentions(index, field.Name));
    }
}
