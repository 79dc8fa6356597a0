using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Files;

/// <summary>
/// Removes the bytes under a prefix that no record names. It looks at the bytes first and at the records afterwards, all of them in one state of the data: bytes are
/// written under a debt, so whatever is seen there has either its debt, or its record, or nobody.
/// </summary>
internal sealed class FileSweep(Engine engine, RecordFiles files, Func<SchemaSnapshot> schema)
{
    private const int KeysAtOnce = 500;

    public async ValueTask RunAsync(string prefix, CancellationToken stop)
    {
        var found = new List<string>(KeysAtOnce);
        await foreach (var key in files.ListAsync(prefix, stop))
        {
            found.Add(key);
            if (found.Count < KeysAtOnce) continue;
            await RemoveUnknownAsync(found, stop);
            found.Clear();
        }
        if (found.Count > 0) await RemoveUnknownAsync(found, stop);
    }

    private async ValueTask RemoveUnknownAsync(List<string> found, CancellationToken stop)
    {
        var known = await KnownAsync(found, stop);
        foreach (var key in found)
        {
            if (!known.Contains(FileOf(key))) await files.RemoveAsync(key, stop);
        }
    }

    private async ValueTask<HashSet<string>> KnownAsync(List<string> found, CancellationToken stop)
    {
        using var session = await engine.ReadAsync(stop);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var debt in await StoredRows.ListAsync(session, FileDebts.WritingPlan, stop)) known.UnionWith(FileDebts.KeysOf(debt));
        foreach (var part in found.GroupBy(static key => key.Split('/')[0]))
        {
            if (schema().Find(part.Key) is not { } collection || collection.Id != part.Key || collection.Type == CollectionType.View) continue;
            List<string> ids = [.. part.Select(static key => key.Split('/')).Where(static parts => parts.Length > 2).Select(static parts => parts[1]).Distinct()];
            foreach (var record in await StoredRows.ListAsync(session, StoredRows.Plan(collection, from => new IdIn(from, ids)), stop))
            {
                var keys = new List<string>();
                FileKeys.AddAll(record, keys);
                known.UnionWith(keys);
            }
        }
        return known;
    }

    // A thumb belongs to its file.
    private static string FileOf(string key) => key.Split('/') is [var collection, var id, var folder, _] ? $"{collection}/{id}/{folder}/" : key;
}
