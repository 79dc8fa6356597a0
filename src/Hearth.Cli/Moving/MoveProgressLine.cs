using System.Diagnostics;
using Hearth.Records.Moving;

namespace Hearth.Cli.Moving;

/// <summary>
/// One line at the terminal with a bar for each stage of a move. Where standard error is not a terminal each stage is one plain line, so that logs
/// stay readable.
/// </summary>
internal sealed class MoveProgressLine(TextWriter error) : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool live = !Console.IsErrorRedirected;
    private readonly Lock gate = new();
    private readonly Stopwatch watch = new();
    private MoveProgress? last;
    private TimeSpan next;
    private bool drawn;

    /// <summary>Draws the line anew, at most ten times a second. Both sides of a comparison may call it at once.</summary>
    public void Show(MoveProgress progress)
    {
        lock (gate)
        {
            if (last is null || last.Stage != progress.Stage) Begin(progress);
            if (last is not null && last.Total == progress.Total && last.Done > progress.Done) return;
            last = progress;
            if (!live || watch.Elapsed < next) return;
            next = watch.Elapsed + Pause;
            var share = progress.Total == 0 ? 1 : Math.Min(1, (double)progress.Done / progress.Total);
            var full = (int)(share * BarWidth);
            var bar = $"{new string('━', full)}{new string('─', BarWidth - full)} {share,4:P0}";
            error.Write($"\r\e[K{Name(progress.Stage),-9} {bar}  {progress.Done:N0} of {progress.Total:N0} {Unit(progress.Stage)}, {Speed(progress)}");
            drawn = true;
        }
    }

    /// <summary>Writes a line of its own above the progress.</summary>
    public void Say(string text)
    {
        lock (gate)
        {
            Clear();
            error.WriteLine(text);
        }
    }

    /// <summary>The last stage is done, too.</summary>
    public void Finish()
    {
        lock (gate) End();
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (gate) Clear();
    }

    private void Begin(MoveProgress progress)
    {
        End();
        last = null;
        next = TimeSpan.Zero;
        watch.Restart();
        if (!live && progress.Total > 0) error.WriteLine($"{Name(progress.Stage)} {progress.Total:N0} {Unit(progress.Stage)} ...");
    }

    // Only stages that had something to do leave a line.
    private void End()
    {
        Clear();
        if (last is { Total: > 0 } done) error.WriteLine($"{Past(done.Stage)} {done.Total:N0} {Unit(done.Stage)} in {watch.Elapsed.TotalSeconds:N1} s.");
        last = null;
    }

    private void Clear()
    {
        if (drawn) error.Write("\r\e[K");
        drawn = false;
    }

    private string Speed(MoveProgress progress) => $"{progress.Done / Math.Max(watch.Elapsed.TotalSeconds, 0.001):N0} a second";

    private static string Unit(MoveStage stage) => stage switch
    {
        MoveStage.CopyingFiles => "files",
        MoveStage.Comparing => "records of both sides",
        MoveStage.ComparingFiles => "files with their copies",
        _ => "records",
    };

    private static string Name(MoveStage stage) => stage switch
    {
        MoveStage.Checking => "Checking",
        MoveStage.Copying or MoveStage.CopyingFiles => "Copying",
        _ => "Comparing",
    };

    private static string Past(MoveStage stage) => stage switch
    {
        MoveStage.Checking => "Checked",
        MoveStage.Copying or MoveStage.CopyingFiles => "Copied",
        _ => "Compared",
    };
}
