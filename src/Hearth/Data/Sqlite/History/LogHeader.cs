using System.Buffers.Binary;

namespace Hearth.Data.Sqlite.History;

/// <summary>The beginning of a write-ahead log of SQLite (https://sqlite.org/fileformat2.html, 4.1).</summary>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="FirstSalt">One more each time the log is begun anew by the same connections.</param>
/// <param name="SecondSalt">Random, another each time.</param>
/// <param name="BigEndian">How checksums read the bytes.</param>
/// <param name="Sum">The checksum of the header, on which those of the frames build.</param>
internal sealed record LogHeader(int PageSize, uint FirstSalt, uint SecondSalt, bool BigEndian, (uint First, uint Second) Sum)
{
    /// <summary>Its length.</summary>
    public const int Length = 32;

    /// <summary>Length of what stands before each page.</summary>
    public const int FrameHeader = 24;

    private const uint Magic = 0x377f0682;

    /// <summary>Reads it; null when it is none, or not whole.</summary>
    public static LogHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return null;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if ((magic & ~1u) != Magic) return null;
        var big = (magic & 1) == 1;
        var sum = Add((0, 0), bytes[..24], big);
        if (sum != (BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]))) return null;
        return new LogHeader((int)BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]), big, sum);
    }

    /// <summary>The checksum over more bytes, a multiple of eight.</summary>
    public static (uint First, uint Second) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var (first, second) = sum;
        for (var i = 0; i < bytes.Length; i += 8)
        {
            var (one, two) = bigEndian
                ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[(i + 4)..]))
                : (BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i + 4)..]));
            unchecked
            {
                first += one + second;
                second += two + first;
            }
        }
        return (first, second);
    }
}
