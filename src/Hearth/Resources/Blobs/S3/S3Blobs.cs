using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Blobs.S3;

/// <summary>
/// Blobs as objects of a bucket: the type in the object's header, the name that it had in <c>original-filename</c> (contract 14.6), the hash beside it. What may
/// pass is tried again; everything ends within the <see cref="S3Patience"/>.
/// </summary>
internal sealed class S3Blobs(S3Settings settings, S3Patience? patience = null) : BlobStore
{
    private const int MostKeysAtOnce = 1000;

    private readonly S3Place place = new(settings, patience ?? new S3Patience());

    /// <inheritdoc/>
    public override string Place => place.ToString();

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop)
    {
        BlobKey.Check(key);
        var request = new GetObjectMetadataRequest { BucketName = place.Bucket, Key = key };
        var found = await place.AskAsync(place.Patience.Question, time => place.Client.GetObjectMetadataAsync(request, time), stop);
        return found is null ? null : S3Label.Read(key, found.ContentLength, found.LastModified, found.Headers.ContentType, found.Metadata);
    }

    /// <inheritdoc/>
    public override async ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop)
    {
        BlobKey.Check(key);
        if (length == 0) return await FindAsync(key, stop) is null ? null : Stream.Null;
        return await S3Reader.OpenAsync(place, key, offset, length, stop);
    }

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo> WriteAsync(string key, BlobLabel label, Stream content, CancellationToken stop)
    {
        BlobKey.Check(key);
        return await new S3Writer(place, key, label).WriteAsync(content, stop);
    }

    /// <inheritdoc/>
    public override async ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        BlobKey.Check(key);
        var request = new DeleteObjectRequest { BucketName = place.Bucket, Key = key };
        await place.AskAsync(place.Patience.Question, time => place.Client.DeleteObjectAsync(request, time), stop);
    }

    /// <inheritdoc/>
    public override async ValueTask DeleteUnderAsync(string prefix, CancellationToken stop)
    {
        BlobKey.CheckPrefix(prefix);
        if (prefix.Length == 0) throw BlobKey.Invalid(prefix);
        var keys = new List<KeyVersion>(MostKeysAtOnce);
        await foreach (var blob in ListAsync(prefix, stop))
        {
            keys.Add(new KeyVersion { Key = blob.Key });
            if (keys.Count == MostKeysAtOnce) await RemoveAsync(keys, stop);
        }
        if (keys.Count > 0) await RemoveAsync(keys, stop);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
    {
        BlobKey.CheckPrefix(prefix);
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = prefix, MaxKeys = MostKeysAtOnce };
        ListObjectsV2Response page;
        do
        {
            page = await place.DoAsync(place.Patience.Question, time => place.Client.ListObjectsV2Async(request, time), stop);
            foreach (var found in page.S3Objects) yield return new BlobInfo(found.Key, found.Size, found.LastModified.ToUniversalTime());
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated);
    }

    /// <inheritdoc/>
    public override async ValueTask TidyAsync(DateTimeOffset before, CancellationToken stop)
    {
        var request = new ListMultipartUploadsRequest { BucketName = place.Bucket };
        ListMultipartUploadsResponse page;
        try
        {
            do
            {
                page = await place.DoAsync(place.Patience.Question, time => place.Client.ListMultipartUploadsAsync(request, time), stop);
                foreach (var upload in page.MultipartUploads.Where(upload => upload.Initiated.ToUniversalTime() < before))
                {
                    var abort = new AbortMultipartUploadRequest { BucketName = place.Bucket, Key = upload.Key, UploadId = upload.UploadId };
                    await place.AskAsync(place.Patience.Question, time => place.Client.AbortMultipartUploadAsync(abort, time), stop);
                }
                (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            }
            while (page.IsTruncated);
        }
        catch (BlobException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed })
        {
            // Such a store removes them itself.
        }
    }

    private async Task RemoveAsync(List<KeyVersion> keys, CancellationToken stop)
    {
        var request = new DeleteObjectsRequest { BucketName = place.Bucket, Objects = [.. keys], Quiet = true };
        await place.DoAsync(place.Patience.Part, time => place.Client.DeleteObjectsAsync(request, time), stop);
        keys.Clear();
    }
}
