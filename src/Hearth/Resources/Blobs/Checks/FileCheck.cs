using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Resources.Settings;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Resources.Blobs.Checks;

/// <summary>
/// Compares what records name with what is stored, every night and when somebody asks. It reports and removes nothing: what looks stray may be all that is left of
/// something. Only what unfinished writes left behind is tidied.
/// </summary>
public sealed partial class FileCheck(Engine engine, Func<SchemaSnapshot> schema, Blobs blobs, FileDebts debts, TimeProvider clock, ILogger<FileCheck> logger)
{
    private const string Parameter = "filesReport";
    private const string ThumbsMark = "thumbs_";

    // Younger ones may belong to a record that is being written (FileDebts).
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);
    // Each costs a question to the database or the place; a mix-up of places is clear before.
    private const int MostLookedAtAgain = 10_000;

    private readonly ParameterStore parameters = new(engine, clock);

    /// <summary>What the last comparison found; null when there was none.</summary>
    public async ValueTask<FileReport?> LastAsync(CancellationToken stop) =>
        await parameters.FindAsync(Parameter, stop) is { } json ? JsonSerializer.Deserialize(json, FileReportJson.Default.FileReport) : null;

    /// <summary>Compares, keeps what was found, and says in the log when something is wrong.</summary>
    public async Task<FileReport> RunAsync(CancellationToken stop)
    {
        var report = await CompareAsync(blobs.Files, clock.GetUtcNow(), stop) with { Ended = clock.GetUtcNow() };
        (await parameters.ChangeAsync(Parameter, _ => JsonSerializer.Serialize(report, FileReportJson.Default.FileReport), stop)).Failed(out _);
        if (report.Failure is not null) NotCompared(logger, report.Failure);
        else if (report.Stray + report.Missing > 0) Different(logger, report.Missing, report.Stray, report.Place);
        return report;
    }

    private async Task<FileReport> CompareAsync(BlobStore store, DateTimeOffset begun, CancellationToken stop)
    {
        var report = new FileReport { Place = store.Place, Begun = begun };
        try
        {
            await store.TidyAsync(begun - Abandoned, stop);
            await blobs.Backups.TidyAsync(begun - Abandoned, stop);
            var named = new NamedFiles();
            await foreach (var key in NamesAsync(stop)) named.Add(key);
            report = await LookAtStoredAsync(store, named, report with { Named = named.Count }, stop);
            return named.AllSeen ? report : await LookForMissingAsync(store, named, report, stop);
        }
        catch (BlobException e)
        {
            return report with { Failure = e.Message };
        }
    }

    private async Task<FileReport> LookAtStoredAsync(BlobStore store, NamedFiles named, FileReport report, CancellationToken stop)
    {
        var (count, bytes, foreign, stray, strayBytes, lookedAt, keys) = (0L, 0L, 0L, 0L, 0L, 0, new List<string>());
        await foreach (var blob in store.ListAsync("", stop))
        {
            count++;
            bytes += blob.Length;
            if (OwnerOf(blob.Key) is not { } owner)
            {
                foreign++;
                continue;
            }
            if (owner == blob.Key ? named.See(owner) : named.Contains(owner)) continue;
            if (blob.Modified > report.Begun - Young) continue;
            if (lookedAt++ < MostLookedAtAgain && await HasChangedAsync(store, blob.Key, owner, stop)) continue;
            stray++;
            strayBytes += blob.Length;
            if (keys.Count < FileReport.MostListed) keys.Add(blob.Key);
        }
        return report with { Stored = count, StoredBytes = bytes, Foreign = foreign, Stray = stray, StrayBytes = strayBytes, StrayKeys = keys };
    }

    private async Task<FileReport> LookForMissingAsync(BlobStore store, NamedFiles named, FileReport report, CancellationToken stop)
    {
        var (missing, lookedAt, keys) = (0L, 0, new List<string>());
        await foreach (var key in NamesAsync(stop))
        {
            // What was named only after the first look was not looked for.
            if (named.WasSeen(key) || !named.Contains(key)) continue;
            if (lookedAt++ < MostLookedAtAgain && (await store.FindAsync(key, stop) is not null || !await IsNamedAsync(key, stop))) continue;
            missing++;
            if (keys.Count < FileReport.MostListed) keys.Add(key);
        }
        return report with { Missing = missing, MissingKeys = keys };
    }

    // It was named since it was looked for, or belongs to a write, or is being removed at this moment.
    private async ValueTask<bool> HasChangedAsync(BlobStore store, string key, string owner, CancellationToken stop) =>
        await IsNamedAsync(owner, stop)
        || (await debts.KeysAsync(stop)).Any(owed => owed == key || (FileKeys.IsPrefix(owed) && key.StartsWith(owed, StringComparison.Ordinal)))
        || await store.FindAsync(key, stop) is null;

    // The key of the file that a stored one belongs to: itself, or the one it is a thumb of. Null for keys that are none of an app (contract 14.6).
    private static string? OwnerOf(string key)
    {
        var parts = key.Split('/');
        return parts switch
        {
            [_, _, _] => key,
            [var collection, var record, var thumbs, _] when thumbs.StartsWith(ThumbsMark, StringComparison.Ordinal) => $"{collection}/{record}/{thumbs[ThumbsMark.Length..]}",
            _ => null,
        };
    }

    private async IAsyncEnumerable<string> NamesAsync([EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var collection in schema().Collections)
        {
            Field[] fields = [.. collection.Fields.Where(field => field is FileField)];
            if (collection.Type == CollectionType.View || fields.Length == 0 || collection.FindField("id") is not { } id) continue;
            var plan = new ReadPlan { From = new BaseSource(collection), Columns = [new OutputColumn(id), .. fields.Select(field => new OutputColumn(field))], Unhurried = true };
            using var session = await engine.ReadOnceAsync(stop);
            using var rows = await session.QueryAsync(plan, stop);
            while (await rows.NextAsync(stop))
            {
                var record = Encoding.UTF8.GetString(rows.Utf8Of(0));
                for (var i = 0; i < fields.Length; i++)
                {
                    foreach (var name in RowValues.Read(rows, i + 1, fields[i]).AsList) yield return $"{collection.Id}/{record}/{name}";
                }
            }
        }
    }

    private async ValueTask<bool> IsNamedAsync(string key, CancellationToken stop)
    {
        var parts = key.Split('/');
        if (schema().Find(parts[0]) is not { Type: not CollectionType.View } collection || collection.Id != parts[0]) return false;
        using var session = await engine.ReadOnceAsync(stop);
        if (await StoredRows.FindAsync(session, collection, parts[1], stop) is not { } record) return false;
        return collection.Fields.Where(field => field is FileField).Any(field => record[field.Name].AsList.Contains(parts[2]));
    }

    [LoggerMessage(320, LogLevel.Warning, "Files and records differ: {Missing} files that records name are not stored, {Stray} stored files are named by no record ({Place}). `hearth doctor` and GET /api/doctor tell which.")]
    private static partial void Different(ILogger logger, long missing, long stray, string place);

    [LoggerMessage(321, LogLevel.Warning, "Files and records could not be compared: {Why}")]
    private static partial void NotCompared(ILogger logger, string why);
}
