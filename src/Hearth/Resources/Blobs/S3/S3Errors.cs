using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;

namespace Hearth.Resources.Blobs.S3;

/// <summary>What an object store's refusals mean.</summary>
internal static class S3Errors
{
    // Of the stores that have an end: MinIO, Ceph, those with quotas.
    private static readonly string[] FullCodes = ["XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded", "InsufficientStorage", "InsufficientCapacity"];

    /// <summary>There is no such object. A missing bucket is an outage: a question about it would else say that all files are gone.</summary>
    public static bool IsMissing(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket";

    /// <summary>The bytes that were asked for are behind the end.</summary>
    public static bool IsBehindEnd(AmazonS3Exception e) => e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>An error in the words of <see cref="BlobException"/>; null for one that comes from elsewhere.</summary>
    public static BlobException? Explain(Exception e, S3Place place) => e switch
    {
        BlobException blob => blob,
        AmazonS3Exception { StatusCode: HttpStatusCode.InsufficientStorage } s3 => Full(s3, place),
        AmazonS3Exception s3 when FullCodes.Contains(s3.ErrorCode) => Full(s3, place),
        AmazonS3Exception s3 => new BlobException(BlobProblem.Unavailable, $"{place} refused: {Words(s3)}", s3),
        OperationCanceledException or TimeoutException => new BlobException(BlobProblem.Unavailable, $"{place} did not answer in time.", e),
        AmazonClientException or HttpRequestException or IOException or XmlException or System.Net.Sockets.SocketException or WebException =>
            new BlobException(BlobProblem.Unavailable, $"{place} cannot be reached: {(e.InnerException ?? e).Message}", e),
        _ => null,
    };

    private static BlobException Full(AmazonS3Exception e, S3Place place) => new(BlobProblem.Full, $"{place} is full: {Words(e)}", e);

    private static string Words(AmazonS3Exception e) => string.IsNullOrEmpty(e.ErrorCode) ? $"{(int)e.StatusCode} {e.Message}" : $"{e.ErrorCode}: {e.Message}";
}
