using System.Runtime.CompilerServices;
using Hearth.Records.Files;
using Hearth.Resources.Pictures;
using Hearth.Schema;

namespace Hearth.Resources.Blobs;

/// <summary>The files of records in the place that the settings name.</summary>
public sealed class RecordBlobs(Blobs blobs) : RecordFiles
{
    /// <inheritdoc/>
    public override async ValueTask WriteAsync(string key, Upload upload, FileField field, CancellationToken stop)
    {
        await using var content = upload.Open();
        await using var stored = field.KeepLocation ? content : PhotoLocation.Clean(content, upload.Kind.Type);
        await blobs.Files.WriteAsync(key, new BlobLabel(upload.Kind.Type, upload.OriginalName), stored, stop);
    }

    /// <inheritdoc/>
    public override async ValueTask RemoveAsync(string key, CancellationToken stop)
    {
        try
        {
            await (FileKeys.IsPrefix(key) ? blobs.Files.DeleteUnderAsync(key, stop) : blobs.Files.DeleteAsync(key, stop));
        }
        catch (BlobException e) when (e.Problem == BlobProblem.InvalidKey)
        {
            // Then nothing can be there.
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var blob in blobs.Files.ListAsync(prefix, stop)) yield return blob.Key;
    }
}
