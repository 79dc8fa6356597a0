using System.Text.Json;

namespace Hearth.Records.Transfer.Formats;

/// <summary>One row of a file: its values, or why it could not be read.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1.</param>
/// <param name="Values">The row as a JSON object, by column name. Undefined when there is a <paramref name="Problem"/>.</param>
/// <param name="Problem">Why the row could not be read, as a sentence for people; null when it could.</param>
internal readonly record struct SourceRow(long Line, JsonElement Values, string? Problem)
{
    public static SourceRow Of(long line, JsonElement values) => new(line, values, null);

    public static SourceRow Bad(long line, string problem) => new(line, default, problem);
}

/// <summary>A file as a stream of rows. Reading goes on after a bad row wherever the format allows it.</summary>
internal abstract class RowSource
{
    /// <summary>Longest row in bytes; a longer one is most likely a quote or bracket that was never closed.</summary>
    public const int LongestRow = 32 * 1024 * 1024;

    /// <summary>True when every value is text, as in CSV, and its type has to be guessed.</summary>
    public abstract bool TextOnly { get; }

    /// <summary>The rows in order. Can be read once.</summary>
    public abstract IAsyncEnumerable<SourceRow> ReadAsync(CancellationToken stop);

    /// <summary>A source over a stream, which stays open.</summary>
    public static RowSource Over(Stream stream, TransferFormat format) => format switch
    {
        TransferFormat.Csv => new CsvRows(stream),
        TransferFormat.Json => new JsonRows(stream),
        _ => new NdjsonRows(stream),
    };
}
