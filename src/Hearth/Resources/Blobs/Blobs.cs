namespace Hearth.Resources.Blobs;

/// <summary>Where an app keeps what is too large for the database.</summary>
public sealed class Blobs(string dataDirectory)
{
    private readonly LocalBlobs files = new(Path.Combine(dataDirectory, "storage"));
    private readonly LocalBlobs backups = new(Path.Combine(dataDirectory, "backups"));

    /// <summary>The files of records, under keys <c>COLLECTIONID/RECORDID/FILENAME</c>.</summary>
    public BlobStore Files => files;

    /// <summary>The backups, under their names.</summary>
    public BlobStore Backups => backups;
}
