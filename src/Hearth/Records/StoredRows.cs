using System.Collections.Immutable;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>Reads whole stored rows, hidden fields and all, as records.</summary>
internal static class StoredRows
{
    /// <summary>A plan for whole rows of a collection.</summary>
    public static ReadPlan Plan(Collection collection, Func<BaseSource, Filter?> where, int? limit = null)
    {
        var from = new BaseSource(collection);
        return new ReadPlan { From = from, Columns = AllColumns(collection), Where = where(from), Limit = limit };
    }

    /// <summary>Every field in order.</summary>
    public static ImmutableArray<OutputColumn> AllColumns(Collection collection)
    {
        var columns = ImmutableArray.CreateBuilder<OutputColumn>(collection.Fields.Length);
        foreach (var field in collection.Fields) columns.Add(new OutputColumn(field));
        return columns.MoveToImmutable();
    }

    /// <summary>The record of an id, or null.</summary>
    public static async ValueTask<Record?> FindAsync(ReadSession session, Collection collection, string id, CancellationToken stop)
    {
        using var rows = await session.QueryAsync(Plan(collection, from => new IdIn(from, [id]), 1), stop);
        return await rows.NextAsync(stop) ? Read(rows, collection) : null;
    }

    /// <summary>Whether an id is taken.</summary>
    public static ValueTask<bool> ExistsAsync(ReadSession session, Collection collection, string id, CancellationToken stop)
    {
        var from = new BaseSource(collection);
        return session.AnyAsync(new ReadPlan { From = from, Where = new IdIn(from, [id]) }, stop);
    }

    /// <summary>How many of the ids are there.</summary>
    public static ValueTask<long> CountAsync(ReadSession session, Collection collection, IReadOnlyList<string> ids, CancellationToken stop)
    {
        var from = new BaseSource(collection);
        return session.CountAsync(new ReadPlan { From = from, Where = new IdIn(from, ids) }, stop);
    }

    /// <summary>Rows whose text field has a value.</summary>
    public static Filter TextIs(BaseSource from, Field field, string value) => Is(from, field, FieldValue.Text(value));

    /// <summary>Rows whose field has a value.</summary>
    public static Filter Is(BaseSource from, Field field, FieldValue value) =>
        new Compare(new Column(from, field), CompareOperator.Equal, new Literal(value), false);

    /// <summary>All rows of a plan made by <see cref="Plan"/>.</summary>
    public static async ValueTask<List<Record>> ListAsync(ReadSession session, ReadPlan plan, CancellationToken stop)
    {
        var records = new List<Record>();
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop)) records.Add(Read(rows, plan.From.Collection!));
        return records;
    }

    private static Record Read(RowCursor rows, Collection collection) => Record.Stored(collection, RowValues.Read(rows, collection.Fields));
}
