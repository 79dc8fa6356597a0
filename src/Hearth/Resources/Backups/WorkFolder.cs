using Hearth.Basics;

namespace Hearth.Resources.Backups;

/// <summary>A folder for the time of one piece of work, beside the data so that its files can be given a name there without being copied. Removed when it is disposed.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Place = ".hearth_work";

    private WorkFolder(string path) => Full = path;

    /// <summary>Where it is.</summary>
    public string Full { get; }

    /// <summary>Makes one.</summary>
    public static WorkFolder Make(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Place, RandomText.RecordId());
        OwnerOnly.MakeFolder(path);
        return new WorkFolder(path);
    }

    /// <summary>Removes what work that was killed before an instant has left.</summary>
    public static void RemoveLeft(string dataDirectory, DateTimeOffset before)
    {
        var place = new DirectoryInfo(Path.Combine(dataDirectory, Place));
        if (!place.Exists) return;
        foreach (var left in place.EnumerateDirectories())
        {
            if (left.LastWriteTimeUtc < before.UtcDateTime) Remove(left.FullName);
        }
    }

    /// <summary>Path of a file in it.</summary>
    public string Of(string name) => Path.Combine(Full, name);

    /// <inheritdoc/>
    public void Dispose() => Remove(Full);

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Removed at the next start.
        }
    }
}
