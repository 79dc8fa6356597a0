using System.Globalization;

namespace Hearth.Hosting;

/// <summary>
/// How many connections a process can have open where the system lets it open few files: without a limit below that the runtime itself fails for want of one, and all
/// requests with it.
/// </summary>
internal static class OpenFiles
{
    // What the databases, the files of requests and the runtime itself open later.
    private const int Kept = 64;
    private const int Enough = 100_000;
    private const string LimitsFile = "/proc/self/limits";
    private const string OpenFolder = "/proc/self/fd";

    /// <summary>Most connections at once; null where nothing needs to be limited, or the system does not tell.</summary>
    public static long? MostConnections
    {
        get
        {
            try
            {
                if (!OperatingSystem.IsLinux() || !File.Exists(LimitsFile)) return null;
                return Of(File.ReadLines(LimitsFile), Directory.EnumerateFileSystemEntries(OpenFolder).Count());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The same for what the system tells of its limits, and so many files that are open already.</summary>
    internal static long? Of(IEnumerable<string> limits, int open)
    {
        const string name = "Max open files";
        var line = limits.FirstOrDefault(static line => line.StartsWith(name, StringComparison.Ordinal));
        // The soft limit first; the runtime has raised it as far as it may.
        var numbers = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (numbers is not [var soft, ..] || !long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most >= Enough) return null;
        // A connection is one, and some of their requests open another.
        return Math.Max(8, (most - open - Kept) * 3 / 4);
    }
}
