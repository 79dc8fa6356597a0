using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records;

/// <summary>
/// Where an app's own code joins in the life of records. Hooks named <c>…ing</c> run before the work and may refuse with a fault, change
/// the record, or hand over further plans that commit with it. Hooks named <c>…ed</c> run after the commit and cannot fail the request:
/// what they throw or return is logged.
/// </summary>
public sealed class RecordEvents
{
    /// <summary>A list is about to be read.</summary>
    public RecordHook<ReadEvent> Listing { get; } = new();

    /// <summary>A single record is about to be read.</summary>
    public RecordHook<ReadEvent> Viewing { get; } = new();

    /// <summary>A record is about to be added; its rule holds, its values are not validated yet.</summary>
    public RecordHook<WriteEvent> Creating { get; } = new();

    /// <summary>A record is about to be changed; its rule holds, its values are not validated yet.</summary>
    public RecordHook<WriteEvent> Updating { get; } = new();

    /// <summary>A record is about to be removed, by itself or with one that it refers to.</summary>
    public RecordHook<WriteEvent> Deleting { get; } = new();

    /// <summary>A record was added.</summary>
    public RecordHook<RecordEvent> Created { get; } = new();

    /// <summary>A record was changed, also by the removal of one that it referred to.</summary>
    public RecordHook<RecordEvent> Updated { get; } = new();

    /// <summary>A record was removed; the event carries its last values.</summary>
    public RecordHook<RecordEvent> Deleted { get; } = new();
}

/// <summary>Told before records are read.</summary>
public sealed class ReadEvent(Collection collection, ReadPlan plan, RequestFacts facts)
{
    private Action<Record>? each;

    /// <summary>The collection that is read.</summary>
    public Collection Collection { get; } = collection;

    /// <summary>What will be read; replace it to narrow, sort or cut it. Keep its columns.</summary>
    public ReadPlan Plan { get; set; } = plan;

    /// <summary>Who asks what.</summary>
    public RequestFacts Facts { get; } = facts;

    /// <summary>Asks for the records as objects: each is handed over before it is written out, and changes to it are written too.</summary>
    public void ForEach(Action<Record> action) => each += action;

    internal Action<Record>? Each => each;
}

/// <summary>Told before a record is written.</summary>
public sealed class WriteEvent(Record record, SchemaSnapshot schema, RequestFacts facts)
{
    private List<WritePlan>? also;

    /// <summary>The record as it will be validated and stored (for removals: as it is stored). Changes to it are kept.</summary>
    public Record Record { get; } = record;

    /// <summary>The schema of the request.</summary>
    public SchemaSnapshot Schema { get; } = schema;

    /// <summary>Who asks what.</summary>
    public RequestFacts Facts { get; } = facts;

    /// <summary>Hands over a further plan that commits together with this record or not at all. It is not validated.</summary>
    public void Also(WritePlan plan) => (also ??= []).Add(plan);

    internal IReadOnlyList<WritePlan> Further => also ?? [];
}

/// <summary>Told after a record was written and committed.</summary>
/// <param name="Record">Its values after the change; for removals the last ones. <see cref="Record.Original(string)"/> tells the ones before.</param>
/// <param name="Schema">The schema of the request.</param>
/// <param name="Facts">Who asked what.</param>
public sealed record RecordEvent(Record Record, SchemaSnapshot Schema, RequestFacts Facts);
