using System.Buffers.Binary;
using System.Globalization;
using Hearth.Basics;

namespace Hearth.Data.Sqlite.History;

/// <summary>
/// Copies what commits have added to the write-ahead log into pieces, before the log is moved into the database file and begun anew. Used by the writer's thread
/// only, between commits: everything in the log up to the last commit is durable then.
/// </summary>
/// <param name="file">The database.</param>
/// <param name="folder">Where the pieces go.</param>
/// <param name="left">When the log was written to last before this process opened it; null when there was none.</param>
/// <param name="clock">The clock.</param>
internal sealed class HistoryWriter(string file, string folder, DateTimeOffset? left, TimeProvider clock)
{
    // A file system writes down the time of a write as it was some moments before.
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string log = file + "-wal";
    private HistoryState state = new();
    private (uint First, uint Second) sum;
    private long shippedAt;
    private bool isLogKnown;
    private DateTimeOffset? leftUntil;

    /// <summary>Where the next piece goes.</summary>
    public HistoryPoint Point => new(state.Line, state.Next);

    /// <summary>Goes on with the line that was written before, if nothing has changed the file since; otherwise begins another.</summary>
    public void Start()
    {
        OwnerOnly.MakeFolder(folder);
        var before = HistoryState.Read(folder);
        var header = ReadHeader();
        var goesOn = before is not null && (header is not null && header.FirstSalt == before.FirstSalt && header.SecondSalt == before.SecondSalt
            || header is not null && before.Closed && header.FirstSalt == unchecked(before.FirstSalt + 1)
            || before.Left.Length > 0 && before.Left == HistoryState.LookOf(file));
        state = goesOn ? before! with { Left = "" } : new HistoryState { Line = DateLine() };
        // What a crash has left was committed before it, and not now: a moment in between has all of it.
        leftUntil = goesOn ? left + Coarse : null;
        Ship(closing: false);
        leftUntil = null;
    }

    /// <summary>After a commit: often enough, what is new goes into a piece.</summary>
    public void AfterCommit()
    {
        if (clock.GetElapsedTime(shippedAt) >= Interval) Ship(closing: false);
    }

    /// <summary>Everything that is new goes into a piece now.</summary>
    /// <param name="closing">The log is about to be moved into the file: the piece must be on the disk before that.</param>
    public void Ship(bool closing)
    {
        try
        {
            ShipNew(closing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Nobody's write fails for it. What was not written is tried again; when the log goes before that, the line has ended and another begins.
            if (closing) (state, isLogKnown) = (new HistoryState { Line = DateLine() }, false);
        }
    }

    /// <summary>It is kept no longer: who keeps one later begins another line.</summary>
    public void Forget() => HistoryState.Remove(folder);

    private void ShipNew(bool closing)
    {
        shippedAt = clock.GetTimestamp();
        using var stream = Open();
        var header = stream is null ? null : Header(stream);
        if (stream is not null && header is not null) ShipFrom(stream, header, closing);
        if (closing)
        {
            state = state with { Closed = true };
            state.Write(folder, flush: true);
        }
    }

    /// <summary>After a clean end: whoever opens the file next finds it as it is now.</summary>
    public void End()
    {
        try
        {
            if (new FileInfo(log) is { Exists: true, Length: > 0 }) return;
            state = state with { Left = HistoryState.LookOf(file) };
            state.Write(folder, flush: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The next start begins another line.
        }
    }

    private void ShipFrom(FileStream stream, LogHeader header, bool closing)
    {
        if (header.FirstSalt != state.FirstSalt || header.SecondSalt != state.SecondSalt)
        {
            state = state with { FirstSalt = header.FirstSalt, SecondSalt = header.SecondSalt, Frames = 0 };
            (sum, isLogKnown) = (header.Sum, true);
        }
        else if (!isLogKnown)
        {
            sum = SumOf(stream, header, state.Frames);
            isLogKnown = true;
        }
        var length = LogHeader.FrameHeader + header.PageSize;
        stream.Position = LogHeader.Length + state.Frames * length;
        using var piece = new MemoryStream();
        var (running, last, frames, lastFrames) = (sum, sum, 0L, 0L);
        var frame = new byte[length];
        var lastLength = 0L;
        while (stream.ReadAtLeast(frame, length, throwOnEndOfStream: false) == length)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(8)) != header.FirstSalt || BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(12)) != header.SecondSalt) break;
            running = LogHeader.Add(LogHeader.Add(running, frame.AsSpan(0, 8), header.BigEndian), frame.AsSpan(LogHeader.FrameHeader), header.BigEndian);
            if (running != (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(20)))) break;
            piece.Write(frame);
            frames++;
            // A page count stands in the last frame of a transaction only.
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0) (last, lastFrames, lastLength) = (running, frames, piece.Length);
        }
        if (lastFrames == 0) return;
        piece.SetLength(lastLength);
        Write(piece, header.PageSize, closing);
        sum = last;
        state = state with { Next = state.Next + 1, Frames = state.Frames + lastFrames, Closed = false };
        state.Write(folder, flush: false);
    }

    private void Write(MemoryStream frames, int pageSize, bool flush)
    {
        var name = Path.Combine(folder, state.Line + "." + state.Next.ToString("d12", CultureInfo.InvariantCulture));
        using (var target = OwnerOnly.Create(name + ".part", FileMode.Create))
        {
            var now = clock.GetUtcNow();
            target.Write(new HistoryPiece((leftUntil < now ? leftUntil.Value : now).ToUnixTimeMilliseconds(), state.Next, pageSize, frames.Length).ToBytes());
            frames.WriteTo(target);
            target.Flush(flush);
        }
        File.Move(name + ".part", name + HistoryPiece.Extension, overwrite: true);
    }

    private static (uint First, uint Second) SumOf(FileStream stream, LogHeader header, long frames)
    {
        if (frames == 0) return header.Sum;
        stream.Position = LogHeader.Length + (frames - 1) * (LogHeader.FrameHeader + header.PageSize) + 16;
        var bytes = new byte[8];
        stream.ReadExactly(bytes);
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
    }

    private LogHeader? ReadHeader()
    {
        using var stream = Open();
        return stream is null ? null : Header(stream);
    }

    private static LogHeader? Header(FileStream stream)
    {
        var bytes = new byte[LogHeader.Length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? LogHeader.Read(bytes) : null;
    }

    private FileStream? Open()
    {
        try
        {
            return new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string DateLine() => clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + RandomText.Of(6, RandomText.LowerAlphabet);
}
