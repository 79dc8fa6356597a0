using Hearth.Schema;

namespace Hearth.Data.News;

/// <summary>What was done to a row.</summary>
public enum RowAct
{
    /// <summary>It was added.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Updated,

    /// <summary>It was removed.</summary>
    Deleted,
}

/// <summary>
/// A row that a write has changed, with its values after the change; of a removed one the last. It is kept for who listens, so it outlives the write, and on
/// a server the process: values are known by the ids of their fields. Immutable.
/// </summary>
public sealed class RowChange
{
    private const int Overhead = 200;

    private readonly Collection? source;
    private readonly IReadOnlyList<FieldValue>? values;
    private readonly IReadOnlyDictionary<string, FieldValue>? byField;

    /// <summary>A change that was made by this process.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="source">The collection as it was then.</param>
    /// <param name="id">Id of the row.</param>
    /// <param name="values">In the order of the collection's fields; they are not copied and must not change any more.</param>
    public RowChange(RowAct act, Collection source, string id, IReadOnlyList<FieldValue> values)
    {
        (Act, CollectionId, Id, this.source, this.values) = (act, source.Id, id, source, values);
        foreach (var value in values) Size += SizeOf(value);
    }

    /// <summary>A change that was read.</summary>
    internal RowChange(RowAct act, string collectionId, string id, IReadOnlyDictionary<string, FieldValue> byField)
    {
        (Act, CollectionId, Id, this.byField) = (act, collectionId, id, byField);
        foreach (var value in byField.Values) Size += SizeOf(value);
    }

    /// <summary>What was done.</summary>
    public RowAct Act { get; }

    /// <summary>Id of the collection.</summary>
    public string CollectionId { get; }

    /// <summary>Id of the row.</summary>
    public string Id { get; }

    /// <summary>About how many bytes it takes in memory.</summary>
    public long Size { get; } = Overhead;

    /// <summary>The values in the order of the fields of the collection as it is now; a field that came later has its zero value.</summary>
    public IReadOnlyList<FieldValue> ValuesFor(Collection now)
    {
        if (ReferenceEquals(now, source)) return values!; // both are set together
        var mapped = new FieldValue[now.Fields.Length];
        for (var i = 0; i < mapped.Length; i++) mapped[i] = Find(now.Fields[i].Id, out var value) ? value : now.Fields[i].Zero;
        return mapped;
    }

    /// <summary>Ids of fields with their values.</summary>
    internal IEnumerable<KeyValuePair<string, FieldValue>> Fields =>
        byField ?? source!.Fields.Select((one, i) => KeyValuePair.Create(one.Id, values![i])); // made in one of two ways

    private bool Find(string fieldId, out FieldValue value)
    {
        if (byField is not null) return byField.TryGetValue(fieldId, out value);
        for (var i = 0; i < source!.Fields.Length; i++)
        {
            if (source.Fields[i].Id != fieldId) continue;
            value = values![i];
            return true;
        }
        value = default;
        return false;
    }

    private static long SizeOf(FieldValue value) => 24 + value.Kind switch
    {
        FieldValueKind.Text => 2L * value.AsText.Length,
        FieldValueKind.Json => 2L * value.AsJson.Length,
        FieldValueKind.List => value.AsList.Sum(static item => 40L + 2 * item.Length),
        _ => 0,
    };
}
