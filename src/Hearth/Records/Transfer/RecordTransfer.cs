using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Transfer.Formats;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Records.Transfer;

/// <summary>
/// Brings records from files and takes them out again, as the program itself: no rule applies, every hook and validation does.
/// Files are read and written as streams, so their size does not matter.
/// </summary>
/// <param name="store">Where records are stored.</param>
/// <param name="schemas">The collections; an import may make one.</param>
public sealed class RecordTransfer(RecordStore store, SchemaStore schemas)
{
    /// <summary>
    /// Imports a file. Rows that cannot be imported are told one by one and passed over; what was imported before the end, a cancellation
    /// or an outage stays. Faults: an unknown collection, a view, a key that is no field, an empty file for a new collection.
    /// </summary>
    /// <param name="file">The file; read to its end, not closed.</param>
    /// <param name="options">What to import where.</param>
    /// <param name="stop">Ends the import between two batches.</param>
    public async Task<Outcome<ImportReport>> ImportAsync(Stream file, ImportOptions options, CancellationToken stop = default)
    {
        await using var rows = new RowFeed(RowSource.Over(file, options.Format), stop);
        var target = await TargetAsync(rows, options, stop);
        if (target.Failed(out var fault)) return fault;
        var (collection, shape, key, created) = target.Value;
        var writer = new BatchWriter(store, schemas.Current, collection, key, options.Facts);
        var run = new ImportRun(rows, shape, writer, options);
        var total = await run.RunAsync(stop);
        return new ImportReport(collection.Name, created, total, shape.Notes);
    }

    /// <summary>
    /// Exports all records of a collection in one consistent state and tells how many there were. Everything is exported but passwords,
    /// secrets of accounts, and the bytes of files. Faults: an unknown collection.
    /// </summary>
    /// <param name="file">Where to write; flushed, not closed.</param>
    /// <param name="options">What to export in which form.</param>
    /// <param name="stop">Ends the export; the file is then not complete.</param>
    public async Task<Outcome<long>> ExportAsync(Stream file, ExportOptions options, CancellationToken stop = default)
    {
        if (schemas.Current.Find(options.Collection) is not { } collection) return UnknownCollection(options.Collection);
        Field[] fields = [.. collection.Fields.Where(field => !IsSecret(collection, field))];
        var plan = new ReadPlan { From = new BaseSource(collection), Columns = [.. fields.Select(field => new OutputColumn(field))], Unhurried = true };
        using var session = await store.Engine.ReadAsync(stop);
        using var cursor = await session.QueryAsync(plan, stop);
        await using var writer = RecordWriter.Over(file, options, fields);
        await writer.StartAsync(stop);
        var count = 0L;
        for (; await cursor.NextAsync(stop); count++) await writer.WriteAsync(cursor, stop);
        await writer.FinishAsync(stop);
        return count;
    }

    private static bool IsSecret(Collection collection, Field field) =>
        field.Type == FieldType.Password || (collection.Type == CollectionType.Auth && field.Name == "tokenKey");

    private static Fault UnknownCollection(string name) => Fault.NotFound("transfer.collection", $"There is no collection {name}.");

    private async ValueTask<Outcome<ImportTarget>> TargetAsync(RowFeed rows, ImportOptions options, CancellationToken stop)
    {
        if (schemas.Current.Find(options.Collection) is { } existing)
        {
            if (existing.Type == CollectionType.View) return Fault.BadRequest("transfer.view", $"{existing.Name} is a view: its records come from other collections.");
            var matched = ImportShape.Of(existing);
            return WithKey(existing, matched, options.Key, created: false);
        }
        if (!options.Create) return UnknownCollection(options.Collection);
        var sample = await rows.PeekAsync(ImportShape.SampleRows);
        var guess = ImportShape.Guess(sample, out var fields);
        if (fields.Count == 0 && sample.FirstOrDefault(row => row.Problem is not null) is { Problem: { } problem, Line: var line })
        {
            return Fault.BadRequest("transfer.unreadable", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"No row of the file can be read to guess the fields of a new collection from. Line {line}: {problem}"));
        }
        if (fields.Count == 0) return Fault.BadRequest("transfer.empty", "The file has no row to guess the fields of a new collection from.");
        var unique = options.Key is null or "id" ? null : guess.FieldFor(options.Key)?.Name ?? options.Key;
        if (unique is not null && fields.All(field => field.Name != unique)) return UnknownKey(options.Key!); // not null: unique is not
        var definition = NewCollection.Define(options.Collection, fields, unique);
        var made = await schemas.ChangeAsync(schema => Proposals.Create(schema, definition, schemas.Now), stop, options.Facts);
        if (made.Failed(out var fault)) return fault;
        var collection = made.Value.Find(options.Collection)!; // just made
        return WithKey(collection, ImportShape.Of(collection, guess), unique ?? options.Key, created: true);
    }

    private static Outcome<ImportTarget> WithKey(Collection collection, ImportShape shape, string? key, bool created)
    {
        if (key is null) return new ImportTarget(collection, shape, null, created);
        return (collection.FindField(key) ?? shape.FieldFor(key)) is { } field && !field.Multiple && field.Type is not (FieldType.Json or FieldType.GeoPoint or FieldType.Password or FieldType.File)
            ? new ImportTarget(collection, shape, field, created)
            : UnknownKey(key);
    }

    private static Fault UnknownKey(string key) => Fault.BadRequest("transfer.key", $"There is no field {key} that can tell records apart.");

    private sealed record ImportTarget(Collection Collection, ImportShape Shape, Field? Key, bool Created);
}
