using System.Buffers;

namespace Hearth.Resources.Blobs.Sealing;

/// <summary>A sealed content as it was, from some byte on. Each piece is proved before any of it is given.</summary>
/// <param name="stored">What is stored, from the beginning of the first piece on.</param>
/// <param name="form">Opens it.</param>
/// <param name="blob">The blob's key, for people.</param>
/// <param name="first">Number of the first piece.</param>
/// <param name="pieces">How many there are in all.</param>
/// <param name="skip">Bytes of the first piece that are not wanted.</param>
/// <param name="most">Most bytes to give.</param>
internal sealed class OpeningStream(Stream stored, SealedForm form, string blob, long first, long pieces, int skip, long most) : ForwardStream
{
    private readonly byte[] sealedPiece = ArrayPool<byte>.Shared.Rent(SealedForm.SealedPiece);
    private readonly byte[] plain = ArrayPool<byte>.Shared.Rent(SealedForm.PlainPiece);
    private long number = first;
    private long left = most;
    private int skipped = skip;
    private bool closed;

    protected override async ValueTask<bool> NextAsync(CancellationToken stop) =>
        left > 0 && number < pieces && Open(await stored.ReadAtLeastAsync(sealedPiece.AsMemory(0, SealedForm.SealedPiece), SealedForm.SealedPiece, throwOnEndOfStream: false, stop));

    protected override bool Next() =>
        left > 0 && number < pieces && Open(stored.ReadAtLeast(sealedPiece.AsSpan(0, SealedForm.SealedPiece), SealedForm.SealedPiece, throwOnEndOfStream: false));

    public override async ValueTask DisposeAsync()
    {
        await stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            stored.Dispose();
            form.Dispose();
            ArrayPool<byte>.Shared.Return(sealedPiece);
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
            Ready = default;
        }
        base.Dispose(disposing);
    }

    private bool Open(int count)
    {
        var length = form.Open(number, number == pieces - 1, sealedPiece.AsSpan(0, count), plain);
        if (length < 0) throw SealedForm.Broken(blob);
        number++;
        var give = (int)Math.Min(Math.Max(0, length - skipped), left);
        Ready = plain.AsMemory(Math.Min(skipped, length), give);
        (skipped, left) = (0, left - give);
        return true;
    }
}
