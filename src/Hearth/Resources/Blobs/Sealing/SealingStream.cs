using System.Buffers;

namespace Hearth.Resources.Blobs.Sealing;

/// <summary>A content as it is stored sealed. It reads one piece ahead, to know which is the last.</summary>
internal sealed class SealingStream(Stream content, SealedForm form) : ForwardStream
{
    private byte[] now = ArrayPool<byte>.Shared.Rent(SealedForm.PlainPiece);
    private byte[] next = ArrayPool<byte>.Shared.Rent(SealedForm.PlainPiece);
    private readonly byte[] made = ArrayPool<byte>.Shared.Rent(SealedForm.SealedPiece);
    private int count = -1;
    private long number;
    private bool ended;

    protected override async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        if (ended) return false;
        if (count < 0) count = await content.ReadAtLeastAsync(now.AsMemory(0, SealedForm.PlainPiece), SealedForm.PlainPiece, throwOnEndOfStream: false, stop);
        return Make(count < SealedForm.PlainPiece ? 0 : await content.ReadAtLeastAsync(next.AsMemory(0, SealedForm.PlainPiece), SealedForm.PlainPiece, throwOnEndOfStream: false, stop));
    }

    protected override bool Next()
    {
        if (ended) return false;
        if (count < 0) count = content.ReadAtLeast(now.AsSpan(0, SealedForm.PlainPiece), SealedForm.PlainPiece, throwOnEndOfStream: false);
        return Make(count < SealedForm.PlainPiece ? 0 : content.ReadAtLeast(next.AsSpan(0, SealedForm.PlainPiece), SealedForm.PlainPiece, throwOnEndOfStream: false));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && now.Length > 0)
        {
            foreach (var piece in (byte[][])[now, next, made]) ArrayPool<byte>.Shared.Return(piece, clearArray: true);
            (now, next, ended, Ready) = ([], [], true, default);
        }
        base.Dispose(disposing);
    }

    private bool Make(int following)
    {
        ended = following == 0;
        Ready = made.AsMemory(0, form.Seal(number++, ended, now.AsSpan(0, count), made));
        (now, next, count) = (next, now, following);
        return true;
    }
}
