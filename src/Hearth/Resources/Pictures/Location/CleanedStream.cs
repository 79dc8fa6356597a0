using Hearth.Basics;

namespace Hearth.Resources.Pictures.Location;

/// <summary>Reads a stream through <see cref="PhotoParts"/>.</summary>
internal sealed class CleanedStream(Stream inner, PhotoParts parts) : ReadOnlyStream
{
    private byte[] window = new byte[32 * 1024];
    // window[start..end] was read, of which the first `done` bytes may go out; `unseen` bytes after them need no look.
    private int start;
    private int end;
    private int done;
    private long unseen;
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            if (done > 0) return TakeDone(buffer.Span);
            if (unseen > 0) return Passed(await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, unseen)], cancellationToken));
            if (Look()) continue;
            if (ended) return 0;
            Filled(await inner.ReadAsync(Room(), cancellationToken));
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            if (done > 0) return TakeDone(buffer);
            if (unseen > 0) return Passed(inner.Read(buffer[..(int)Math.Min(buffer.Length, unseen)]));
            if (Look()) continue;
            if (ended) return 0;
            Filled(inner.Read(Room().Span));
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int TakeDone(Span<byte> buffer)
    {
        var count = Math.Min(done, buffer.Length);
        window.AsSpan(start, count).CopyTo(buffer);
        (start, done) = (start + count, done - count);
        return count;
    }

    private int Passed(int count)
    {
        unseen = count == 0 ? 0 : unseen - count;
        ended |= count == 0;
        return count;
    }

    // True when something can be handed out.
    private bool Look()
    {
        var length = end - start;
        if (length == 0) return false;
        var looked = parts.Clean(window.AsSpan(start, length), ended);
        if (looked == 0 && ended) looked = length;
        done = (int)Math.Min(looked, length);
        unseen = looked - done;
        return done > 0;
    }

    private Memory<byte> Room()
    {
        if (start > 0)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            (start, end) = (0, end - start);
        }
        if (end == window.Length) Array.Resize(ref window, window.Length * 2);
        return window.AsMemory(end);
    }

    private void Filled(int count)
    {
        end += count;
        ended |= count == 0;
    }
}
