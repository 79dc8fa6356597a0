using System.Buffers;
using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Hearth.Resources.Blobs.S3;

/// <summary>
/// Writes one object: small ones at once, others in parts of which one is sent while the next is read. The object appears with the last request, or not at all.
/// </summary>
internal sealed class S3Writer(S3Place place, string key, BlobLabel label)
{
    /// <summary>Bytes of a part. Stores take 10,000 parts of at least 5 MiB: this makes 78 GiB of what tells no length.</summary>
    public const int PartLength = 8 << 20;

    private const int MostParts = 10_000;
    private const int PieceLength = 128 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<PartETag> parts = [];
    private string? known;
    private long length;

    /// <summary>Takes all that a stream gives. Errors of the stream pass as they are.</summary>
    public async ValueTask<BlobInfo> WriteAsync(Stream content, CancellationToken stop)
    {
        var left = content.CanSeek ? content.Length - content.Position : (long?)null;
        var partLength = left is { } all && all / MostParts >= PartLength ? (int)Math.Min((all / MostParts) + 1, Array.MaxLength) : PartLength;
        // One byte more than there is shows the end.
        var most = (int)Math.Min(left + 1 ?? partLength, partLength);
        var first = ArrayPool<byte>.Shared.Rent(most);
        using (hash)
        {
            try
            {
                // Metadata goes before the content: what can be read twice is hashed first.
                if (left >= partLength) known = await HashAsync(content, stop);
                var count = await FillAsync(content, first, most, stop);
                if (count > left) throw new IOException("The content is longer than it said.");
                if (count < partLength) await PutAsync(first, count, stop);
                else await PutPartsAsync(content, first, partLength, stop);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(first);
            }
            return new BlobInfo(key, length, DateTimeOffset.UtcNow) { ContentType = label.ContentType, OriginalName = label.OriginalName, Hash = known ?? Convert.ToHexStringLower(hash.GetHashAndReset()), Seal = label.Seal };
        }
    }

    private async Task PutAsync(byte[] bytes, int count, CancellationToken stop)
    {
        var request = new PutObjectRequest { BucketName = place.Bucket, Key = key, ContentType = label.ContentType, InputStream = new MemoryStream(bytes, 0, count), AutoCloseStream = false, UseChunkEncoding = false };
        S3Label.Write(request.Metadata, label, known = Convert.ToHexStringLower(hash.GetHashAndReset()));
        await place.DoAsync(place.Patience.Part, time => place.Client.PutObjectAsync(request, time), stop);
    }

    private async Task PutPartsAsync(Stream content, byte[] first, int partLength, CancellationToken stop)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = key, ContentType = label.ContentType };
        S3Label.Write(begin.Metadata, label, known);
        var upload = (await place.DoAsync(place.Patience.Question, time => place.Client.InitiateMultipartUploadAsync(begin, time), stop)).UploadId;
        var second = ArrayPool<byte>.Shared.Rent(partLength);
        var sending = Task.CompletedTask;
        try
        {
            var (full, free) = (first, second);
            for (var count = partLength; count > 0; (full, free) = (free, full))
            {
                if (parts.Count == MostParts) throw new BlobException(BlobProblem.Full, $"The object {key} is too large for the store.");
                await sending;
                sending = PutPartAsync(upload, full, count, stop);
                count = count < partLength ? 0 : await FillAsync(content, free, partLength, stop);
            }
            await sending;
            var end = new CompleteMultipartUploadRequest { BucketName = place.Bucket, Key = key, UploadId = upload, PartETags = parts };
            await place.DoAsync(place.Patience.Part, time => place.Client.CompleteMultipartUploadAsync(end, time), stop);
        }
        catch
        {
            // Not before the buffer is no longer read.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await AbortAsync(upload);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(second);
        }
    }

    private async Task PutPartAsync(string upload, byte[] bytes, int count, CancellationToken stop)
    {
        var request = new UploadPartRequest
        {
            BucketName = place.Bucket, Key = key, UploadId = upload, PartNumber = parts.Count + 1, PartSize = count, InputStream = new MemoryStream(bytes, 0, count), UseChunkEncoding = false,
        };
        var sent = await place.DoAsync(place.Patience.Part, time => place.Client.UploadPartAsync(request, time), stop);
        parts.Add(new PartETag(request.PartNumber, sent.ETag));
    }

    // Also when the one who wrote has gone: parts that nobody ends are paid for.
    private async Task AbortAsync(string upload)
    {
        var request = new AbortMultipartUploadRequest { BucketName = place.Bucket, Key = key, UploadId = upload };
        try
        {
            await place.AskAsync(place.Patience.Question, time => place.Client.AbortMultipartUploadAsync(request, time), CancellationToken.None);
        }
        catch (BlobException)
        {
            // Tidying does it another day.
        }
    }

    private async ValueTask<int> FillAsync(Stream content, byte[] bytes, int most, CancellationToken stop)
    {
        var count = await content.ReadAtLeastAsync(bytes.AsMemory(0, most), most, throwOnEndOfStream: false, stop);
        if (known is null) hash.AppendData(bytes, 0, count);
        length += count;
        return count;
    }

    private async ValueTask<string> HashAsync(Stream content, CancellationToken stop)
    {
        var start = content.Position;
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            for (int count; (count = await content.ReadAsync(piece, stop)) > 0;) hash.AppendData(piece, 0, count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        content.Position = start;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
