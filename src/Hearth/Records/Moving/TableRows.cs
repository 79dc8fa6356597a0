using System.Runtime.CompilerServices;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>A value that cannot be moved as it is.</summary>
/// <param name="Collection">Name of the collection.</param>
/// <param name="Record">Id of the record.</param>
/// <param name="Field">Name of the field.</param>
/// <param name="Reason">The end of a sentence.</param>
/// <param name="Becomes">What it would be afterwards.</param>
internal sealed record OddValue(string Collection, string Record, string Field, string Reason, string Becomes)
{
    public override string ToString() => $"{Collection}, record {Record}: {Field} {Reason}. It would become {Becomes}.";
}

/// <summary>The rows of a table in the order in which they were stored, as a target will hold them.</summary>
/// <param name="collection">The table.</param>
/// <param name="target">The engine that they are for; null takes them as they are.</param>
internal sealed class TableRows(Collection collection, Engine? target)
{
    /// <summary>All rows but the first ones.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="skip">Rows to pass over.</param>
    /// <param name="onOdd">Told of values that are not what stands in the table.</param>
    /// <param name="stop">Gives up.</param>
    public async IAsyncEnumerable<FieldValue[]> ReadAsync(ReadSession session, long skip, Action<OddValue>? onOdd, [EnumeratorCancellation] CancellationToken stop)
    {
        var plan = new ReadPlan
        {
            From = new BaseSource(collection), Columns = [.. collection.Fields.Select(field => new OutputColumn(field))], Offset = skip, Unhurried = true,
        };
        using var rows = await session.QueryAsync(plan, stop);
        while (await rows.NextAsync(stop))
        {
            stop.ThrowIfCancellationRequested();
            yield return Row(rows, onOdd);
        }
    }

    /// <summary>How many rows there are.</summary>
    public ValueTask<long> CountAsync(ReadSession session, CancellationToken stop) => session.CountAsync(new ReadPlan { From = new BaseSource(collection) }, stop);

    private FieldValue[] Row(RowCursor rows, Action<OddValue>? onOdd)
    {
        var values = new FieldValue[collection.Fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var field = collection.Fields[i];
            var value = StrictCells.Read(rows, i, field, out var odd);
            values[i] = target?.AsHeld(field, value) ?? value;
            if (onOdd is null || (odd is null && values[i] == value)) continue;
            onOdd(new OddValue(collection.Name, RecordOf(rows), field.Name, odd ?? $"holds {Shown(value)}, which the target cannot hold", Shown(values[i])));
        }
        return values;
    }

    private string RecordOf(RowCursor rows) =>
        collection.OrdinalOf("id") is var at and >= 0 ? System.Text.Encoding.UTF8.GetString(rows.Utf8Of(at)) : "?";

    private static string Shown(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Null => "nothing",
        FieldValueKind.Text or FieldValueKind.List when value.ToString() is var text && text.Contains('\0', StringComparison.Ordinal) => $"the text “{StrictCells.Excerpt(text)}” with a NUL character",
        FieldValueKind.Text => value.AsText.Length == 0 ? "the empty text" : $"the text “{StrictCells.Excerpt(value.AsText)}”",
        FieldValueKind.List => $"the list “{StrictCells.Excerpt(value.ToString())}”",
        FieldValueKind.Bool => value.AsBool ? "true" : "false",
        _ => StrictCells.Excerpt(value.ToString()),
    };
}
