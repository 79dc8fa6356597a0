namespace Hearth.Records.Transfer;

/// <summary>What to export in which form.</summary>
public sealed record ExportOptions
{
    /// <summary>Name or id of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The form of the file.</summary>
    public required TransferFormat Format { get; init; }
}
