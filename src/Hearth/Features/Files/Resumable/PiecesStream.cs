using Hearth.Basics;
using Hearth.Resources.Blobs;

namespace Hearth.Features.Files.Resumable;

/// <summary>Blobs one after the other, each opened when its turn comes.</summary>
internal sealed class PiecesStream(BlobStore store, IReadOnlyList<string> keys) : ReadOnlyStream
{
    private int next;
    private Stream? current;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (current is not null && await current.ReadAsync(buffer, cancellationToken) is > 0 and var count) return count;
            if (current is not null) await current.DisposeAsync();
            current = null;
            if (next == keys.Count) return 0;
            current = await store.OpenAsync(keys[next], 0, null, cancellationToken) ?? throw new BlobException(BlobProblem.Unavailable, $"The piece {keys[next]} of an upload is gone.");
            next++;
        }
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Blobs are read without blocking.");

    public override async ValueTask DisposeAsync()
    {
        if (current is not null) await current.DisposeAsync();
        current = null;
        await base.DisposeAsync();
    }
}
