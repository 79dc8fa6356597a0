using Hearth.Resources.Blobs;
using Hearth.Resources.Pictures;
using Hearth.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;

namespace Hearth.Tests.Pictures;

/// <summary>Files in a folder of their own, and what makes pictures of them.</summary>
internal sealed class PictureDesk : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-pictures-").FullName;

    public PictureDesk(PictureLimits? limits = null, TimeProvider? clock = null)
    {
        Files = new LocalBlobs(folder);
        Pictures = new Resources.Pictures.Pictures(() => Files, limits ?? new PictureLimits(), clock ?? TimeProvider.System, NullLogger<Resources.Pictures.Pictures>.Instance);
    }

    public BlobStore Files { get; }

    public Resources.Pictures.Pictures Pictures { get; }

    public Task<BlobInfo> StoreAsync(string name, string type, byte[] content) =>
        Files.WriteAsync($"collection12345/record123456789/{name}", new BlobLabel(type), new MemoryStream(content), default).AsTask();

    public async Task<byte[]> ReadAsync(BlobInfo blob)
    {
        await using var stream = await Files.OpenAsync(blob.Key, 0, null, default) ?? throw new InvalidOperationException($"{blob.Key} is not there");
        var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    public ValueTask<BlobInfo?> ThumbAsync(BlobInfo original, string size, string? format = null, string? quality = null, string? focus = null, CancellationToken stop = default) =>
        Pictures.ThumbAsync(original, new FileField { Name = "photo", Thumbs = [size] }, ThumbQuery.Read(size, format, quality, focus).Value!, stop);

    /// <summary>The picture made of a file, decoded; null when the original is to be served.</summary>
    public async Task<Image?> PictureAsync(BlobInfo original, string size, string? format = null, string? quality = null, string? focus = null) =>
        await ThumbAsync(original, size, format, quality, focus) is { } thumb ? Image.NewFromBuffer(await ReadAsync(thumb)) : null;

    public async ValueTask DisposeAsync()
    {
        await Pictures.EndAsync(default);
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
