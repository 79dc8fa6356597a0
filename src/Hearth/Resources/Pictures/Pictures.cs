using System.Collections.Concurrent;
using Hearth.Resources.Blobs;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Pictures;

/// <summary>
/// Smaller pictures of uploaded ones (contract 8.3), made when somebody asks for the first time and kept beside the file. However many ask for a new one at once, it
/// is made once on a node; two nodes may make the same one twice, and the later takes the place of the earlier.
/// </summary>
public sealed partial class Pictures(Func<BlobStore> files, PictureLimits limits, TimeProvider clock, ILogger<Pictures> logger)
{
    // A size that works everywhere, without being listed (contract 8.3).
    private const string AlwaysAllowed = "100x100";

    private readonly ConcurrentDictionary<string, Lazy<Task<BlobInfo?>>> making = new(StringComparer.Ordinal);
    private readonly RefusedPictures refused = new(clock);
    private readonly PictureMaker maker = new(limits);
    private readonly PictureTurns turns = new(limits.Workers);
    private readonly CancellationTokenSource ended = new();
    private bool missing;
    private int made;

    /// <summary>Pictures made since the start.</summary>
    internal int Made => made;

    /// <summary>A picture of a stored file. Null says that the original is to be served: the size is not allowed, or no picture can be made of it.</summary>
    /// <param name="original">The file.</param>
    /// <param name="field">The field that names it; it says which sizes there are.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="stop">The client has gone. The picture is made all the same when others wait for it, or when it was begun.</param>
    public async ValueTask<BlobInfo?> ThumbAsync(BlobInfo original, FileField field, ThumbQuery query, CancellationToken stop)
    {
        if (missing || (query.Size != AlwaysAllowed && !field.Thumbs.Contains(query.Size))) return null;
        if (original.Length > limits.Bytes || ThumbOrder.Of(query, original) is not { } order) return null;
        var key = order.KeyOf(original.Key);
        if (await files().FindAsync(key, stop) is { } found) return found;
        if (refused.Has(key) || ended.IsCancellationRequested) return null;
        var work = making.GetOrAdd(key, static (key, of) => new Lazy<Task<BlobInfo?>>(() => Task.Run(() => of.Self.MakeOnceAsync(key, of.original, of.order))), (Self: this, original, order));
        return await work.Value.WaitAsync(stop);
    }

    /// <summary>Tells the operator when there is nothing to make pictures with.</summary>
    internal ValueTask BeginAsync(CancellationToken stop)
    {
        missing = !VipsLibrary.IsThere();
        if (missing) LogMissing(VipsLibrary.FileName);
        return ValueTask.CompletedTask;
    }

    /// <summary>Begins no more, and returns when nothing is being made any longer.</summary>
    internal async ValueTask EndAsync(CancellationToken stop)
    {
        await ended.CancelAsync();
        // What went wrong was told to who waited for it.
        foreach (var work in making.Values) await ((Task)work.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Fails only when the place for files fails.
    private async Task<BlobInfo?> MakeOnceAsync(string key, BlobInfo original, ThumbOrder order)
    {
        using var late = new CancellationTokenSource(limits.Wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ended.Token);
        try
        {
            return await MakeAsync(key, original, order, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return null;
        }
        catch (BlobException e) when (e.Problem == BlobProblem.Full)
        {
            // The original can be served still.
            LogFull(e);
            return null;
        }
        finally
        {
            making.TryRemove(key, out _);
        }
    }

    private async Task<BlobInfo?> MakeAsync(string key, BlobInfo original, ThumbOrder order, CancellationToken stop)
    {
        // Somebody may have finished it between the caller's look and now.
        if (await files().FindAsync(key, stop) is { } found) return found;
        if (order.Extra && await HasEnoughAsync(original.Key, stop)) return null;
        var (result, content) = await turns.RunAsync(false, () => AttemptAsync(original, order, false, stop), stop);
        if (result == PictureResult.Large) (result, content) = await turns.RunAsync(true, () => AttemptAsync(original, order, true, stop), stop);
        if (result != PictureResult.Made)
        {
            if (!ended.IsCancellationRequested) refused.Add(key);
            return null;
        }
        Interlocked.Increment(ref made);
        var thumb = await files().WriteAsync(key, new BlobLabel(PictureFormats.TypeOf(order.Format)), new MemoryStream(content), stop);
        // The file may have been removed meanwhile, with all pictures of it that were there.
        if (await files().FindAsync(original.Key, CancellationToken.None) is not null) return thumb;
        await files().DeleteAsync(key, CancellationToken.None);
        return null;
    }

    private async Task<(PictureResult Result, byte[] Content)> AttemptAsync(BlobInfo original, ThumbOrder order, bool alone, CancellationToken stop)
    {
        var content = GC.AllocateUninitializedArray<byte>((int)original.Length); // at most the limit
        await using (var stream = await files().OpenAsync(original.Key, 0, null, stop))
        {
            if (stream is null || await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, stop) < content.Length) return (PictureResult.Refused, []);
        }
        return await PictureTurns.ApartAsync(() => IsReady() ? maker.Make(content, order, alone, stop) : (PictureResult.Refused, []));
    }

    private bool IsReady()
    {
        if (maker.IsReady) return true;
        if (!missing) LogMissing(VipsLibrary.FileName);
        missing = true;
        return false;
    }

    private async ValueTask<bool> HasEnoughAsync(string original, CancellationToken stop)
    {
        var count = 0;
        await foreach (var _ in files().ListAsync(ThumbOrder.FolderOf(original), stop))
        {
            if (++count >= limits.KeptOfOne) return true;
        }
        return false;
    }

    [LoggerMessage(800, LogLevel.Warning, "There is no {Library} here, so that no smaller pictures are made: the originals are served in their place")]
    private partial void LogMissing(string library);

    [LoggerMessage(801, LogLevel.Warning, "There is no room to keep a smaller picture; the original is served in its place")]
    private partial void LogFull(BlobException exception);
}
