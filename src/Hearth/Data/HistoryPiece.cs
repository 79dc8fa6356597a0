using System.Buffers.Binary;

namespace Hearth.Data;

/// <summary>What stands before the frames of a piece of history. Pieces can stand one behind the other in a file.</summary>
/// <param name="Time">When it was written, in milliseconds since 1970: what is in it was committed before, and after the piece before it was written.</param>
/// <param name="Number">Its number in its line.</param>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="Length">Bytes of the frames that follow.</param>
internal sealed record HistoryPiece(long Time, long Number, int PageSize, long Length)
{
    /// <summary>Of files that hold one.</summary>
    public const string Extension = ".piece";

    /// <summary>Bytes of this.</summary>
    public const int HeaderLength = 40;

    private const ulong Magic = 0x3148_5452_4145_4848; // "HHEARTH1"
    private const int FrameHeader = 24;

    /// <summary>As it is stored.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Time);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), PageSize);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Length);
        return bytes;
    }

    /// <summary>Reads the next one; null at the end. Throws an <see cref="InvalidDataException"/> when there is something else.</summary>
    public static async ValueTask<HistoryPiece?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var bytes = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        if (read == 0) return null;
        if (read < bytes.Length || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic) throw new InvalidDataException("A piece of the history is damaged.");
        var piece = new HistoryPiece(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
            (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)));
        return piece is { PageSize: >= 512 and <= 65536, Length: > 0 } && piece.Length % (piece.PageSize + FrameHeader) == 0 ? piece : throw new InvalidDataException("A piece of the history is damaged.");
    }

    /// <summary>Puts the pages of the frames that follow into a database file; without one they are passed over.</summary>
    public async ValueTask ApplyAsync(Stream frames, FileStream? database, CancellationToken stop)
    {
        var frame = new byte[FrameHeader + PageSize];
        for (var left = Length; left > 0; left -= frame.Length)
        {
            await frames.ReadExactlyAsync(frame, stop);
            var (page, pages) = (BinaryPrimitives.ReadUInt32BigEndian(frame), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)));
            if (page == 0) throw new InvalidDataException("A piece of the history is damaged.");
            if (database is null) continue;
            database.Position = (page - 1L) * PageSize;
            await database.WriteAsync(frame.AsMemory(FrameHeader), stop);
            if (pages > 0 && database.Length != (long)pages * PageSize) database.SetLength((long)pages * PageSize);
        }
    }
}
