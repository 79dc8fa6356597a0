using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>
/// Reads the rows of a plan as fragments: the JSON of each row, and the ids by which its relations are followed. The bytes of all fragments
/// stand in one page, which belongs to whoever writes them out and outlives them.
/// </summary>
internal sealed class FragmentReader(RecordShapes shapes, ReadRequest request, ExpandBudget budget, PooledBuffer page)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The rows of a plan whose columns are the visible ones. Links stand in the order of the given fields.</summary>
    public async ValueTask<List<Fragment>> ReadAsync(ReadSession session, ReadPlan plan, IReadOnlyList<Field> links, CancellationToken stop)
    {
        var collection = plan.From.Collection!; // plans of records always have one
        var visible = plan.Columns;
        var shape = request.Wants is null ? shapes.Of(collection, request.Facts.Caller, visible) : new RecordShape(collection, visible);
        // Behind the visible columns: the id, the links (which may be hidden), and for a hook the whole record.
        var whole = request.Each is null ? [] : collection.Fields;
        plan = plan with { Columns = [.. visible, new OutputColumn(collection.FindField("id")!), .. links.Select(static f => new OutputColumn(f)), .. whole.Select(static f => new OutputColumn(f))] };
        var fragments = new List<Fragment>();
        using var writer = new Utf8JsonWriter(page, Options);
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop))
        {
            writer.Reset();
            var start = page.Length;
            if (request.Each is null) shape.Begin(writer, rows, request.Wants);
            else BeginRecord(writer, rows, shape, collection, visible.Length + 1 + links.Count);
            writer.Flush();
            if (!budget.Take(page.Length - start)) break;
            var ids = links.Count == 0 ? [] : new IReadOnlyList<string>[links.Count];
            for (var i = 0; i < ids.Length; i++) ids[i] = RowValues.Read(rows, visible.Length + 1 + i, links[i]).AsList;
            fragments.Add(new Fragment(Encoding.UTF8.GetString(rows.Utf8Of(visible.Length)), page, start, page.Length - start, ids));
        }
        return fragments;
    }

    /// <summary>A record that is at hand as an object. <paramref name="shows"/> tells which of the visible columns are shown of it.</summary>
    public static Fragment Of(Record record, RecordShape shape, Func<int, bool> shows, IReadOnlyList<Field> links, PooledBuffer page)
    {
        using var writer = new Utf8JsonWriter(page, Options);
        var start = page.Length;
        shape.Begin(writer, record, shows);
        writer.Flush();
        return new Fragment(record.Id, page, start, page.Length - start, [.. links.Select(f => record[f.Name].AsList)]);
    }

    private void BeginRecord(Utf8JsonWriter writer, RowCursor rows, RecordShape shape, Collection collection, int firstOfWhole)
    {
        var record = Record.Stored(collection, RowValues.Read(rows, collection.Fields, firstOfWhole));
        request.Each!(record); // the caller has asked
        shape.Begin(writer, record, column => !shape.MayBeHidden(column) || rows.KindOf(column) != CellKind.Null);
    }
}
