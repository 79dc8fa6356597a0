using Hearth.Resources.Blobs.S3;
using Hearth.Resources.Blobs.Sealing;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Blobs;

/// <summary>
/// Where an app keeps what is too large for the database: the places that the settings of this moment name. Who has begun with one place ends with it, also when
/// the settings change meanwhile. What is in one place is not taken to the other.
/// </summary>
public sealed class Blobs(string dataDirectory, SettingsStore settings, FileKey key)
{
    /// <summary>Folder of the files of records, below the data folder (contract 14.1).</summary>
    public const string FilesFolder = "storage";

    /// <summary>Folder of the backups, below the data folder.</summary>
    public const string BackupsFolder = "backups";

    private readonly Choice files = new(new LocalBlobs(Path.Combine(dataDirectory, FilesFolder)), store => new SealedBlobs(store, key, () => settings.Current.Files.Encrypt));
    private readonly Choice backups = new(new LocalBlobs(Path.Combine(dataDirectory, BackupsFolder)), store => store);

    /// <summary>Under which files are sealed.</summary>
    internal FileKey Key => key;

    /// <summary>The files of records, under keys <c>COLLECTIONID/RECORDID/FILENAME</c>.</summary>
    public BlobStore Files => files.Of(settings.Current.S3);

    /// <summary>The backups, under their names.</summary>
    public BlobStore Backups => backups.Of(settings.Current.Backups.S3);

    // A bucket keeps its connections for as long as its settings stay.
    private sealed class Choice(LocalBlobs folder, Func<BlobStore, BlobStore> wrap)
    {
        private readonly BlobStore local = wrap(folder);
        private Bucket? bucket;

        public BlobStore Of(S3Settings s3)
        {
            if (!s3.Enabled) return local;
            var known = Volatile.Read(ref bucket);
            if (known is null || known.Settings != s3) Volatile.Write(ref bucket, known = new Bucket(s3, wrap(new S3Blobs(s3))));
            return known.Store;
        }
    }

    private sealed record Bucket(S3Settings Settings, BlobStore Store);
}
