using Hearth.Basics;

namespace Hearth.Resources.Blobs;

/// <summary>The next bytes of a stream, up to a number of them; disposing it disposes the stream.</summary>
internal sealed class PartStream(Stream inner, long length) : ReadOnlyStream
{
    private long left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > left) buffer = buffer[..(int)left];
        var count = buffer.IsEmpty ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, (int)Math.Min(count, left));
        left -= read;
        return read;
    }

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
}
