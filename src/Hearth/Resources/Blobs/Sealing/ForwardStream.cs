using Hearth.Basics;

namespace Hearth.Resources.Blobs.Sealing;

/// <summary>A stream that is made while it is read, from its beginning to its end.</summary>
internal abstract class ForwardStream : ReadOnlyStream
{
    /// <summary>What is ready to be read.</summary>
    protected ReadOnlyMemory<byte> Ready { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Ready.IsEmpty)
        {
            if (buffer.IsEmpty || !await NextAsync(cancellationToken)) return 0;
        }
        return Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (Ready.IsEmpty)
        {
            if (count == 0 || !Next()) return 0;
        }
        return Take(buffer.AsSpan(offset, count));
    }

    /// <summary>Makes the next part; false at the end.</summary>
    protected abstract ValueTask<bool> NextAsync(CancellationToken stop);

    /// <summary>The same for readers that cannot wait in another way, such as those of archives.</summary>
    protected abstract bool Next();

    private int Take(Span<byte> target)
    {
        var count = Math.Min(target.Length, Ready.Length);
        Ready.Span[..count].CopyTo(target);
        Ready = Ready[count..];
        return count;
    }
}
