namespace Hearth.Schema;

/// <summary>One row of the table of collections (contract 14.2): texts as they are stored.</summary>
public sealed record StoredCollection
{
    /// <summary>Primary key.</summary>
    public required string Id { get; init; }

    /// <summary>Part of Hearth itself.</summary>
    public bool System { get; init; }

    /// <summary><c>base</c>, <c>auth</c> or <c>view</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>JSON array of field objects, in the shape of the wire.</summary>
    public string Fields { get; init; } = "[]";

    /// <summary>JSON array of <c>CREATE INDEX</c> statements; the table that they name may be stale.</summary>
    public string Indexes { get; init; } = "[]";

    /// <summary>Rule for lists; null superusers only.</summary>
    public string? ListRule { get; init; }

    /// <summary>Rule for single records.</summary>
    public string? ViewRule { get; init; }

    /// <summary>Rule for creating.</summary>
    public string? CreateRule { get; init; }

    /// <summary>Rule for updating.</summary>
    public string? UpdateRule { get; init; }

    /// <summary>Rule for deleting.</summary>
    public string? DeleteRule { get; init; }

    /// <summary>JSON object: the auth options with their secrets, the query of a view, or nothing.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>Canonical date text.</summary>
    public string Created { get; init; } = "";

    /// <summary>Canonical date text.</summary>
    public string Updated { get; init; } = "";
}
