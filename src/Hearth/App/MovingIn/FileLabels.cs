using System.Security.Cryptography;
using Hearth.App.MovingIn.Source;
using Hearth.Basics.Media;
using Hearth.Basics;
using Hearth.Resources.Blobs;

namespace Hearth.App.MovingIn;

/// <summary>
/// Puts beside files that were copied what uploads of Hearth have beside them: the hash of the content, and the type of what had no attributes, which would be
/// served as bytes of any kind otherwise (contract 14.6).
/// </summary>
/// <param name="folder">The new data folder.</param>
/// <param name="files">Which files.</param>
internal sealed class FileLabels(string folder, SourceFiles files)
{
    /// <summary>Does it; what has a hash already is passed over. Returns how many had no type.</summary>
    public async Task<long> WriteAsync(CancellationToken stop)
    {
        var unknown = 0L;
        foreach (var path in files.Named.Select(key => SourceFiles.PathOf(folder, key)).OfType<string>().Where(File.Exists))
        {
            stop.ThrowIfCancellationRequested();
            var attributes = BlobAttributes.Beside(path);
            var hasType = !string.IsNullOrEmpty(attributes.ContentType);
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (hasType && attributes.Sha256 is not null && attributes.Size == file.Length) continue;
            if (!hasType) unknown++;
            var labelled = attributes with { ContentType = hasType ? attributes.ContentType : await TypeOfAsync(file, stop), Size = file.Length };
            file.Position = 0;
            await WriteAsync(path, labelled with { Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)) }, stop);
        }
        return unknown;
    }

    private static async Task<string> TypeOfAsync(FileStream file, CancellationToken stop)
    {
        var head = new byte[MediaSniffer.HeadLength];
        var count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        return MediaSniffer.Sniff(head.AsSpan(0, count)).Type;
    }

    private static async Task WriteAsync(string path, BlobAttributes attributes, CancellationToken stop)
    {
        var (final, beside) = (path + BlobAttributes.Extension, path + BlobAttributes.Extension + ".new");
        await using (var output = OwnerOnly.Create(beside, FileMode.Create))
        {
            await output.WriteAsync(attributes.ToBytes(), stop);
            output.Flush(flushToDisk: true);
        }
        File.Move(beside, final, overwrite: true);
    }
}
