using System.Globalization;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Changes;

/// <summary>Steps of a schema change in plain words, with the records and values that they touch.</summary>
internal sealed class StepWords(ReadSession session, IReadOnlyList<Collection> before)
{
    private readonly Dictionary<string, long> totals = new(StringComparer.Ordinal);

    /// <summary>The step in words; null for what only keeps the books.</summary>
    public async ValueTask<PlannedStep?> DescribeAsync(SchemaStep step, CancellationToken stop)
    {
        switch (step)
        {
            case CreateTable { Collection: var c }:
                return new("createCollection", c.Name, $"Make the collection {c.Name} with {Count(c.Fields.Length, "field")}.", 0, 0);
            case DropTable { Collection: var c }:
                var records = await TotalAsync(c, stop);
                var tied = await CollectionLeftovers.CountAsync(session, before, c, stop);
                var and = tied == 0 ? "" : $", and {Count(tied, "sign-in link, code or place", "sign-in links, codes and places")} of its accounts";
                return new("deleteCollection", c.Name, $"Delete the collection {c.Name} with {Count(records, "record")}{and}.", records + tied, records + tied);
            case RenameTable { Collection: var c } rename:
                return new("renameCollection", rename.From, $"Rename the collection {rename.From} to {rename.To}; its records stay.", await TotalAsync(c, stop), 0);
            case AddColumn { Collection: var c, Field: var f }:
                var filled = await TotalAsync(c, stop);
                return new("addField", c.Name, $"Add the field {f.Name} to {c.Name}; it is empty in {Count(filled, "record")}.", filled, 0);
            case DropColumn { Collection: var c, Field: var f }:
                var lost = await CountAsync(c, f, from => NotEmpty(from, f), stop);
                return new("deleteField", c.Name, $"Delete the field {f.Name} of {c.Name}; {Count(lost, "record")} with a value in it would lose it.", await TotalAsync(c, stop), lost);
            case RenameColumn { Collection: var c } rename:
                return new("renameField", c.Name, $"Rename the field {rename.From} of {c.Name} to {rename.To}; its values stay.", await TotalAsync(c, stop), 0);
            case ConvertColumn { Collection: var c, Field: var f, ToMultiple: true }:
                return new("convertField", c.Name, $"Let the field {f.Name} of {c.Name} hold several values; a value becomes a list of one.", await TotalAsync(c, stop), 0);
            case ConvertColumn { Collection: var c, Field: var f }:
                var several = await CountAsync(c, f, from => MoreThanOne(from, f), stop);
                return new("convertField", c.Name, $"Let the field {f.Name} of {c.Name} hold a single value; {Count(several, "record")} with more keep only the last.", await TotalAsync(c, stop), several);
            case CreateIndex { Collection: var c, Index: var i }:
                return new("createIndex", c.Name, $"Make the {(i.Unique ? "unique index" : "index")} {i.Name} on {c.Name}.", await TotalAsync(c, stop), 0);
            case DropIndex { Collection: var c, Index: var i }:
                return new("deleteIndex", c.Name, $"Remove the index {i.Name} of {c.Name}.", 0, 0);
            case CreateView { Collection: var c } when before.FirstOrDefault(own => own.Id == c.Id) is { ViewQuery: var query } && query != c.ViewQuery:
                return new("createView", c.Name, $"Make the view {c.Name} anew; its query is now: {c.ViewQuery}", 0, 0);
            case CreateView { Collection: var c }:
                return new("createView", c.Name, $"Make the view {c.Name}.", 0, 0);
            case DropView { Collection: var c }:
                return new("deleteView", c.Name, $"Remove the view {c.Name}; a view holds no records of its own.", 0, 0);
            case SaveDefinition { Collection: var c }:
                return new("saveDefinition", c.Name, $"Save the definition of {c.Name}: its rules, options and fields.", 0, 0);
            default:
                return null;
        }
    }

    private async ValueTask<long> TotalAsync(Collection collection, CancellationToken stop)
    {
        if (totals.TryGetValue(collection.Id, out var known)) return known;
        // A table that is only made by the same change has no records yet.
        var stored = before.FirstOrDefault(own => own.Id == collection.Id);
        return totals[collection.Id] = stored is null ? 0 : await session.CountAsync(new ReadPlan { From = new BaseSource(stored) }, stop);
    }

    /// <summary>Counts in the table as it is now, by the field as it is now.</summary>
    private async ValueTask<long> CountAsync(Collection collection, Field field, Func<BaseSource, Filter> where, CancellationToken stop)
    {
        var stored = before.FirstOrDefault(own => own.Id == collection.Id);
        if (stored is null || !stored.Fields.Any(own => own.Id == field.Id)) return 0;
        var from = new BaseSource(stored);
        return await session.CountAsync(new ReadPlan { From = from, Where = where(from) }, stop);
    }

    private static Field Stored(BaseSource from, Field field) => from.Collection!.Fields.First(own => own.Id == field.Id);

    private static Compare NotEmpty(BaseSource from, Field field)
    {
        var own = Stored(from, field);
        if (own.Multiple) return new Compare(new ItemCount(from, own), CompareOperator.Greater, new Literal(FieldValue.Number(0)), true);
        var nothing = own.Type == FieldType.Json ? FieldValue.Null : own.Zero;
        return new Compare(new Column(from, own), CompareOperator.NotEqual, new Literal(nothing), true);
    }

    private static Compare MoreThanOne(BaseSource from, Field field) =>
        new Compare(new ItemCount(from, Stored(from, field)), CompareOperator.Greater, new Literal(FieldValue.Number(1)), true);

    private static string Count(long number, string one, string? several = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? one : several ?? one + "s")}");
}
