using Hearth.Basics;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>What became of a batch.</summary>
internal sealed record BatchResult(int Added, int Changed, IReadOnlyList<RowFault> Faults)
{
    public static BatchResult Empty { get; } = new(0, 0, []);
}

/// <summary>Writes drafts to the store, a batch to a transaction, and says in words what was refused.</summary>
internal sealed class BatchWriter(RecordStore store, SchemaSnapshot schema, Collection collection, Field? key, RequestFacts? facts)
{
    /// <summary>Writes a batch and returns after its commit is durable.</summary>
    public async Task<BatchResult> WriteAsync(IReadOnlyList<RowDraft> drafts, CancellationToken stop)
    {
        var added = 0;
        var changed = 0;
        var faults = new List<RowFault>();
        var ready = new List<RowDraft>(drafts.Count);
        foreach (var draft in drafts)
        {
            if (HasKey(draft)) ready.Add(draft);
            else faults.Add(new RowFault(draft.Line, $"{key!.Name} is empty, so the row cannot be told apart.")); // only without a key field is every draft ready
        }
        var results = await store.WriteManyAsync(schema, collection, [.. ready.Select(draft => new Submission(draft.Body))], key?.Name, facts, stop);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Fault is { } fault) faults.Add(new RowFault(ready[i].Line, Reason(fault)));
            else if (results[i].Added) added++;
            else changed++;
        }
        return new BatchResult(added, changed, faults);
    }

    private bool HasKey(RowDraft draft) =>
        key is null || (draft.Body.TryGetValue(key.Name, out var given) && !key.IsZero(key.Coerce(given)));

    private static string Reason(Fault fault)
    {
        var parts = new List<string>();
        Collect(fault.Data, "", parts);
        return parts.Count > 0 ? string.Join(" ", parts) : fault.Message;
    }

    private static void Collect(FaultMap map, string path, List<string> parts)
    {
        foreach (var (name, entry) in map.Entries)
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (entry is FieldFault field) parts.Add($"{here}: {field.Message}");
            else if (entry is FaultMap inner) Collect(inner, here, parts);
        }
    }
}
