using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hearth.Records.Transfer.Formats;

/// <summary>Rows of a file with one JSON object a line. Empty lines are passed over.</summary>
internal sealed class NdjsonRows(Stream stream) : RowSource
{
    public override bool TextOnly => false;

    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var line = 0L;
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(stop);
                var rest = read.Buffer;
                while (NextLine(ref rest, read.IsCompleted, out var text))
                {
                    line++;
                    if (Parse(text, line) is { } row) yield return row;
                }
                if (rest.Length > LongestRow)
                {
                    yield return SourceRow.Bad(line + 1, "The line is longer than 32 MiB. The rest of the file was not read.");
                    yield break;
                }
                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool NextLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }
        line = rest;
        if (!last || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static SourceRow? Parse(ReadOnlySequence<byte> text, long line)
    {
        text = JsonText.WithoutMark(text, atStart: line == 1);
        if (JsonText.IsBlank(text)) return null;
        return JsonText.TryParse(text, out var value) ? JsonText.Row(line, value) : SourceRow.Bad(line, "The line is not valid JSON.");
    }
}
