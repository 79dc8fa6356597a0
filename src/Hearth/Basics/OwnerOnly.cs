namespace Hearth.Basics;

/// <summary>
/// Files and folders that only the user of the program may read, whatever its umask lets through: they hold hashes, keys and what people wrote. Where the file
/// system knows no such rights (Windows) those of the folder above hold.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderRights = FileRights | UnixFileMode.UserExecute;

    /// <summary>Makes a folder with those above it that are missing. One that is there stays as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path)) return;
        // The framework gives those above the rights that the umask lets through.
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { Length: > 0 } above) MakeFolder(above);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FolderRights);
    }

    /// <summary>Opens a file to write; one that is there keeps its rights.</summary>
    public static FileStream Create(string path, FileMode mode, FileAccess access = FileAccess.Write, FileShare share = FileShare.Read, int bufferSize = 4096, FileOptions options = FileOptions.None) =>
        new(path, With(new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize, Options = options }));

    /// <summary>Options for opening a new file, with the rights of one.</summary>
    public static FileStreamOptions With(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows() && options.Mode is not (FileMode.Open or FileMode.Truncate)) options.UnixCreateMode = FileRights;
        return options;
    }

    /// <summary>Whether others than its owner may do anything with a file or folder; false where that cannot be known.</summary>
    public static bool IsOpen(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        try
        {
            return (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
