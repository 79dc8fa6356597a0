namespace Hearth.Resources.Blobs;

/// <summary>
/// A place for bytes under keys: a folder or a bucket. Safe for any number of callers at once. Methods throw a <see cref="BlobException"/> when the place
/// cannot be used or a key cannot be one.
/// </summary>
public abstract class BlobStore
{
    /// <summary>Where it is, in words for operators.</summary>
    public abstract string Place { get; }

    /// <summary>It is a folder of this machine, or one that looks like it.</summary>
    public virtual bool IsLocal => false;

    /// <summary>What is stored under a key, or null.</summary>
    public abstract ValueTask<BlobInfo?> FindAsync(string key, CancellationToken stop);

    /// <summary>Reads the bytes from an offset on; null when nothing is stored under the key. Dispose it soon.</summary>
    /// <param name="key">Which blob.</param>
    /// <param name="offset">First byte, counted from 0, at most the length.</param>
    /// <param name="length">Most bytes; null for all that follow.</param>
    /// <param name="stop">Gives up.</param>
    public abstract ValueTask<Stream?> OpenAsync(string key, long offset, long? length, CancellationToken stop);

    /// <summary>
    /// Stores what a stream gives from its position to its end, in place of what was there. The blob appears whole and durable or not at all, and memory does
    /// not grow with its length.
    /// </summary>
    public abstract ValueTask<BlobInfo> WriteAsync(string key, BlobLabel label, Stream content, CancellationToken stop);

    /// <summary>Removes a blob; nothing happens when there is none.</summary>
    public abstract ValueTask DeleteAsync(string key, CancellationToken stop);

    /// <summary>Removes every blob whose key begins with a prefix that ends in <c>/</c>.</summary>
    public abstract ValueTask DeleteUnderAsync(string prefix, CancellationToken stop);

    /// <summary>
    /// The blobs whose keys begin with a prefix that ends in <c>/</c> (empty: all), those of one folder together, else in no certain order. Key, length and time
    /// are told; ask <see cref="FindAsync"/> for the rest.
    /// </summary>
    public abstract IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken stop);

    /// <summary>Removes what writers have left unfinished that ended, with their process, before a time. No blob is touched.</summary>
    public abstract ValueTask TidyAsync(DateTimeOffset before, CancellationToken stop);
}
