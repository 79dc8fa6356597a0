using System.Buffers.Binary;

namespace Hearth.Resources.Pictures.Location;

/// <summary>Where an item with metadata stands.</summary>
/// <param name="Start">First byte in the file, or in the content of the box.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Tags">Exif; otherwise XMP.</param>
/// <param name="Whole">Not one of several pieces.</param>
/// <param name="InBox">It stands in the box that describes it.</param>
internal readonly record struct HeifItem(long Start, long Length, bool Tags, bool Whole, bool InBox);

/// <summary>Reads which items of a <c>meta</c> box (ISO/IEC 14496-12, 8.11) hold Exif or XMP. What does not fit together names none.</summary>
internal static class HeifItems
{
    // A camera writes one of each.
    private const int Most = 64;

    public static List<HeifItem> Read(ReadOnlySpan<byte> meta)
    {
        var items = new List<HeifItem>();
        if (meta.Length < 4) return items;
        var (info, places, data) = (default(Range), default(Range), default(Range));
        for (var at = 4; at + 8 <= meta.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(meta[at..]);
            if (size < 8 || size > meta.Length - at) break;
            var content = (at + 8)..(at + (int)size);
            var type = meta.Slice(at + 4, 4);
            if (type.SequenceEqual("iinf"u8)) info = content;
            else if (type.SequenceEqual("iloc"u8)) places = content;
            else if (type.SequenceEqual("idat"u8)) data = content;
            at += (int)size;
        }
        var wanted = Wanted(meta[info]);
        if (wanted.Count > 0) AddPlaces(items, new BigEndianReader(meta[places]), wanted, data.Start.Value, data.End.Value);
        return items;
    }

    // Ids of the items, with whether they are Exif.
    private static Dictionary<uint, bool> Wanted(ReadOnlySpan<byte> info)
    {
        var wanted = new Dictionary<uint, bool>();
        for (var at = info.Length > 0 && info[0] == 0 ? 6 : 8; at + 20 <= info.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(info[at..]);
            if (size < 20 || size > info.Length - at) break;
            var entry = info.Slice(at, (int)size);
            var wide = entry[8] == 3 ? 2 : 0;
            if (entry[8] is 2 or 3 && entry.Length >= 20 + wide)
            {
                var id = wide == 0 ? BinaryPrimitives.ReadUInt16BigEndian(entry[12..]) : BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
                var type = entry.Slice(16 + wide, 4);
                if (type.SequenceEqual("Exif"u8)) wanted[id] = true;
                else if (type.SequenceEqual("mime"u8) && entry.IndexOf("application/rdf+xml\0"u8) >= 0) wanted[id] = false;
            }
            at += (int)size;
        }
        return wanted;
    }

    private static void AddPlaces(List<HeifItem> items, BigEndianReader reader, Dictionary<uint, bool> wanted, int dataStart, int dataEnd)
    {
        var version = reader.Next(1);
        reader.Next(3);
        var sizes = (int)reader.Next(2);
        var (offsetSize, lengthSize, baseSize, indexSize) = (sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version == 0 ? 0 : sizes & 15);
        // Pieces that take no room would have no end.
        if (offsetSize + lengthSize == 0) return;
        for (var left = reader.Next(version < 2 ? 2 : 4); left > 0 && !reader.Failed; left--)
        {
            var id = (uint)reader.Next(version < 2 ? 2 : 4);
            var method = version == 0 ? 0 : reader.Next(2) & 15;
            reader.Next(2);
            var from = reader.Next(baseSize);
            var pieces = reader.Next(2);
            for (var piece = 0L; piece < pieces && !reader.Failed && items.Count < Most; piece++)
            {
                reader.Next(indexSize);
                var (start, length) = (from + reader.Next(offsetSize), reader.Next(lengthSize));
                if (reader.Failed || start < 0 || length < 0 || method > 1 || !wanted.TryGetValue(id, out var tags)) continue;
                if (method == 1) start += dataStart;
                if (method == 1 && start + length > dataEnd) continue;
                items.Add(new HeifItem(start, length, tags, pieces == 1, method == 1));
            }
        }
    }

    private ref struct BigEndianReader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        /// <summary>There were fewer bytes than asked for.</summary>
        public bool Failed { get; private set; }

        public long Next(int bytes)
        {
            if (bytes > 8 || rest.Length < bytes) Failed = true;
            if (Failed) return 0;
            var value = 0L;
            foreach (var part in rest[..bytes]) value = (value << 8) | part;
            rest = rest[bytes..];
            return value;
        }
    }
}
