namespace Hearth.Records.Transfer;

/// <summary>What to export in which form.</summary>
public sealed record ExportOptions
{
    /// <summary>Name or id of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The form of the file.</summary>
    public required TransferFormat Format { get; init; }

    /// <summary>
    /// CSV is to be opened in a spreadsheet program: a text that it would run as a formula gets an apostrophe in front, and the file says which letters it is written
    /// in. Such a file is not read back equal.
    /// </summary>
    public bool ForSpreadsheets { get; init; }
}
