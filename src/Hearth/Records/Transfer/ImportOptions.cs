using Hearth.Planning;

namespace Hearth.Records.Transfer;

/// <summary>What to import where.</summary>
public sealed record ImportOptions
{
    /// <summary>Name or id of the collection that takes the records.</summary>
    public required string Collection { get; init; }

    /// <summary>The form of the file.</summary>
    public required TransferFormat Format { get; init; }

    /// <summary>
    /// Makes the collection when it does not exist: a base collection for superusers only, its fields guessed from the first 1,000 rows,
    /// with a unique index on <see cref="Key"/> when there is one. Default false: an unknown collection is a fault.
    /// </summary>
    public bool Create { get; init; }

    /// <summary>
    /// Name of a field (or its column) whose value tells which record a row is: a row whose value is stored already changes that record,
    /// another adds one. Null (the default): every row adds a record.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Who asked for it, for the audit log; null is the program itself.</summary>
    public RequestFacts? Facts { get; init; }

    /// <summary>Told of every row that was not imported, in the order of the file. May be called from any thread, one call at a time.</summary>
    public Action<RowFault>? OnFault { get; init; }

    /// <summary>Told after every batch of rows.</summary>
    public Action<ImportProgress>? OnProgress { get; init; }
}

/// <summary>A row that was not imported.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
public sealed record RowFault(long Line, string Reason);

/// <summary>How far an import has come.</summary>
/// <param name="Rows">Rows read so far.</param>
/// <param name="Added">Records added.</param>
/// <param name="Changed">Records that a row of the same key changed or left as they were.</param>
/// <param name="Failed">Rows that were not imported.</param>
public sealed record ImportProgress(long Rows, long Added, long Changed, long Failed);

/// <summary>What an import did.</summary>
/// <param name="Collection">Name of the collection.</param>
/// <param name="Created">True when the collection was made for this import.</param>
/// <param name="Total">The counts at the end.</param>
/// <param name="Notes">What a person should know about columns and fields, as sentences.</param>
public sealed record ImportReport(string Collection, bool Created, ImportProgress Total, IReadOnlyList<string> Notes);
