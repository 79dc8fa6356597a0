namespace Hearth.Records.Transfer;

/// <summary>The forms in which records come from and go to files.</summary>
public enum TransferFormat
{
    /// <summary>Comma-separated text with a header line (RFC 4180), UTF-8. On reading, semicolons and tabs are recognised too.</summary>
    Csv,

    /// <summary>One JSON list of objects (RFC 8259).</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>Names of <see cref="TransferFormat"/>.</summary>
public static class TransferFormats
{
    /// <summary>The format that a file's name tells by its ending, or null when it tells none.</summary>
    public static TransferFormat? OfFileName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => TransferFormat.Csv,
        ".json" => TransferFormat.Json,
        ".ndjson" or ".jsonl" => TransferFormat.Ndjson,
        _ => null,
    };
}
