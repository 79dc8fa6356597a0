using System.Globalization;
using System.IO.Compression;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Moving;
using Hearth.Resources.Blobs;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Backups;

/// <summary>
/// Every moment of the last days, for engines that write a history: backups to begin with, and the pieces of all changes since, kept where backups are kept. Safe to
/// call at any time; one call at a time does the work.
/// </summary>
public sealed class BackupHistory
{
    private const string BasePrefix = "@history_";
    private const string PiecesPrefix = "history/";
    private const int MostBytesAtOnce = 16 << 20;
    private static readonly TimeSpan UploadEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BaseEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan TryEvery = TimeSpan.FromMinutes(1); // a backup that fails has copied everything in vain
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly Engine engine;
    private readonly SettingsStore settings;
    private readonly Blobs.Blobs blobs;
    private readonly BackupStore store;
    private readonly string folder;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim turn = new(1);
    private bool isKept;
    private long uploadedAt;
    private long prunedAt;
    private long triedAt;

    internal BackupHistory(Engine engine, SettingsStore settings, Blobs.Blobs blobs, BackupStore store, string dataDirectory, TimeProvider clock)
    {
        (this.engine, this.settings, this.blobs, this.store, this.clock) = (engine, settings, blobs, store, clock);
        folder = Path.Combine(dataDirectory, ".hearth_history");
    }

    /// <summary>Does what is due: begins or ends the history as the settings say, writes what was committed, brings it to where backups are kept, removes what is too old.</summary>
    /// <param name="now">Brings everything now.</param>
    /// <param name="stop">Gives up; the next call goes on.</param>
    public Task WorkAsync(bool now, CancellationToken stop) => WorkAsync(now, takes: true, stop);

    /// <summary>Begins the history if it is to be kept, and brings what was committed; takes no backup and removes nothing.</summary>
    public Task BringAsync(CancellationToken stop) => WorkAsync(now: true, takes: false, stop);

