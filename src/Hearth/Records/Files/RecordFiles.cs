using Hearth.Schema;

namespace Hearth.Records.Files;

/// <summary>Where the bytes of record files are. Throws when the place cannot be used; then nothing of the call was done, or it may be repeated.</summary>
public abstract class RecordFiles
{
    /// <summary>Stores the bytes of an upload as the options of its field ask for it, durable when it returns.</summary>
    public abstract ValueTask WriteAsync(string key, Upload upload, FileField field, CancellationToken stop);

    /// <summary>Removes what is under a key, or under all keys that begin with it when it ends in <c>/</c>. Nothing happens when there is nothing.</summary>
    public abstract ValueTask RemoveAsync(string key, CancellationToken stop);

    /// <summary>The keys that begin with a prefix.</summary>
    public abstract IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken stop);
}
