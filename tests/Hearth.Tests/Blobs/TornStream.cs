namespace Hearth.Tests.Blobs;

/// <summary>Gives some bytes and then breaks, as an upload whose client goes away.</summary>
internal sealed class TornStream(int length) : MemoryStream(new byte[length])
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position == Length ? throw new IOException("The client went away.") : base.ReadAsync(buffer, cancellationToken);
}
