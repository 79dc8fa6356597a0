using System.Buffers;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Records.Reading;

/// <summary>How much may be read and written for one answer with expanded records; circles of back-relations could ask for any amount.</summary>
internal sealed class ExpandBudget
{
    private const long Most = 64L << 20;
    private long used;

    /// <summary>More was asked for than there may be.</summary>
    public bool IsExceeded => used > Most;

    /// <summary>Counts bytes; false when they are too many.</summary>
    public bool Take(long bytes)
    {
        used += bytes;
        return !IsExceeded;
    }

    /// <summary>The refusal.</summary>
    public static Fault Refusal => Fault.BadRequest("records.expand_too_large", "The expanded records are too many for one response. Ask for fewer records or fewer levels.");
}

/// <summary>One record as JSON bytes without their closing brace, and what was found by following its relations.</summary>
internal sealed class Fragment(string id, ReadOnlyMemory<byte> bytes, string[][] links)
{
    private long size = -1;

    /// <summary>Id of the record.</summary>
    public string Id { get; } = id;

    /// <summary>The ids that it holds in the relation fields that are followed.</summary>
    public string[][] Links { get; } = links;

    /// <summary>What was found, by the key of the segment; null when nothing was asked for.</summary>
    public List<Expanded>? Expanded { get; set; }

    /// <summary>Bytes of the whole, expanded records included. Shared ones count as often as they are written.</summary>
    public long Size
    {
        get
        {
            if (size >= 0) return size;
            var sum = bytes.Length + 1L;
            foreach (var part in Expanded ?? [])
            {
                sum += part.Key.EncodedUtf8Bytes.Length + 16L;
                foreach (var record in part.Records) sum += record.Size + 1;
            }
            return size = sum;
        }
    }

    /// <summary>Writes the whole.</summary>
    public void WriteTo(IBufferWriter<byte> target)
    {
        target.Write(bytes.Span);
        if (Expanded is not null)
        {
            target.Write(",\"expand\":{"u8);
            for (var i = 0; i < Expanded.Count; i++)
            {
                if (i > 0) target.Write(","u8);
                Expanded[i].WriteTo(target);
            }
            target.Write("}"u8);
        }
        target.Write("}"u8);
    }
}

/// <summary>The records that one segment of <c>expand</c> led to; at least one.</summary>
internal sealed record Expanded(JsonEncodedText Key, IReadOnlyList<Fragment> Records, bool IsSingle)
{
    /// <summary>Writes the member.</summary>
    public void WriteTo(IBufferWriter<byte> target)
    {
        target.Write("\""u8);
        target.Write(Key.EncodedUtf8Bytes);
        target.Write(IsSingle ? "\":"u8 : "\":["u8);
        for (var i = 0; i < (IsSingle ? 1 : Records.Count); i++)
        {
            if (i > 0) target.Write(","u8);
            Records[i].WriteTo(target);
        }
        if (!IsSingle) target.Write("]"u8);
    }
}
