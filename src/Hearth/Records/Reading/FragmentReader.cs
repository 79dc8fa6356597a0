using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>Reads the rows of a plan as fragments: the JSON of each row, and the ids by which its relations are followed.</summary>
internal sealed class FragmentReader(RecordShapes shapes, ReadRequest request, ExpandBudget budget)
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
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop))
        {
            writer.Reset();
            buffer.ResetWrittenCount();
            if (request.Each is null) shape.Begin(writer, rows, request.Wants);
            else BeginRecord(writer, rows, shape, collection, visible.Length + 1 + links.Count);
            writer.Flush();
            var ids = new string[links.Count][];
            for (var i = 0; i < ids.Length; i++) ids[i] = [.. RowValues.Read(rows, visible.Length + 1 + i, links[i]).AsList];
            if (!budget.Take(buffer.WrittenCount)) break;
            fragments.Add(new Fragment(RowValues.Read(rows, visible.Length, collection.FindField("id")!).AsText, buffer.WrittenSpan.ToArray(), ids));
        }
        return fragments;
    }

    /// <summary>A record that is at hand as an object. <paramref name="shows"/> tells which of the visible columns are shown of it.</summary>
    public static Fragment Of(Record record, RecordShape shape, Func<int, bool> shows, IReadOnlyList<Field> links)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        shape.Begin(writer, record, shows);
        writer.Flush();
        return new Fragment(record.Id, buffer.WrittenSpan.ToArray(), [.. links.Select(f => record[f.Name].AsList.ToArray())]);
    }

    private void BeginRecord(Utf8JsonWriter writer, RowCursor rows, RecordShape shape, Collection collection, int firstOfWhole)
    {
        var record = Record.Stored(collection, RowValues.Read(rows, collection.Fields, firstOfWhole));
        request.Each!(record); // the caller has asked
        shape.Begin(writer, record, column => !shape.MayBeHidden(column) || rows.KindOf(column) != CellKind.Null);
    }
}
