namespace Hearth.Schema;

/// <summary>API keys of the records of a collection, for programs that act for them.</summary>
public sealed record ApiKeyOptions
{
    /// <summary>Records may make keys, and keys work. Off by default, as the contract does not have them.</summary>
    public bool Enabled { get; init; }
}
