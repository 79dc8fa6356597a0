using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Hearth.Basics;

namespace Hearth.Records.Transfer.Formats;

/// <summary>Small steps over JSON text in pieces, shared by the two JSON formats.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text without the byte order mark that some editors put before it.</summary>
    public static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> text, bool atStart)
    {
        if (!atStart || text.Length < 3) return text;
        Span<byte> front = stackalloc byte[3];
        text.Slice(0, 3).CopyTo(front);
        return front.SequenceEqual(Mark) ? text.Slice(3) : text;
    }

    /// <summary>Takes blanks and line ends off the front and tells how many lines ended.</summary>
    public static long SkipBlank(ref ReadOnlySequence<byte> text)
    {
        var reader = new SequenceReader<byte>(text);
        var lines = 0L;
        while (reader.TryPeek(out var next) && next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            if (next == '\n') lines++;
            reader.Advance(1);
        }
        text = reader.UnreadSequence;
        return lines;
    }

    /// <summary>True when there is nothing but blanks.</summary>
    public static bool IsBlank(ReadOnlySequence<byte> text)
    {
        SkipBlank(ref text);
        return text.IsEmpty;
    }

    /// <summary>How many lines end in the text.</summary>
    public static long Lines(ReadOnlySequence<byte> text)
    {
        var lines = 0L;
        foreach (var piece in text) lines += piece.Span.Count((byte)'\n');
        return lines;
    }

    /// <summary>Reads one whole JSON value; false when it is not valid. Bytes that are no UTF-8 are not valid; halves of surrogate pairs become U+FFFD.</summary>
    public static bool TryParse(ReadOnlySequence<byte> text, out JsonElement value)
    {
        value = default;
        var bytes = text.IsSingleSegment ? text.First : text.ToArray();
        if (!Utf8.IsValid(bytes.Span)) return false;
        try
        {
            using var document = JsonDocument.Parse(JsonHalves.Mend(bytes.Span) ?? bytes, JsonLimits.Documents);
            value = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A value as a row: only objects are rows.</summary>
    public static SourceRow Row(long line, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? SourceRow.Of(line, value) : SourceRow.Bad(line, "The row is not a JSON object.");
}
