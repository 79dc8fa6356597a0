using System.Buffers.Binary;

namespace Hearth.Resources.Pictures.Location;

/// <summary>The tags of Exif (CIPA DC-008), which are those of a TIFF file: lists of entries that point to values and to other lists.</summary>
internal static class ExifTags
{
    private const int EntryLength = 12;
    private const int MostLists = 32;
    private const ushort GpsList = 0x8825, ExifList = 0x8769, SubLists = 0x014A, Xmp = 0x02BC;

    /// <summary>
    /// Takes the list with the GPS tags out of a block of tags, in place. False when the block cannot be read as one; then nothing in it can be trusted to be something else.
    /// </summary>
    public static bool TryClean(Span<byte> block)
    {
        if (block.Length < 8) return false;
        bool little;
        if (block[..4].SequenceEqual("II*\0"u8)) little = true;
        else if (block[..4].SequenceEqual("MM\0*"u8)) little = false;
        else return false;
        var lists = new Queue<uint>([Number(block, 4, little)]);
        var seen = new HashSet<uint>();
        while (lists.TryDequeue(out var offset))
        {
            if (offset == 0 || seen.Count == MostLists || !seen.Add(offset)) continue;
            if (!TryCleanList(block, offset, little, lists) && seen.Count == 1) return false;
        }
        return true;
    }

    private static bool TryCleanList(Span<byte> block, uint offset, bool little, Queue<uint> lists)
    {
        if (Count(block, offset, little) is not { } count) return false;
        var first = (int)offset + 2;
        for (var i = 0; i < count;)
        {
            var entry = first + i * EntryLength;
            var (tag, value) = (Short(block, entry, little), Number(block, entry + 8, little));
            if (tag == GpsList)
            {
                BlankGps(block, value, little);
                // What follows moves up, with the pointer to the next list; values stand elsewhere and stay.
                var end = Math.Min(block.Length, first + count * EntryLength + 4);
                block[(entry + EntryLength)..end].CopyTo(block[entry..]);
                block[(end - EntryLength)..end].Clear();
                count--;
                Write(block, (int)offset, (ushort)count, little);
                continue;
            }
            if (tag == ExifList) lists.Enqueue(value);
            if (tag == SubLists) AddSubLists(block, entry, little, lists);
            if (tag == Xmp && Value(block, entry, little) is { Length: > 0 } text) XmpText.Clean(block[text.Start..text.End]);
            i++;
        }
        var next = first + count * EntryLength;
        if (next + 4 <= block.Length) lists.Enqueue(Number(block, next, little));
        return true;
    }

    private static void AddSubLists(Span<byte> block, int entry, bool little, Queue<uint> lists)
    {
        if (Value(block, entry, little) is not { } place) return;
        for (var at = place.Start; at + 4 <= place.End && lists.Count < MostLists; at += 4) lists.Enqueue(Number(block, at, little));
    }

    private static void BlankGps(Span<byte> block, uint offset, bool little)
    {
        if (Count(block, offset, little) is not { } count) return;
        var first = (int)offset + 2;
        for (var i = 0; i < count; i++)
        {
            if (Value(block, first + i * EntryLength, little) is { Start: >= 8 } place) block[place.Start..place.End].Clear();
        }
        block[(int)offset..(first + count * EntryLength)].Clear();
    }

    // The number of entries of a list that stands within the block whole; null when it does not.
    private static int? Count(ReadOnlySpan<byte> block, uint offset, bool little)
    {
        if (offset < 8 || offset > block.Length - 2) return null;
        var count = Short(block, (int)offset, little);
        return offset + 2 + count * EntryLength <= block.Length ? count : null;
    }

    // Where an entry's value stands; null when that is not in the block.
    private static Place? Value(ReadOnlySpan<byte> block, int entry, bool little)
    {
        long length = Size(Short(block, entry + 2, little)) * Number(block, entry + 4, little);
        long start = length <= 4 ? entry + 8 : Number(block, entry + 8, little);
        return start + length <= block.Length ? new Place((int)start, (int)(start + length)) : null;
    }

    private static long Size(ushort type) => type switch
    {
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 => 8,
        _ => 1,
    };

    private static ushort Short(ReadOnlySpan<byte> block, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(block[at..]) : BinaryPrimitives.ReadUInt16BigEndian(block[at..]);

    private static uint Number(ReadOnlySpan<byte> block, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(block[at..]) : BinaryPrimitives.ReadUInt32BigEndian(block[at..]);

    private static void Write(Span<byte> block, int at, ushort value, bool little)
    {
        if (little) BinaryPrimitives.WriteUInt16LittleEndian(block[at..], value);
        else BinaryPrimitives.WriteUInt16BigEndian(block[at..], value);
    }

    private readonly record struct Place(int Start, int End)
    {
        public int Length => End - Start;
    }
}
