using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Records.Transfer.Formats;

/// <summary>Rows of a file that is one JSON list of objects, read item by item however long the list is.</summary>
internal sealed class JsonRows(Stream stream) : RowSource
{
    private enum Place { BeforeList, BeforeFirst, AfterItem, BeforeItem, AfterList, Broken }

    private Place place = Place.BeforeList;
    private long line = 1;
    private string problem = "";

    public override bool TextOnly => false;

    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        try
        {
            var start = true;
            while (true)
            {
                var read = await pipe.ReadAsync(stop);
                var rest = JsonText.WithoutMark(read.Buffer, start);
                start = false;
                while (NextItem(ref rest, read.IsCompleted, out var row)) yield return row;
                if (place == Place.Broken || rest.Length > LongestRow)
                {
                    yield return SourceRow.Bad(line, problem.Length > 0 ? problem : "An item is longer than 32 MiB. The rest of the file was not read.");
                    yield break;
                }
                pipe.AdvanceTo(rest.Start, read.Buffer.End);
                if (!read.IsCompleted) continue;
                if (place != Place.AfterList) yield return SourceRow.Bad(line, "The file ends before its list does.");
                yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    // Takes the next item off the front. False when more bytes are needed, the list has ended, or the text is broken.
    private bool NextItem(ref ReadOnlySequence<byte> rest, bool last, out SourceRow row)
    {
        row = default;
        while (true)
        {
            line += JsonText.SkipBlank(ref rest);
            if (rest.IsEmpty) return false;
            var first = rest.FirstSpan[0];
            switch (place)
            {
                case Place.BeforeList when first == '[':
                    (place, rest) = (Place.BeforeFirst, rest.Slice(1));
                    continue;
                case Place.BeforeList:
                    return Break("The file is not a JSON list. For one object a line use the format ndjson.");
                case Place.BeforeFirst or Place.AfterItem when first == ']':
                    (place, rest) = (Place.AfterList, rest.Slice(1));
                    continue;
                case Place.AfterItem when first == ',':
                    (place, rest) = (Place.BeforeItem, rest.Slice(1));
                    continue;
                case Place.BeforeFirst or Place.BeforeItem:
                    return Item(ref rest, last, out row);
                default:
                    return Break("The file is not valid JSON from here on. The rest was not read.");
            }
        }
    }

    private bool Item(ref ReadOnlySequence<byte> rest, bool last, out SourceRow row)
    {
        row = default;
        try
        {
            var reader = new Utf8JsonReader(rest, last, new JsonReaderState(JsonLimits.Readers));
            if (!reader.Read() || !reader.TrySkip()) return false;
            var text = rest.Slice(0, reader.BytesConsumed);
            if (!JsonText.TryParse(text, out var value)) return Break("The file is not valid JSON from here on. The rest was not read.");
            row = JsonText.Row(line, value);
            line += JsonText.Lines(text);
            rest = rest.Slice(text.End);
            place = Place.AfterItem;
            return true;
        }
        catch (JsonException)
        {
            return Break("The file is not valid JSON from here on. The rest was not read.");
        }
    }

    private bool Break(string reason)
    {
        (place, problem) = (Place.Broken, reason);
        return false;
    }
}
