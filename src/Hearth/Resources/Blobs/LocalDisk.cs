using System.Runtime.InteropServices;
using Hearth.Basics;

namespace Hearth.Resources.Blobs;

/// <summary>What the framework leaves out of files: folders on the disk for certain, and what an error means.</summary>
internal static class LocalDisk
{
    private const int FileTooLarge = 27; // EFBIG
    private const int NoSpace = 28; // ENOSPC
    private const int OverQuota = 122; // EDQUOT on Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>
    /// Returns when the names in a folder are on the disk: a new, renamed or removed file is only certain then (fsync(2)). Where folders cannot be flushed, as on
    /// Windows, the file system sees to it itself.
    /// </summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        // Gone in the meantime: who removed it has flushed the folder above.
        if (handle < 0) return;
        // Some file systems cannot and say so; they have nothing to lose.
        _ = Sync(handle);
        _ = Close(handle);
    }

    /// <summary>Makes a folder with those above it, each certain. Does nothing when it is there.</summary>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder)) return;
        var above = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(above)) Make(above);
        OwnerOnly.MakeFolder(folder);
        if (!string.IsNullOrEmpty(above)) Flush(above);
    }

    /// <summary>An error of the disk in the words of <see cref="BlobException"/>.</summary>
    public static BlobException Explain(Exception e) => e is IOException && e.HResult is FileTooLarge or NoSpace or OverQuota or WindowsDiskFull or WindowsHandleDiskFull
        ? new BlobException(BlobProblem.Full, $"The disk is full: {e.Message}", e)
        : new BlobException(BlobProblem.Unavailable, $"The disk refused: {e.Message}", e);

    /// <summary>The error is one of the disk, not one of the program.</summary>
    public static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
