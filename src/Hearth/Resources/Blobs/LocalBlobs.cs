using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hearth.Resources.Blobs;

/// <summary>Blobs as files below a folder, each with its attributes beside it.</summary>
public sealed class LocalBlobs(string folder) : BlobStore
{
    private const string OriginalName = "original-filename";
    private const int PieceLength = 64 * 1024;

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop)
    {
        var file = PathOf(key);
        return File.Exists(file) ? await DescribeAsync(key, file, stop) : null;
    }

    /// <inheritdoc/>
    public override ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop)
    {
        try
        {
            var stream = new FileStream(PathOf(key), new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
            stream.Position = offset;
            return new ValueTask<Stream?>(length is { } most ? new PartStream(stream, most) : stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ValueTask<Stream?>((Stream?)null);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<BlobInfo> WriteAsync(string key, BlobLabel label, Stream content, CancellationToken stop)
    {
        var file = PathOf(key);
        var draft = $"{file}.{Guid.NewGuid():n}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var (md5, sha256) = await CopyAsync(content, draft, stop);
            var attributes = new BlobAttributes
            {
                ContentType = label.ContentType,
                Metadata = label.OriginalName is { } name ? new Dictionary<string, string> { [OriginalName] = name } : null,
                Md5 = Convert.ToBase64String(md5),
                Sha256 = Convert.ToHexStringLower(sha256),
            };
            await using (var beside = new FileStream(file + BlobAttributes.Extension, FileMode.Create, FileAccess.Write))
            {
                await JsonSerializer.SerializeAsync(beside, attributes, AttributesJson.Default.BlobAttributes, stop);
                beside.Flush(flushToDisk: true);
            }
            File.Move(draft, file, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
        return await DescribeAsync(key, file, stop);
    }

    /// <inheritdoc/>
    public override ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        var file = PathOf(key);
        if (!Directory.Exists(Path.GetDirectoryName(file))) return ValueTask.CompletedTask;
        File.Delete(file);
        File.Delete(file + BlobAttributes.Extension);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DeleteUnderAsync(string prefix, CancellationToken stop)
    {
        var place = FolderOf(prefix);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
    {
        var place = FolderOf(prefix);
        if (!Directory.Exists(place)) yield break;
        foreach (var file in Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith(BlobAttributes.Extension, StringComparison.Ordinal) || file.EndsWith(".part", StringComparison.Ordinal)) continue;
            yield return await DescribeAsync(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), file, stop);
        }
    }

    private static async ValueTask<BlobInfo> DescribeAsync(string key, string file, CancellationToken stop)
    {
        var found = new FileInfo(file);
        var attributes = await BlobAttributes.ReadAsync(file, stop) ?? new BlobAttributes();
        return new BlobInfo(key, found.Length, found.LastWriteTimeUtc)
        {
            ContentType = attributes.ContentType.Length == 0 ? BlobInfo.UnknownType : attributes.ContentType,
            OriginalName = attributes.Metadata?.GetValueOrDefault(OriginalName),
            Hash = attributes.Sha256,
        };
    }

    private static async ValueTask<(byte[] Md5, byte[] Sha256)> CopyAsync(Stream content, string draft, CancellationToken stop)
    {
        // MD5 protects nothing here: it is the checksum that the layout of such folders asks for.
#pragma warning disable CA5351
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
        var piece = new byte[PieceLength];
        int count;
        while ((count = await content.ReadAsync(piece, stop)) > 0)
        {
            md5.AppendData(piece, 0, count);
            sha256.AppendData(piece, 0, count);
            await target.WriteAsync(piece.AsMemory(0, count), stop);
        }
        target.Flush(flushToDisk: true);
        return (md5.GetHashAndReset(), sha256.GetHashAndReset());
    }

    private string FolderOf(string prefix)
    {
        if (prefix.Length == 0) return folder;
        return prefix.EndsWith('/') ? PathOf(prefix[..^1]) : throw Invalid(prefix);
    }

    private string PathOf(string key)
    {
        foreach (var part in key.Split('/'))
        {
            if (part.Length == 0 || part is "." or ".." || part.AsSpan().ContainsAny('\\', '\0')) throw Invalid(key);
        }
        return Path.Combine(folder, key.Replace('/', Path.DirectorySeparatorChar));
    }

    private static BlobException Invalid(string key) => new(BlobProblem.InvalidKey, $"No blob can have the key {key}.");
}
