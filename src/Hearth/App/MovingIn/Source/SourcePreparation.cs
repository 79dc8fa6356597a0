using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Resources.OldApps;
using Hearth.Resources.Secrets;
using Hearth.Schema;

namespace Hearth.App.MovingIn.Source;

/// <summary>
/// Turns the copy of a source into a database that a move understands: definitions and settings in Hearth's own form, tables that have what their definitions
/// say. All of it comes out the same each time, so that an import that was cut off can go on.
/// </summary>
internal sealed class SourcePreparation(Engine engine, AppSecrets secrets, IReadOnlyList<string> hooks, SourceNotes notes)
{
    private static readonly string[] OwnTables = ["_collections", "_params", "_migrations", "_logs"];

    /// <summary>Does it.</summary>
    public Task<Fault?> RunAsync(CancellationToken stop) => engine.WriteAsync(session => PrepareAsync(session, stop), fault => fault is null, stop);

    private async ValueTask<Fault?> PrepareAsync(WriteSession session, CancellationToken stop)
    {
        // Nothing of the source's own runs while its tables are looked at. Views are made anew from their queries.
        foreach (var trigger in await NativeRows.NamesAsync(session, "trigger", stop))
        {
            notes.AddLost($"The trigger {trigger} is left out: Hearth has hooks for that.");
            await NativeRows.DoAsync(session, $"DROP TRIGGER IF EXISTS {SqlWriter.Quote(trigger)}", stop);
        }
        var views = await NativeRows.ListAsync(session, "SELECT name, sql FROM sqlite_schema WHERE type = 'view'", stop);
        foreach (var view in await NativeRows.NamesAsync(session, "view", stop)) await NativeRows.DoAsync(session, $"DROP VIEW IF EXISTS {SqlWriter.Quote(view)}", stop);
        // Indexes would hold up what is mended, and are made anew from their definitions; those behind keys cannot be dropped.
        foreach (var row in await NativeRows.ListAsync(session, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL", stop))
        {
            await NativeRows.DoAsync(session, $"DROP INDEX IF EXISTS {SqlWriter.Quote(row[0] ?? "")}", stop);
        }

        if ((await new SourceDefinitions(session, notes).ReadAsync(stop)).Failed(out var fault, out var collections)) return fault;
        if ((await new SourceSettings(session, secrets, notes.Add).ReadAsync(stop)).Failed(out fault, out var settings)) return fault;
        await NoteTablesAsync(session, collections, stop);
        var tables = new TableRepair(session, notes);
        for (var i = 0; i < collections.Count; i++)
        {
            if (collections[i].Type == CollectionType.View) continue;
            if (await tables.MendAsync(collections[i], stop) is not { } mended) return MoveInFaults.Definition($"The table of the collection {collections[i].Name} has no column id.");
            collections[i] = mended;
        }
        var made = views.Where(row => row is [not null, not null]).ToDictionary(row => row[0] ?? "", row => row[1] ?? "", StringComparer.OrdinalIgnoreCase);
        await new ViewRescue(session, made, notes).RunAsync(collections, stop);
        await StoreAsync(session, collections, settings, stop);
        return null;
    }

    private async ValueTask NoteTablesAsync(WriteSession session, List<Collection> collections, CancellationToken stop)
    {
        foreach (var table in await NativeRows.NamesAsync(session, "table", stop))
        {
            if (OwnTables.Contains(table) || table.StartsWith("sqlite_", StringComparison.Ordinal)) continue;
            if (!collections.Exists(collection => collection.Name.Equals(table, StringComparison.OrdinalIgnoreCase))) notes.AddLost($"The table {table} belongs to no collection; it is left out.");
        }
    }

    private async ValueTask StoreAsync(WriteSession session, List<Collection> collections, string? settings, CancellationToken stop)
    {
        var tables = await NativeRows.NamesAsync(session, "table", stop);
        if (!tables.Contains("_migrations")) await session.ApplyAsync(new CreateTable(InternalTables.Migrations), stop);
        var dates = (await NativeRows.ListAsync(session, "SELECT \"created\", \"updated\" FROM \"_params\" WHERE \"id\" = 'settings'", stop)).FirstOrDefault() ?? ["", ""];
        foreach (var table in new[] { InternalTables.Collections, InternalTables.Params })
        {
            await session.ApplyAsync(new DropTable(table), stop);
            await session.ApplyAsync(new CreateTable(table), stop);
        }
        foreach (var collection in collections) await session.ApplyAsync(new SaveDefinition(collection), stop);
        if (hooks.Count > 0) await InsertAsync(session, OldHooks.Key, OldHooks.Stored(hooks), dates[0] ?? "", dates[0] ?? "", stop);
        if (settings is not null) await InsertAsync(session, "settings", settings.StartsWith('{') ? FieldValue.Json(settings) : FieldValue.Text(settings), dates[0] ?? "", dates[1] ?? "", stop);
    }

    private static async ValueTask InsertAsync(WriteSession session, string key, FieldValue value, string created, string updated, CancellationToken stop)
    {
        var row = InternalTables.Params.Fields.Select(field => field.Name switch
        {
            "id" => FieldValue.Text(key),
            "value" => value,
            "created" => FieldValue.Text(created),
            _ => FieldValue.Text(updated),
        });
        if (await session.ExecuteAsync(new InsertRow(InternalTables.Params, [.. row]), stop) is { } refused) throw new DataException(refused);
    }
}
