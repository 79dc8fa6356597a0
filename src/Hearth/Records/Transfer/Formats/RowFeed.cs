namespace Hearth.Records.Transfer.Formats;

/// <summary>Rows of a file, of which the first can be looked at before they are taken.</summary>
internal sealed class RowFeed(RowSource source, CancellationToken stop) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SourceRow> rows = source.ReadAsync(stop).GetAsyncEnumerator(stop);
    private readonly Queue<SourceRow> peeked = new();

    /// <summary>See <see cref="RowSource.TextOnly"/>.</summary>
    public bool TextOnly => source.TextOnly;

    /// <summary>The first rows, at most so many; they are still to be taken.</summary>
    public async ValueTask<IReadOnlyCollection<SourceRow>> PeekAsync(int most)
    {
        while (peeked.Count < most && await rows.MoveNextAsync()) peeked.Enqueue(rows.Current);
        return peeked;
    }

    /// <summary>Takes the next row; null at the end.</summary>
    public async ValueTask<SourceRow?> NextAsync()
    {
        if (peeked.TryDequeue(out var row)) return row;
        return await rows.MoveNextAsync() ? rows.Current : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
