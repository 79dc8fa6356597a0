using Hearth.Basics;

namespace Hearth.App.MovingIn.Source;

/// <summary>
/// A copy of a database in a folder of its own, because SQLite cannot read one with a log without writing beside it, and the source is never written to. The
/// copy may be changed at will.
/// </summary>
internal sealed class SourceCopy : IDisposable
{
    /// <summary>The database of an app.</summary>
    public const string Database = "data.db";

    private const int Tries = 3;

    // The log and the journal of a program that was killed hold what is not in the file yet; the index of the log is made anew.
    private static readonly string[] Parts = [Database, Database + "-wal", Database + "-journal"];

    private SourceCopy(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Copies the database of a folder. A fault when somebody writes to it meanwhile. <paramref name="tell"/> hears of each try.</summary>
    public static async Task<Outcome<SourceCopy>> TakeAsync(string source, string into, TimeProvider clock, Action<string> tell, CancellationToken stop)
    {
        var copy = new SourceCopy(into);
        try
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                if (tries > 0) await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
                copy.Clear();
                OwnerOnly.MakeFolder(into);
                var before = Stamp(source);
                tell($"Copying the database ({Parts.Select(part => new FileInfo(Path.Combine(source, part))).Sum(file => file.Exists ? file.Length : 0) >> 10:N0} KiB), so that nothing is written beside it.");
                foreach (var part in Parts.Where(part => File.Exists(Path.Combine(source, part))))
                {
                    await using var input = new FileStream(Path.Combine(source, part), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    await using var output = OwnerOnly.Create(Path.Combine(into, part), FileMode.Create);
                    await input.CopyToAsync(output, stop);
                }
                if (Stamp(source) == before) return copy;
            }
            copy.Dispose();
            return MoveInFaults.InUse(source);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>What changes when the database of a folder is written to.</summary>
    public static string Stamp(string source) => string.Join('|', Parts.Select(part => new FileInfo(Path.Combine(source, part)))
        .Select(file => file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "-"));

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