    private async Task WorkAsync(bool now, bool takes, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var days = settings.Current.Backups.HistoryDays;
            if (days == 0)
            {
                if (isKept) await engine.KeepHistoryAsync(null, stop);
                isKept = false;
                return;
            }
            if (!isKept) isKept = await engine.KeepHistoryAsync(folder, stop);
            if (!isKept || await engine.WriteHistoryAsync(stop) is not { } point) return;
            if (!now && uploadedAt != 0 && clock.GetElapsedTime(uploadedAt) < UploadEvery) return;
            uploadedAt = clock.GetTimestamp();
            await UploadAsync(stop);
            if (!takes) return;
            var bases = await BasesAsync(stop);
            var isThere = bases.Any(own => own.Line == point.Line && own.Time > clock.GetUtcNow() - BaseEvery);
            if (!isThere && (now || triedAt == 0 || clock.GetElapsedTime(triedAt) > TryEvery))
            {
                triedAt = clock.GetTimestamp();
                await TakeBaseAsync(stop);
            }
            if (prunedAt != 0 && clock.GetElapsedTime(prunedAt) < PruneEvery) return;
            prunedAt = clock.GetTimestamp();
            await PruneAsync(clock.GetUtcNow().AddDays(-days), stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The beginning and end of what can be restored; null when there is nothing.</summary>
    public async ValueTask<(DateTimeOffset From, DateTimeOffset To)?> RangeAsync(CancellationToken stop)
    {
        var bases = await BasesAsync(stop);
        return bases.Count == 0 ? null : (bases[^1].Time, clock.GetUtcNow());
    }

    /// <summary>Brings back the state of an instant: a backup from before, with every change until then, is restored as <see cref="BackupStore.RestoreAsync(string, RequestFacts, CancellationToken)"/> does.</summary>
    public async Task<Outcome<SwapReport>> RestoreAsync(DateTimeOffset instant, RequestFacts facts, CancellationToken stop)
    {
        if (instant > clock.GetUtcNow()) return Fault.BadRequest("backups.no_history", "That moment is still to come.");
        await BringAsync(stop);
        var bases = await BasesAsync(stop);
        if (bases.FirstOrDefault(own => own.Time <= instant) is not { } begin)
        {
            return Fault.BadRequest("backups.no_history", bases.Count == 0
                ? "There is no history to restore from. It is kept from the moment on in which backups.historyDays is set."
                : $"The history begins {DateText.Of(bases[^1].Time)}.");
        }
        return await store.RestoreAsync(begin.Key, $"{begin.Key} at {DateText.Of(instant)}", (database, token) => ReplayAsync(begin, instant, database, token), facts, stop);
    }

    private async Task<Fault?> ReplayAsync(HistoryBase begin, DateTimeOffset instant, string database, CancellationToken stop)
    {
        var until = instant.ToUnixTimeMilliseconds();
        var next = begin.Number;
        try
        {
            await using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite);
            foreach (var blob in await PiecesAsync(begin.Line, stop))
            {
                if (blob.Last < begin.Number) continue;
                await using var stored = await blobs.Backups.OpenAsync(blob.Key, 0, null, stop) ?? throw new InvalidDataException($"{blob.Key} is missing.");
                await using var stream = new GZipStream(stored, CompressionMode.Decompress);
                while (await HistoryPiece.ReadAsync(stream, stop) is { } piece)
                {
                    if (piece.Time > until) return Done(file);
                    if (piece.Number > next) throw new InvalidDataException($"The piece {next} is missing.");
                    await piece.ApplyAsync(stream, piece.Number < begin.Number ? null : file, stop);
                    if (piece.Number == next) next++;
                }
            }
            return Done(file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return Fault.BadRequest("backups.unsound", $"The history cannot be used up to that moment. {e.Message}");
        }

        static Fault? Done(FileStream file)
        {
            file.Flush(flushToDisk: true);
            return null;
        }
    }

    private async Task TakeBaseAsync(CancellationToken stop)
    {
        // What the copy does not have comes after this point.
        if (await engine.WriteHistoryAsync(stop) is not { } point) return;
        await store.TakeAsync(() => new HistoryBase(point.Line, point.Number, clock.GetUtcNow()).Key, stop);
    }

    // As many pieces as make one blob of a good size; what is stored is removed here.
    private async Task UploadAsync(CancellationToken stop)
    {
        if (!Directory.Exists(folder)) return;
        var batch = new List<FileInfo>();
        foreach (var piece in new DirectoryInfo(folder).EnumerateFiles("*" + HistoryPiece.Extension).OrderBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            if (batch.Count > 0 && (LineOf(piece) != LineOf(batch[0]) || batch.Sum(file => file.Length) + piece.Length > MostBytesAtOnce))
            {
                await UploadAsync(batch, stop);
                batch.Clear();
            }
            batch.Add(piece);
        }
        if (batch.Count > 0) await UploadAsync(batch, stop);
    }

    private async Task UploadAsync(List<FileInfo> pieces, CancellationToken stop)
    {
        var packed = Path.Combine(folder, RandomText.RecordId() + ".packed");
        try
        {
            await using (var file = OwnerOnly.Create(packed, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await using (var zipped = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                {
                    foreach (var piece in pieces)
                    {
                        await using var content = piece.OpenRead();
                        await content.CopyToAsync(zipped, stop);
                    }
                }
                file.Position = 0;
                var key = $"{PiecesPrefix}{LineOf(pieces[0])}/{NumberOf(pieces[0])}-{NumberOf(pieces[^1])}-{clock.GetUtcNow().ToUnixTimeMilliseconds():d15}.gz";
                await blobs.Backups.WriteAsync(key, new BlobLabel("application/gzip"), file, stop);
            }
            foreach (var piece in pieces) piece.Delete();
        }
        finally
        {
            File.Delete(packed);
        }
    }

    // The newest backup from before the border is still needed, and everything from it on.
    private async Task PruneAsync(DateTimeOffset border, CancellationToken stop)
    {
        var bases = await BasesAsync(stop);
        if (bases.FirstOrDefault(own => own.Time <= border) is not { } oldest) return;
        foreach (var old in bases.Where(own => own.Time < oldest.Time)) await blobs.Backups.DeleteAsync(old.Key, stop);
        var lines = bases.Where(own => own.Time >= oldest.Time).GroupBy(own => own.Line).ToDictionary(line => line.Key, line => line.Min(own => own.Number));
        var gone = new List<string>();
        await foreach (var blob in blobs.Backups.ListAsync(PiecesPrefix, stop))
        {
            if (StoredPieces.Parse(blob.Key) is { } pieces && (!lines.TryGetValue(pieces.Line, out var first) || pieces.Last < first)) gone.Add(blob.Key);
        }
        foreach (var key in gone) await blobs.Backups.DeleteAsync(key, stop);
    }

    private async Task<List<HistoryBase>> BasesAsync(CancellationToken stop) =>
        [.. (await store.ListAsync(stop)).Select(blob => HistoryBase.Parse(blob.Key)).OfType<HistoryBase>().OrderByDescending(own => own.Time)];

    private async Task<List<StoredPieces>> PiecesAsync(string line, CancellationToken stop)
    {
        var found = new List<StoredPieces>();
        await foreach (var blob in blobs.Backups.ListAsync($"{PiecesPrefix}{line}/", stop))
        {
            if (StoredPieces.Parse(blob.Key) is { } pieces) found.Add(pieces);
        }
        return [.. found.OrderBy(pieces => pieces.Key, StringComparer.Ordinal)];
    }

    private static string LineOf(FileInfo piece) => piece.Name.Split('.')[0];

    private static string NumberOf(FileInfo piece) => piece.Name.Split('.')[1];

    /// <summary>A backup to begin with: its key says of which line, the first piece that it does not have, and from when on it can be used.</summary>
    private sealed record HistoryBase(string Line, long Number, DateTimeOffset Time)
    {
        private const string Form = "yyyyMMddHHmmssfff";

        public string Key => $"{BasePrefix}{Line}_{Number:d12}_{Time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)}.zip";

        public static HistoryBase? Parse(string key)
        {
            if (!key.StartsWith(BasePrefix, StringComparison.Ordinal) || !key.EndsWith(".zip", StringComparison.Ordinal)) return null;
            return key[BasePrefix.Length..^4].Split('_') is [var line, var digits, var date]
                && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && DateTimeOffset.TryParseExact(date, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    ? new HistoryBase(line, number, time)
                    : null;
        }
    }

    /// <summary>Some pieces in one blob.</summary>
    private sealed record StoredPieces(string Key, string Line, long Last)
    {
        public static StoredPieces? Parse(string key) =>
            key.Split('/') is [_, var line, var name] && name.Split('-') is [_, var last, _] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new StoredPieces(key, line, number)
                : null;
    }
}
