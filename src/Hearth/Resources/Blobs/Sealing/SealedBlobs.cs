namespace Hearth.Resources.Blobs.Sealing;

/// <summary>
/// Seals blobs on their way to a place and opens them on their way back. Which were sealed stands beside them, so that both kinds can lie side by side and stay
/// readable whatever is switched on.
/// </summary>
internal sealed class SealedBlobs(BlobStore inner, FileKey key, Func<bool> seals) : BlobStore
{
    /// <inheritdoc/>
    public override string Place => inner.Place;

    /// <inheritdoc/>
    public override bool IsLocal => inner.IsLocal;

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop) =>
        await inner.FindAsync(key, stop) is { } found ? Open(found) : null;

    /// <inheritdoc/>
    public override async ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop)
    {
        if (await inner.FindAsync(key, stop) is not { } found) return null;
        if (found.Seal is not { } mark) return await inner.OpenAsync(key, offset, length, stop);
        var most = Math.Min(length ?? long.MaxValue, SealedForm.PlainLength(found.Length) - offset);
        if (most < 0 || (most == 0 && length == 0)) return Stream.Null;
        var (first, skip) = Math.DivRem(offset, SealedForm.PlainPiece);
        var (begin, pieces) = (first * SealedForm.SealedPiece, SealedForm.Pieces(found.Length));
        // Not more than is needed: a place may count what it gives.
        var end = length is null ? (long?)null : Math.Min(((offset + most + SealedForm.PlainPiece - 1) / SealedForm.PlainPiece) * SealedForm.SealedPiece, found.Length);
        if (begin >= found.Length) return Stream.Null;
        var form = SealedForm.Of(await FilesKeyAsync(stop), key, mark);
        return await inner.OpenAsync(key, begin, end - begin, stop) is { } stored ? new OpeningStream(stored, form, key, first, pieces, (int)skip, most) : null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo> WriteAsync(string key, BlobLabel label, Stream content, CancellationToken stop)
    {
        if (!seals()) return await inner.WriteAsync(key, label, content, stop);
        using var form = SealedForm.New(await FilesKeyAsync(stop), key);
        await using var sealing = new SealingStream(content, form);
        return Open(await inner.WriteAsync(key, label with { Seal = form.Mark }, sealing, stop));
    }

    /// <inheritdoc/>
    public override ValueTask DeleteAsync(string key, CancellationToken stop) => inner.DeleteAsync(key, stop);

    /// <inheritdoc/>
    public override ValueTask DeleteUnderAsync(string prefix, CancellationToken stop) => inner.DeleteUnderAsync(prefix, stop);

    /// <inheritdoc/>
    public override IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken stop) => inner.ListAsync(prefix, stop);

    /// <inheritdoc/>
    public override ValueTask TidyAsync(DateTimeOffset before, CancellationToken stop) => inner.TidyAsync(before, stop);

    private ValueTask<byte[]> FilesKeyAsync(CancellationToken stop) => key.GetAsync(stop);

    private static BlobInfo Open(BlobInfo found) => found.Seal is null ? found : found with { Length = SealedForm.PlainLength(found.Length), Seal = null };
}
