using System.Collections.Immutable;

namespace Hearth.Data;

/// <summary>What kept a statement from being done.</summary>
public enum DataFaultKind
{
    /// <summary>A unique index refused; <see cref="DataFault.Columns"/> names its columns.</summary>
    NotUnique,

    /// <summary>Another constraint refused.</summary>
    Constraint,

    /// <summary>The statement itself is wrong (user SQL: views, indexes, console).</summary>
    Statement,

    /// <summary>It took longer than its time limit.</summary>
    Timeout,

    /// <summary>The work was planned with a schema that is not the one of the tables any more; plan it again.</summary>
    Stale,

    /// <summary>The database is locked by others for too long; worth trying again.</summary>
    Busy,

    /// <summary>No space left on the device.</summary>
    Full,

    /// <summary>The file or server is broken or away.</summary>
    Unavailable,

    /// <summary>The server went away while a change was being committed: it may be stored, or not.</summary>
    Uncertain,
}

/// <summary>A driver's error, translated once by the engine. <paramref name="Detail"/> is for logs and superusers only.</summary>
public sealed record DataFault(DataFaultKind Kind, string Detail, ImmutableArray<string> Columns)
{
    /// <summary>A value is longer than the index over <see cref="Columns"/> can hold; without columns the whole row is larger than the database can hold.</summary>
    public bool IsTooLarge { get; init; }
}

/// <summary>Thrown by engines for faults that the caller of a statement does not expect; carries the translated fault.</summary>
public sealed class DataException(DataFault fault, Exception? inner = null) : Exception(fault.Detail, inner)
{
    /// <summary>What happened.</summary>
    public DataFault Fault { get; } = fault;
}
