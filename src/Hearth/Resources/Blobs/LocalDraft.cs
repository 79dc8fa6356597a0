using System.Buffers;
using System.Security.Cryptography;
using Hearth.Basics;

namespace Hearth.Resources.Blobs;

/// <summary>A blob that is being written, in a folder where nobody looks for blobs; it gets its name when all of it is on the disk. Disposing it removes what has none.</summary>
internal sealed class LocalDraft(string drafts) : IDisposable
{
    private const int PieceLength = 128 * 1024;
    // How often somebody else may remove a folder, because it was empty, just before something is put into it.
    private const int MostTries = 5;

    private readonly string content = Path.Combine(drafts, RandomText.Of(20, RandomText.LowerAlphabet));
    private bool placed;

    private string Attributes => content + BlobAttributes.Extension;

    /// <summary>Takes all that a stream gives, hashing it. Errors of the stream pass as they are.</summary>
    public async ValueTask<BlobDigest> FillAsync(Stream from, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            await using var file = Create(content);
            var length = 0L;
            for (int count; (count = await from.ReadAsync(piece.AsMemory(0, PieceLength), stop)) > 0; length += count)
            {
                hash.AppendData(piece, 0, count);
                try
                {
                    await file.WriteAsync(piece.AsMemory(0, count), stop);
                }
                catch (Exception e) when (LocalDisk.IsOfDisk(e))
                {
                    throw LocalDisk.Explain(e);
                }
            }
            Flush(file);
            return new BlobDigest(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Gives it its name, with its attributes beside it; returns when both are on the disk. What had the name before is replaced.</summary>
    public async ValueTask PlaceAsync(string file, BlobAttributes attributes, CancellationToken stop)
    {
        var folder = Path.GetDirectoryName(file)!; // below the folder of the store
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (!File.Exists(Attributes)) await WriteAsync(attributes, stop);
                LocalDisk.Make(folder);
                // Attributes without a content are nothing; a content without attributes would be of an unknown type.
                File.Move(Attributes, file + BlobAttributes.Extension, overwrite: true);
                File.Move(content, file, overwrite: true);
                LocalDisk.Flush(folder);
                placed = true;
                return;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && tries < MostTries && File.Exists(content))
            {
            }
            catch (Exception e) when (LocalDisk.IsOfDisk(e))
            {
                throw LocalDisk.Explain(e);
            }
        }
    }

    public void Dispose()
    {
        if (placed) return;
        try
        {
            File.Delete(content);
            File.Delete(Attributes);
        }
        catch (Exception e) when (LocalDisk.IsOfDisk(e))
        {
            // Tidying removes what stays.
        }
    }

    private async ValueTask WriteAsync(BlobAttributes attributes, CancellationToken stop)
    {
        await using var file = Create(Attributes);
        await file.WriteAsync(attributes.ToBytes(), stop);
        file.Flush(flushToDisk: true);
    }

    private FileStream Create(string path)
    {
        try
        {
            LocalDisk.Make(drafts);
            return OwnerOnly.Create(path, FileMode.CreateNew, bufferSize: 0, options: FileOptions.Asynchronous);
        }
        catch (Exception e) when (LocalDisk.IsOfDisk(e))
        {
            throw LocalDisk.Explain(e);
        }
    }

    private static void Flush(FileStream file)
    {
        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (LocalDisk.IsOfDisk(e))
        {
            throw LocalDisk.Explain(e);
        }
    }
}
