using Hearth.Basics;
using Hearth.Data;

namespace Hearth.App.MovingIn.Source;

/// <summary>Whether a database is sound, and that of an app which can move in.</summary>
internal static class SourceLook
{
    private static readonly string[] Tables = ["_collections", "_params"];

    // What SQLite finds wrong with values, not with the file: such values are taken with a note.
    private static readonly string[] AboutValues = ["NULL value in", "CHECK constraint failed", "value in ", "non-unique entry", "missing from index", "wrong # of entries"];

    /// <summary>Looks; null when all is well.</summary>
    /// <param name="engine">On a copy.</param>
    /// <param name="folder">Where the copy comes from.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Fault?> FaultOfAsync(Engine engine, string folder, CancellationToken stop)
    {
        var file = Path.Combine(folder, SourceCopy.Database);
        using var session = await engine.ReadAsync(stop);
        try
        {
            var findings = (await NativeRows.ListAsync(session, "PRAGMA quick_check(100)", stop)).Select(row => row[0] ?? "").ToList();
            if (findings.Where(line => line != "ok" && !AboutValues.Any(line.Contains)).ToList() is { Count: > 0 } wrong) return MoveInFaults.Damaged(file, wrong);
            return await KindAsync(session, folder, file, stop);
        }
        catch (DataException broken) when (broken.Fault.Kind is DataFaultKind.Unavailable or DataFaultKind.Statement)
        {
            return MoveInFaults.Damaged(file, [broken.Fault.Detail]);
        }
    }

    private static async Task<Fault?> KindAsync(ReadSession session, string folder, string file, CancellationToken stop)
    {
        var tables = (await NativeRows.NamesAsync(session, "table", stop)).ToHashSet(StringComparer.Ordinal);
        if (tables.Contains("_migrations") && (await NativeRows.ListAsync(session, "SELECT 1 FROM \"_migrations\" WHERE \"file\" LIKE 'hearth\\_%' ESCAPE '\\' LIMIT 1", stop)).Count > 0) return MoveInFaults.Own(folder);
        if (Tables.FirstOrDefault(table => !tables.Contains(table)) is { } lacks)
        {
            return MoveInFaults.Foreign(file, tables.Count == 0 ? "it is empty" : $"it has no table {lacks}");
        }
        var columns = await NativeRows.ColumnsAsync(session, "_collections", stop);
        if (tables.Contains("_admins") || columns.Contains("schema") || !tables.Contains("_superusers")) return MoveInFaults.TooOld(file);
        string[] needed = ["id", "name", "type", "fields"];
        return needed.FirstOrDefault(column => !columns.Contains(column)) is { } missing ? MoveInFaults.Foreign(file, $"its table _collections has no column {missing}") : null;
    }
}
