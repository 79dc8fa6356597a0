using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>
/// Writes records as JSON: straight from the rows, or, when relations are followed or a hook wants objects, by way of fragments. One object
/// for the life of an app.
/// </summary>
public sealed class RecordReader
{
    // A page that is sent while it is read would keep its session from others for as long as a slow client wishes. So it is read into memory, but not more than this
    // at a time: the rest is noted by its ids, and read when this has gone.
    private const long PieceBytes = 4L << 20;

    // Where the whole must be in memory, for a picker of fields.
    private const long WholeBytes = 64L << 20;

    private readonly RecordShapes shapes = new();

    /// <summary>
    /// Writes the rows of a plan, one JSON object each, or the first of them when they are very large: <see cref="PageRows.Rest"/> plans the others. The fault is that they are
    /// too much.
    /// </summary>
    internal async ValueTask<Outcome<PageRows>> WriteRowsAsync(ReadSession session, ReadPlan plan, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        if (request.Wants is not null) plan = plan with { Columns = plan.Columns.RemoveAll(c => !request.Wants(c.Field.Name)) };
        return request.IsPlain
            ? await WritePlainAsync(session, plan, writer, request, stop)
            : await WriteFragmentsAsync(session, plan, writer, request, stop);
    }

    /// <summary>Writes a record that is at hand as the object of a write, as its caller may see it.</summary>
    internal ValueTask<Fault?> WriteRecordAsync(ReadSession session, Record record, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop) =>
        WriteRecordAsync(session, record, new BaseSource(record.Collection), writer, request, stop);

    /// <summary>The same for a record as it was at some moment; it may have been changed or removed since.</summary>
    internal ValueTask<Fault?> WriteNotedAsync(ReadSession session, Record record, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop) =>
        WriteRecordAsync(session, record, new BaseSource(record.Collection, record.Values), writer, request, stop);

    private async ValueTask<Fault?> WriteRecordAsync(ReadSession session, Record record, BaseSource from, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        var collection = record.Collection;
        var budget = new ExpandBudget();
        var columns = new Planner(request.Schema, request.Facts).VisibleColumns(from);
        var shape = shapes.Of(collection, request.Facts.Caller, columns);
        var hidden = await HiddenAsync(session, record, from, columns, stop);
        var steps = request.Expand is null ? [] : ExpandStep.Find(request.Schema, collection, request.Expand);
        using var page = new PooledBuffer();
        var fragment = FragmentReader.Of(record, shape, column => !hidden.Contains(column), Expansion.LinksOf(steps), page);
        await new Expansion(shapes, request, session, budget, page).FollowAsync([fragment], steps, stop);
        return Write([fragment], writer, budget);
    }

    /// <summary>Writes such a record when nothing of it hangs on the database: nothing is expanded, and all its visible columns are always visible. False when something does.</summary>
    internal bool TryWriteRecord(Record record, Utf8JsonWriter writer, ReadRequest request)
    {
        if (request.Expand is not null) return false;
        var columns = new Planner(request.Schema, request.Facts).VisibleColumns(new BaseSource(record.Collection));
        foreach (var column in columns)
        {
            if (column.VisibleWhen is not (null or Always)) return false;
        }
        WriteCertain(record, columns, writer, request);
        return true;
    }

    /// <summary>Writes such a record without asking the database: nothing is expanded, and what is visible only under a condition is left out.</summary>
    internal void WriteCertain(Record record, Utf8JsonWriter writer, ReadRequest request) =>
        WriteCertain(record, new Planner(request.Schema, request.Facts).VisibleColumns(new BaseSource(record.Collection)), writer, request);

    private void WriteCertain(Record record, ImmutableArray<OutputColumn> columns, Utf8JsonWriter writer, ReadRequest request)
    {
        var collection = record.Collection;
        shapes.Of(collection, request.Facts.Caller, columns).Begin(writer, record, column => columns[column].VisibleWhen is null or Always { Value: true });
        writer.WriteEndObject();
    }

