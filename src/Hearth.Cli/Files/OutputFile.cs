namespace Hearth.Cli.Files;

/// <summary>
/// A file that a command writes for a person. What stands there is replaced only when the new one is complete, so a failed run destroys nothing. What holds
/// nothing yet, such as a pipe, a device or an empty file, is written straight into; a symbolic link stays, and the file that it points to is written.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string target;
    private readonly string? beside;

    private OutputFile(FileStream stream, string target, string? beside) => (Stream, this.target, this.beside) = (stream, target, beside);

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Opens a path to write to.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static OutputFile Open(string path)
    {
        if (File.Exists(path))
        {
            // The length of pipes and devices is zero or unknown, and nothing in them can be lost.
            var there = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            if (!there.CanSeek || there.Length == 0) return new OutputFile(there, path, null);
            there.Dispose();
        }
        var target = new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } end ? end.FullName : path;
        var beside = $"{target}.part";
        return new OutputFile(File.Create(beside), target, beside);
    }

    /// <summary>The content is complete: from now on it stands at the path.</summary>
    public async ValueTask CompleteAsync()
    {
        await Stream.DisposeAsync();
        if (beside is not null) File.Move(beside, target, overwrite: true);
    }

    /// <summary>Closes the file, and removes what was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (beside is not null) File.Delete(beside);
    }
}
