using System.Buffers;

namespace Hearth.Basics;

/// <summary>A growing run of bytes in an array of the shared pool. Its owner disposes it; it can then be used again.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;
    private byte[] array = [];
    private int length;

    /// <summary>Bytes written so far.</summary>
    public int Length => length;

    /// <summary>What was written; good until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => array.AsMemory(0, length);

    /// <inheritdoc/>
    public void Advance(int count) => length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsSpan(length);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(array.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>Forgets the bytes and keeps the array.</summary>
    public void Clear() => length = 0;

    /// <summary>Forgets the bytes and gives the array back to the pool.</summary>
    public void Dispose()
    {
        length = 0;
        if (array.Length == 0) return;
        ArrayPool<byte>.Shared.Return(array);
        array = [];
    }

    private void Reserve(int wanted)
    {
        wanted = Math.Max(wanted, 1);
        if (array.Length - length >= wanted) return;
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(FirstSize, array.Length > 1 << 29 ? array.Length : array.Length * 2), checked(length + wanted)));
        array.AsSpan(0, length).CopyTo(grown);
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
        array = grown;
    }
}
