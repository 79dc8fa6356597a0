using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;

namespace Hearth.Records.Transfer.Formats;

/// <summary>Rows of a CSV file with a header line. Every value is a JSON string.</summary>
internal sealed class CsvRows(Stream stream) : RowSource
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private string? malformed;

    public override bool TextOnly => true;

    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await using var csv = CsvReader.Create(stream, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = bad => malformed ??= Words(bad.Reason),
        }, leaveOpen: true);

        await csv.ReadHeaderAsync(stop);
        var header = (csv.Headers ?? []).Select(name => name.Trim()).ToArray();
        Name(header);
        var headerProblem = Check(header);
        if (headerProblem is not null) yield return SourceRow.Bad(1, headerProblem);
        if (headerProblem is not null || header.Length == 0) yield break;

        while (true)
        {
            malformed = null;
            string? end = null;
            try
            {
                if (!await csv.ReadAsync(stop)) yield break;
            }
            catch (CsvFormatException)
            {
                end = "A row is longer than 32 MiB. Is a quotation mark left open? The rest of the file was not read.";
            }
            if (end is not null)
            {
                yield return SourceRow.Bad(csv.LineNumber, end);
                yield break;
            }
            yield return Row(csv, header);
        }
    }

    private SourceRow Row(CsvReader csv, string[] header)
    {
        var line = csv.LineNumber;
        if (malformed is not null) return SourceRow.Bad(line, malformed);
        if (csv.FieldCount != header.Length)
        {
            return SourceRow.Bad(line, $"The row has {csv.FieldCount} {(csv.FieldCount == 1 ? "value" : "values")}, the first line names {header.Length} columns.");
        }
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < header.Length; i++)
            {
                var value = csv.GetSpan(i);
                if (!Utf8.IsValid(value)) return SourceRow.Bad(line, $"{header[i]}: the text is not UTF-8.");
                json.WriteString(header[i], value);
            }
            json.WriteEndObject();
        }
        // The clone is the row's own; the buffer is used again.
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return SourceRow.Of(line, document.RootElement.Clone());
    }

    // The numbers that R and pandas put before each row have no name.
    private static void Name(string[] header)
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i].Length > 0) continue;
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"column_{i + 1}");
            while (header.Contains(name, StringComparer.OrdinalIgnoreCase)) name += "_";
            header[i] = name;
        }
    }

    private static string? Check(string[] header)
    {
        var twice = header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"The column {twice.Key} is named twice in the first line.";
    }

    private static string Words(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "A quotation mark stands inside a value that is not quoted.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quotation mark.",
        CsvMalformedReason.UnterminatedQuote => "A quotation mark is opened and never closed, so the rest of the file cannot be read.",
        _ => "The row is not well formed.",
    };
}
