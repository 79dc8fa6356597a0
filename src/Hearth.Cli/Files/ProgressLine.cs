using System.Diagnostics;
using Hearth.Records.Transfer;

namespace Hearth.Cli.Files;

/// <summary>
/// One line at the terminal that shows how far an import has come. Where standard error is not a terminal it shows nothing,
/// so that logs stay readable.
/// </summary>
internal sealed class ProgressLine(Stream? file, TextWriter error) : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool live = !Console.IsErrorRedirected;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next;
    private bool drawn;

    /// <summary>Draws the line anew, at most ten times a second.</summary>
    public void Show(ImportProgress progress)
    {
        if (!live || watch.Elapsed < next) return;
        next = watch.Elapsed + Pause;
        var perSecond = progress.Rows / Math.Max(watch.Elapsed.TotalSeconds, 0.001);
        var bar = "";
        if (file is not null)
        {
            var share = Math.Min(1, (double)file.Position / file.Length);
            var full = (int)(share * BarWidth);
            bar = $"{new string('━', full)}{new string('─', BarWidth - full)} {share,4:P0}  ";
        }
        var failed = progress.Failed > 0 ? $", {progress.Failed:N0} not imported" : "";
        error.Write($"\r\e[K{bar}{progress.Rows:N0} rows, {perSecond:N0} a second{failed}");
        drawn = true;
    }

    /// <summary>Writes a line of its own above the progress.</summary>
    public void Say(string text)
    {
        Dispose();
        error.WriteLine(text);
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (drawn) error.Write("\r\e[K");
        drawn = false;
    }
}
