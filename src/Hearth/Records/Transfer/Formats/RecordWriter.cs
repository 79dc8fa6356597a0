using System.Text.Json;
using CsvHelper;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;

namespace Hearth.Records.Transfer.Formats;

/// <summary>Writes rows of a cursor to a file in one of the formats. The columns are the given fields, in order.</summary>
internal abstract class RecordWriter(IReadOnlyList<Field> fields) : IAsyncDisposable
{
    protected IReadOnlyList<Field> Fields { get; } = fields;

    public static RecordWriter Over(Stream stream, ExportOptions options, IReadOnlyList<Field> fields) => options.Format switch
    {
        TransferFormat.Csv => new CsvRecords(stream, fields, options.ForSpreadsheets),
        TransferFormat.Json => new JsonRecords(stream, fields, asList: true),
        _ => new JsonRecords(stream, fields, asList: false),
    };

    /// <summary>Begins the file; also for files without rows.</summary>
    public abstract ValueTask StartAsync(CancellationToken stop);

    /// <summary>Writes the row that the cursor stands on.</summary>
    public abstract ValueTask WriteAsync(RowCursor row, CancellationToken stop);

    /// <summary>Ends the file and writes what is still held.</summary>
    public abstract ValueTask FinishAsync(CancellationToken stop);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>CSV with a header line: what a cell holds, the import of the same file reads back equal, unless it is for spreadsheet programs.</summary>
internal sealed class CsvRecords(Stream stream, IReadOnlyList<Field> fields, bool forSpreadsheets) : RecordWriter(fields)
{
    private static readonly System.Buffers.SearchValues<byte> FormulaBegins = System.Buffers.SearchValues.Create("=+-@\t\r"u8);

    private readonly CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);

    public override async ValueTask StartAsync(CancellationToken stop)
    {
        // Without the mark such programs guess the letters.
        if (forSpreadsheets) await stream.WriteAsync(new byte[] { 0xEF, 0xBB, 0xBF }, stop);
        foreach (var field in Fields) csv.WriteField(field.Name);
        await EndAsync(stop);
    }

    public override ValueTask WriteAsync(RowCursor row, CancellationToken stop)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Type == FieldType.Bool) csv.WriteField(row.IntegerOf(i) != 0 ? "true"u8 : "false"u8);
            else if (Fields[i].Type == FieldType.Json && row.KindOf(i) == CellKind.Null) csv.WriteField(""u8);
            // An engine's own text of a number may be shorter than the number.
            else if (row.KindOf(i) == CellKind.Real) csv.WriteField(NumberText.Of(row.RealOf(i)));
            else if (forSpreadsheets && Fields[i].Type != FieldType.Number && row.Utf8Of(i) is [var begin, ..] text && FormulaBegins.Contains(begin)) csv.WriteField((ReadOnlySpan<byte>)[(byte)'\'', .. text]);
            else csv.WriteField(row.Utf8Of(i));
        }
        return EndAsync(stop);
    }

    public override async ValueTask FinishAsync(CancellationToken stop) => await csv.FlushAsync(stop);

    public override async ValueTask DisposeAsync() => await csv.DisposeAsync();

    private async ValueTask EndAsync(CancellationToken stop) => await csv.EndRecordAsync(stop);
}

/// <summary>JSON objects, in a list or one a line, with the values as the API gives them.</summary>
internal sealed class JsonRecords : RecordWriter
{
    private const int FlushAt = 1 << 16;

    private readonly Stream stream;
    private readonly bool asList;
    private readonly System.Buffers.ArrayBufferWriter<byte> buffer = new(FlushAt * 2);
    private readonly Utf8JsonWriter json;
    private readonly JsonEncodedText[] names;
    private bool any;

    public JsonRecords(Stream stream, IReadOnlyList<Field> fields, bool asList) : base(fields)
    {
        (this.stream, this.asList) = (stream, asList);
        // The text goes to a file, not into a page: names and letters of every language stay readable.
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        names = [.. fields.Select(f => JsonEncodedText.Encode(f.Name))];
    }

    public override ValueTask StartAsync(CancellationToken stop)
    {
        if (asList) Put("["u8);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask WriteAsync(RowCursor row, CancellationToken stop)
    {
        if (asList) Put(any ? ",\n"u8 : "\n"u8);
        any = true;
        json.Reset();
        json.WriteStartObject();
        for (var i = 0; i < Fields.Count; i++)
        {
            json.WritePropertyName(names[i]);
            RowJson.WriteValue(json, row, i, Fields[i]);
        }
        json.WriteEndObject();
        json.Flush();
        if (!asList) Put("\n"u8);
        if (buffer.WrittenCount >= FlushAt) await FlushAsync(stop);
    }

    public override async ValueTask FinishAsync(CancellationToken stop)
    {
        if (asList) Put(any ? "\n]\n"u8 : "]\n"u8);
        await FlushAsync(stop);
        await stream.FlushAsync(stop);
    }

    public override ValueTask DisposeAsync() => json.DisposeAsync();

    private void Put(ReadOnlySpan<byte> text) => System.Buffers.BuffersExtensions.Write(buffer, text);

    private async ValueTask FlushAsync(CancellationToken stop)
    {
        await stream.WriteAsync(buffer.WrittenMemory, stop);
        buffer.ResetWrittenCount();
    }
}
