using System.Globalization;
using System.Text;
using Hearth.Basics;

namespace Hearth.Data.Sqlite;

/// <summary>Holds the folder of a database against other processes, and against a second engine in this one.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes a database of the folder. Throws a <see cref="DataException"/> that names who holds it.</summary>
    public static FolderLock Take(string folder, string name)
    {
        var stem = Path.Combine(folder, name == "data" ? "hearth" : "hearth." + name);
        var path = stem + ".lock";
        // A locked file cannot be read by others, so the number of the process stands in a second one.
        var holder = stem + ".pid";
        FileStream? file = null;
        try
        {
            file = OwnerOnly.Create(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            using (var named = OwnerOnly.Create(holder, FileMode.Create)) named.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new FolderLock(file);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DataException(new DataFault(DataFaultKind.Unavailable, $"The folder {folder} cannot be written to: {refused.Message}", []), refused);
        }
        catch (IOException refused)
        {
            var held = file is null;
            file?.Dispose();
            var who = held ? ReadHolder(holder) : null;
            var message = who is null
                ? $"The folder {folder} cannot be locked: {refused.Message}"
                : $"The folder {folder} is in use by another Hearth (process {who}). Stop it first, or choose another folder.";
            throw new DataException(new DataFault(DataFaultKind.Unavailable, message, []), refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static string? ReadHolder(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
