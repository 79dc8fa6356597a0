using Amazon.S3;
using Amazon.S3.Model;
using Hearth.Basics;

namespace Hearth.Resources.Blobs.S3;

/// <summary>The bytes of an object as they come. When the store stalls or the connection breaks, the rest is asked for again, as long as it is the same object.</summary>
internal sealed class S3Reader : ReadOnlyStream
{
    private readonly S3Place place;
    private readonly string key;
    private readonly string tag;
    private readonly long? end;
    private GetObjectResponse response;
    private CancellationTokenSource limit = new();
    private long next;
    private int repeated;

    private S3Reader(S3Place place, string key, long offset, long? length, GetObjectResponse response) =>
        (this.place, this.key, next, end, this.response, tag) = (place, key, offset, offset + length, response, response.ETag);

    /// <summary>Begins to read; null when there is no such object.</summary>
    public static async ValueTask<Stream?> OpenAsync(S3Place place, string key, long offset, long? length, CancellationToken stop)
    {
        try
        {
            var response = await AskAsync(place, key, offset, offset + length, null, stop);
            return response is null ? null : new S3Reader(place, key, offset, length, response);
        }
        catch (BlobException e) when (e.InnerException is AmazonS3Exception refused && S3Errors.IsBehindEnd(refused))
        {
            return Null;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var count = await ReadSoonAsync(buffer, cancellationToken);
                next += count;
                return count;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && S3Errors.Explain(e, place) is { } broken)
            {
                if (repeated++ >= place.Patience.Repetitions) throw broken;
                response.Dispose();
                response = await AskAsync(place, key, next, end, tag, cancellationToken) ?? throw broken;
            }
        }
    }

    // Only for those who cannot wait in another way, such as readers of archives.
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = response.ResponseStream.Read(buffer, offset, count);
        next += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
            limit.Dispose();
        }
        base.Dispose(disposing);
    }

    private static Task<GetObjectResponse?> AskAsync(S3Place place, string key, long offset, long? end, string? tag, CancellationToken stop)
    {
        var request = new GetObjectRequest { BucketName = place.Bucket, Key = key, EtagToMatch = tag };
        if (offset > 0 || end is not null) request.ByteRange = end is { } last ? new ByteRange(offset, last - 1) : new ByteRange($"bytes={offset}-");
        return place.AskAsync(place.Patience.Question, time => place.Client.GetObjectAsync(request, time), stop);
    }

    private async ValueTask<int> ReadSoonAsync(Memory<byte> buffer, CancellationToken stop)
    {
        if (!limit.TryReset())
        {
            limit.Dispose();
            limit = new CancellationTokenSource();
        }
        limit.CancelAfter(place.Patience.Read);
        await using var stopped = stop.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit);
        return await response.ResponseStream.ReadAsync(buffer, limit.Token);
    }
}
