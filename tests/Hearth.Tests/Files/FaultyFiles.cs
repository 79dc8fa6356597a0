using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hearth.Records.Files;
using Hearth.Resources.Blobs;
using Hearth.Schema;

namespace Hearth.Tests.Files;

/// <summary>A place for files in memory that fails at random, before or after it has done what it was asked for, and takes its time.</summary>
internal sealed class FaultyFiles(int seed) : RecordFiles
{
    private readonly Random random = new(seed);
    private int failures;

    public ConcurrentDictionary<string, bool> Stored { get; } = new(StringComparer.Ordinal);

    public bool Sound { get; set; }

    public int Failures => failures;

    public override async ValueTask WriteAsync(string key, Upload upload, FileField field, CancellationToken stop)
    {
        await FailAsync();
        stop.ThrowIfCancellationRequested();
        Stored[key] = true;
        await FailAsync();
    }

    public override async ValueTask RemoveAsync(string key, CancellationToken stop)
    {
        await FailAsync();
        foreach (var stored in Stored.Keys)
        {
            if (stored == key || (FileKeys.IsPrefix(key) && stored.StartsWith(key, StringComparison.Ordinal))) Stored.TryRemove(stored, out _);
        }
        await FailAsync();
    }

    public override async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var key in Stored.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            await Task.Yield();
            yield return key;
        }
    }

    private async Task FailAsync()
    {
        int draw;
        lock (random) draw = random.Next(24);
        if (draw < 8) await Task.Delay(draw);
        if (Sound || draw < 22) return;
        Interlocked.Increment(ref failures);
        throw new BlobException(BlobProblem.Unavailable, "It fails.");
    }
}
