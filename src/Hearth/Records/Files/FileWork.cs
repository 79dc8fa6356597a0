using Hearth.Basics;
using Hearth.Data;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Records.Files;

/// <summary>The uploads of one write: judged, written before the writer is held, and settled inside of the write or removed.</summary>
internal sealed class FileWork(StoreParts parts, WriteScope scope, Submission submission)
{
    private readonly List<Upload> uploads = [.. submission.Uploads.Where(upload => IsTaken(scope, upload))];
    private string? debt;
    private string storedFor = "";

    /// <summary>The uploads of a write; null when it has none.</summary>
    public static FileWork? Of(StoreParts parts, WriteScope scope, Submission submission) =>
        submission.Uploads.Count > 0 && new FileWork(parts, scope, submission) is { uploads.Count: > 0 } work ? work : null;

    /// <summary>What is wrong with the files themselves.</summary>
    public void Check(FaultMap faults)
    {
        foreach (var upload in uploads)
        {
            if (FieldOf(scope.Collection, upload) is not { } field) continue;
            var most = field.MostBytes;
            if (upload.Length > most)
            {
                faults.Add(field.Name, new FieldFault(
                    "validation_file_size_limit",
                    $"Failed to upload {upload.OriginalName} - the maximum allowed file size is {most} bytes.",
                    new Dictionary<string, object?> { ["file"] = upload.OriginalName, ["maxSize"] = most }));
            }
            else if (field.MimeTypes.Count > 0 && !upload.Kind.IsOneOf(field.MimeTypes))
            {
                faults.Add(field.Name, new FieldFault("validation_invalid_mime_type", $"\"{upload.OriginalName}\" mime type must be one of: {string.Join(", ", field.MimeTypes)}."));
            }
        }
    }

    /// <summary>Writes the bytes for a record that will have this id, once.</summary>
    public async ValueTask StoreAsync(string id, CancellationToken stop)
    {
        if (debt is not null || parts.Debts is not { } debts) return;
        List<string> keys = [.. uploads.Select(upload => FileKeys.Of(scope.Collection, id, upload.Name))];
        // Known before it is written, so that it can be given up however that ends.
        (debt, storedFor) = (RandomText.RecordId(), id);
        await debts.BeginAsync(debt, keys, stop);
        for (var i = 0; i < uploads.Count; i++)
        {
            var began = scope.Facts.Journey?.Now ?? 0;
            await debts.Files.WriteAsync(keys[i], uploads[i], FieldOf(scope.Collection, uploads[i])!, stop); // one that is taken has a field
            scope.Facts.Journey?.File(began, "write", uploads[i].Name, uploads[i].Length);
        }
    }

    /// <summary>
    /// Makes the bytes part of the record, inside of its write and after its row. <paramref name="dropped"/> gets the keys of those that the record does not name in the end.
    /// </summary>
    public async ValueTask<Fault?> SettleAsync(WriteSession session, Record record, List<string> dropped, CancellationToken stop)
    {
        // What was judged to fail before it was written may hold by now, and a hook may have given the record another id.
        if (debt is null || storedFor != record.Id) return Fault.Of(409, "records.changed_meanwhile", "The data changed while the request was being prepared. Please try again.");
        if (!await FileDebts.StandsAsync(session, debt, stop)) return Fault.Of(503, "files.too_slow", "Storing the files took too long. Please try again.") with { RetryAfter = 1 };
        if (await session.ExecuteAsync(FileDebts.Settle(debt), stop) is { } refused) throw new DataException(refused);
        foreach (var upload in uploads)
        {
            if (!FileKeys.Names(record, upload.Name)) FileKeys.Add(record, upload.Name, dropped);
        }
        return null;
    }

    /// <summary>The write came to nothing, or may have.</summary>
    public async ValueTask DiscardAsync()
    {
        if (debt is { } id && parts.Debts is { } debts) await debts.GiveUpAsync(id);
    }

    private static bool IsTaken(WriteScope scope, Upload upload) => FieldOf(scope.Collection, upload) is { } field && (!field.Hidden || scope.WritesHidden);

    private static FileField? FieldOf(Collection collection, Upload upload) => Submission.FileFieldOf(collection, upload.Key);
}
