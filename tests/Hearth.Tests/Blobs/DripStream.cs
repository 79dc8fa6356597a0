namespace Hearth.Tests.Blobs;

/// <summary>Gives its bytes in odd pieces and tells neither length nor position, as a request's body does.</summary>
internal sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
{
    private int turn;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (turn++ * 7919 % 70_000))], cancellationToken);
}
