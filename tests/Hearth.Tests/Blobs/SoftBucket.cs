using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Hearth.Resources.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Blobs;

/// <summary>
/// An object store in this process that can be made to misbehave. It speaks as much of the S3 protocol as is asked here; the real thing is in
/// <c>tests/sdk/files/s3.test.mjs</c>.
/// </summary>
internal sealed class SoftBucket : IAsyncDisposable
{
    public const string Name = "things";
    private readonly WebApplication web;

    private SoftBucket(WebApplication web) => this.web = web;

    public sealed record Thing(byte[] Bytes, string Type, IReadOnlyDictionary<string, string> Metadata, DateTimeOffset Modified)
    {
        public string Tag { get; } = '"' + Convert.ToHexStringLower(MD5.HashData(Bytes)) + '"';
    }

    public ConcurrentDictionary<string, Thing> Things { get; } = new();

    public ConcurrentDictionary<string, Upload> Uploads { get; } = new();

    /// <summary>Requests so far, as method and path with query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers a request in place of the store; true when it did.</summary>
    public Func<HttpContext, Task<bool>> Trouble { get; set; } = _ => Task.FromResult(false);

    public S3Settings Settings => new() { Enabled = true, Bucket = Name, Region = "us-east-1", Endpoint = web.Urls.First(), AccessKey = "key", Secret = "secret", ForcePathStyle = true };

    public static async Task<SoftBucket> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var bucket = new SoftBucket(web);
        web.Run(bucket.AnswerAsync);
        await web.StartAsync();
        return bucket;
    }

    public static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        return http.Request.Method == "HEAD" ? Task.CompletedTask : http.Response.WriteAsync(new XElement("Error", new XElement("Code", code), new XElement("Message", "It is so.")).ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(new CancellationToken(canceled: true));
        await web.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (request, query) = (http.Request, http.Request.Query);
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        if (await Trouble(http)) return;
        var parts = request.Path.Value!.TrimStart('/').Split('/', 2);
        var key = parts.Length == 2 ? parts[1] : "";
        if (parts[0] != Name) await RefuseAsync(http, 404, "NoSuchBucket");
        else if (key.Length == 0) await (query.ContainsKey("uploads") ? UploadsAsync(http) : query.ContainsKey("delete") ? DeleteAsync(http) : ListAsync(http));
        else if (request.Method is "GET" or "HEAD") await GetAsync(http, key);
        else if (request.Method == "POST") await (query.ContainsKey("uploads") ? BeginAsync(http, key) : EndAsync(http, key));
        else if (request.Method == "PUT") await PutAsync(http, key);
        else
        {
            if (query.TryGetValue("uploadId", out var id)) Uploads.TryRemove(id!, out _);
            else Things.TryRemove(key, out _);
            http.Response.StatusCode = 204;
        }
    }

    private async Task GetAsync(HttpContext http, string key)
    {
        if (!Things.TryGetValue(key, out var thing))
        {
            await RefuseAsync(http, 404, "NoSuchKey");
            return;
        }
        foreach (var (name, value) in thing.Metadata) http.Response.Headers[name] = value;
        http.Response.Headers.LastModified = thing.Modified.ToString("R", CultureInfo.InvariantCulture);
        await Results.Bytes(thing.Bytes, thing.Type, enableRangeProcessing: true, entityTag: new(thing.Tag)).ExecuteAsync(http);
    }

    private async Task PutAsync(HttpContext http, string key)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.Query.TryGetValue("uploadId", out var id))
        {
            if (!Uploads.TryGetValue(id!, out var upload))
            {
                await RefuseAsync(http, 404, "NoSuchUpload");
                return;
            }
            upload.Parts[int.Parse(http.Request.Query["partNumber"]!, CultureInfo.InvariantCulture)] = body.ToArray();
            http.Response.Headers.ETag = '"' + Convert.ToHexStringLower(MD5.HashData(body.ToArray())) + '"';
            return;
        }
        var thing = Things[key] = new Thing(body.ToArray(), http.Request.ContentType!, MetadataOf(http), DateTimeOffset.UtcNow);
        http.Response.Headers.ETag = thing.Tag;
    }

    private Task BeginAsync(HttpContext http, string key)
    {
        var id = Guid.NewGuid().ToString("n");
        Uploads[id] = new Upload(key, http.Request.ContentType!, MetadataOf(http), DateTimeOffset.UtcNow);
        return SendAsync(http, new XElement("InitiateMultipartUploadResult", new XElement("Bucket", Name), new XElement("Key", key), new XElement("UploadId", id)));
    }

    private async Task EndAsync(HttpContext http, string key)
    {
        if (!Uploads.TryRemove(http.Request.Query["uploadId"]!, out var upload))
        {
            await RefuseAsync(http, 404, "NoSuchUpload");
            return;
        }
        Things[key] = new Thing([.. upload.Parts.OrderBy(part => part.Key).SelectMany(part => part.Value)], upload.Type, upload.Metadata, DateTimeOffset.UtcNow);
        await SendAsync(http, new XElement("CompleteMultipartUploadResult", new XElement("Bucket", Name), new XElement("Key", key), new XElement("ETag", "\"whole-2\"")));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var asked = await XElement.LoadAsync(http.Request.Body, LoadOptions.None, default);
        foreach (var key in asked.Descendants().Where(e => e.Name.LocalName == "Key")) Things.TryRemove(key.Value, out _);
        await SendAsync(http, new XElement("DeleteResult"));
    }

    private Task ListAsync(HttpContext http)
    {
        var (prefix, after) = ((string?)http.Request.Query["prefix"] ?? "", (string?)http.Request.Query["continuation-token"] ?? "");
        // Small pages, so that every list here has more than one.
        var found = Things.Where(thing => thing.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(thing.Key, after) > 0).OrderBy(thing => thing.Key, StringComparer.Ordinal).Take(3).ToList();
        var page = found.Take(2).ToList();
        return SendAsync(http, new XElement("ListBucketResult",
            new XElement("Name", Name), new XElement("IsTruncated", found.Count > 2 ? "true" : "false"),
            found.Count > 2 ? new XElement("NextContinuationToken", page[^1].Key) : null,
            page.Select(thing => new XElement("Contents", new XElement("Key", thing.Key), new XElement("Size", thing.Value.Bytes.Length), new XElement("LastModified", thing.Value.Modified.ToString("O"))))));
    }

    private Task UploadsAsync(HttpContext http) => SendAsync(http, new XElement("ListMultipartUploadsResult", new XElement("IsTruncated", "false"),
        Uploads.Select(upload => new XElement("Upload", new XElement("Key", upload.Value.Key), new XElement("UploadId", upload.Key), new XElement("Initiated", upload.Value.Begun.ToString("O"))))));

    private static Task SendAsync(HttpContext http, XElement xml)
    {
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(xml.ToString());
    }

    private static Dictionary<string, string> MetadataOf(HttpContext http) =>
        http.Request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key, header => header.Value.ToString());

    public sealed record Upload(string Key, string Type, IReadOnlyDictionary<string, string> Metadata, DateTimeOffset Begun)
    {
        public ConcurrentDictionary<int, byte[]> Parts { get; } = new();
    }
}
