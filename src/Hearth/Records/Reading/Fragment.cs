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

/// <summary>One record as JSON without its closing brace, and what was found by following its relations.</summary>
/// <param name="id">Id of the record.</param>
/// <param name="page">The bytes of many records.</param>
/// <param name="start">Where those of this one begin.</param>
/// <param name="length">How many they are.</param>
/// <param name="links">See <see cref="Links"/>.</param>
internal sealed class Fragment(string id, PooledBuffer page, int start, int length, IReadOnlyList<string>[] links)
{
    private long size = -1;

    /// <summary>Id of the record.</summary>
    public string Id { get; } = id;

    /// <summary>The ids that it holds in the relation fields that are followed.</summary>
    public IReadOnlyList<string>[] Links { get; } = links;

    /// <summary>What was found, by the key of the segment; null when nothing was asked for.</summary>
    public List<Expanded>? Expanded { get; set; }

    /// <summary>Bytes of the whole, expanded records included. Shared ones count as often as they are written.</summary>
    public long Size
    {
        get
        {
            if (size >= 0) return size;
            var sum = length + 1L;
            for (var i = 0; i < (Expanded?.Count ?? 0); i++)
            {
                var part = Expanded![i]; // it has elements
                sum += part.Key.EncodedUtf8Bytes.Length + 16L;
                for (var j = 0; j < part.Records.Count; j++) sum += part.Records[j].Size + 1;
            }
            return size = sum;
        }
    }

    /// <summary>Writes the whole.</summary>
    public void WriteTo(IBufferWriter<byte> target)
    {
        target.Write(page.Written.Span.Slice(start, length));
        if (Expanded is not null)
        {
            // Of a record whose own fields were all left out there is nothing but the opening brace.
            target.Write(length > 1 ? ",\"expand\":{"u8 : "\"expand\":{"u8);
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
