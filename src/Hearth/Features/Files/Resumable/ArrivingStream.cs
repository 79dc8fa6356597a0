namespace Hearth.Features.Files.Resumable;

/// <summary>
/// What a client sends, up to a number of bytes. When the connection breaks it ends like a body that was complete: what came is kept, and the client goes on from there.
/// </summary>
internal sealed class ArrivingStream(Stream body, long most, CancellationToken gone) : Stream
{
    /// <summary>Bytes that came.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Count >= most || buffer.IsEmpty) return 0;
        try
        {
            var count = await body.ReadAsync(buffer.Length > most - Count ? buffer[..(int)(most - Count)] : buffer, gone);
            Count += count;
            return count;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read without blocking.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