    private ValueTask<Outcome<PageRows>> WritePlainAsync(ReadSession session, ReadPlan plan, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        var collection = plan.From.Collection!; // plans of records always have one
        if (request.Wants is not null) return WriteAsync(session, plan, new RecordShape(collection, plan.Columns), writer, request, stop);
        var shape = shapes.Of(collection, request.Facts.Caller, plan.Columns);
        return shape.MostIn(PieceBytes) is var most && most < plan.Limit && PageRows.Ids(plan) is { } ids
            ? WriteFirstAsync(session, plan, ids, most, shape, writer, request, stop)
            : WriteAsync(session, plan, shape, writer, request, stop);
    }

    // Where rows were large lately, first the ids of the page: the database need not read and send what is left for later.
    private static async ValueTask<Outcome<PageRows>> WriteFirstAsync(
        ReadSession session, ReadPlan plan, ReadPlan ids, int most, RecordShape shape, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        List<string> found = [];
        using (var rows = await session.QueryAsync(ids, stop))
        {
            while (await rows.NextAsync(stop)) found.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
        }
        if (found.Count == 0) return new PageRows();
        var page = (await WriteAsync(session, PageRows.Of(plan, found[..Math.Min(most, found.Count)]), shape, writer, request, stop)).Value; // whole rows are never too much
        if (most < found.Count) page.LeaveAlso(found[most..]);
        page.Found = found.Count;
        return page;
    }

    private static async ValueTask<Outcome<PageRows>> WriteAsync(ReadSession session, ReadPlan plan, RecordShape shape, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        var page = new PageRows();
        var began = writer.BytesCommitted + writer.BytesPending;
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop))
        {
            page.Found++;
            if (page.IsCut)
            {
                page.Leave(plan, rows);
                continue;
            }
            shape.Begin(writer, rows, request.Wants);
            writer.WriteEndObject();
            page.Written++;
            var bytes = writer.BytesCommitted + writer.BytesPending - began;
            if (bytes < PieceBytes) continue;
            if (request.Wants is null) page.IsCut = true;
            else if (bytes > WholeBytes) return TooLarge;
        }
        shape.Note(page.Written, writer.BytesCommitted + writer.BytesPending - began, page.IsCut);
        return page;
    }

    private async ValueTask<Outcome<PageRows>> WriteFragmentsAsync(ReadSession session, ReadPlan plan, Utf8JsonWriter writer, ReadRequest request, CancellationToken stop)
    {
        var steps = request.Expand is null ? [] : ExpandStep.Find(request.Schema, plan.From.Collection!, request.Expand);
        var budget = new ExpandBudget();
        using var page = new PooledBuffer();
        var fragments = await new FragmentReader(shapes, request, budget, page).ReadAsync(session, plan, Expansion.LinksOf(steps), stop);
        await new Expansion(shapes, request, session, budget, page).FollowAsync(fragments, steps, stop);
        return Write(fragments, writer, budget) is { } fault ? fault : new PageRows { Found = fragments.Count, Written = fragments.Count };
    }

    private static Fault TooLarge => Fault.BadRequest("records.page_too_large", "The page is too large to choose fields from. Ask for fewer records at a time.");

    private static Fault? Write(IReadOnlyList<Fragment> fragments, Utf8JsonWriter writer, ExpandBudget budget)
    {
        if (budget.IsExceeded) return ExpandBudget.Refusal;
        var whole = new ExpandBudget();
        foreach (var fragment in fragments)
        {
            if (!whole.Take(fragment.Size)) return ExpandBudget.Refusal;
        }
        using var buffer = new PooledBuffer();
        foreach (var fragment in fragments)
        {
            buffer.Clear();
            fragment.WriteTo(buffer);
            writer.WriteRawValue(buffer.Written.Span, skipInputValidation: true);
        }
        return null;
    }

    // Which columns are shown may hang on the row (addresses of accounts): the database decides it by the same condition as for reads.
    private static async ValueTask<HashSet<int>> HiddenAsync(
        ReadSession session, Record record, BaseSource from, ImmutableArray<OutputColumn> columns, CancellationToken stop)
    {
        var hidden = new HashSet<int>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].VisibleWhen is not { } condition) continue;
            var plan = new ReadPlan { From = from, Where = Filter.Both(new IdIn(from, [record.Id]), condition) };
            if (condition is Always { Value: false } || !await session.AnyAsync(plan, stop)) hidden.Add(i);
        }
        return hidden;
    }
}
