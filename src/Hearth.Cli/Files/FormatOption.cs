using System.CommandLine;
using Hearth.Records.Transfer;

namespace Hearth.Cli.Files;

/// <summary>The option that names the form of a file.</summary>
internal static class FormatOption
{
    /// <summary>A fresh option object.</summary>
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--format") { Description = description, HelpName = "csv|json|ndjson" };
        option.AcceptOnlyFromAmong("csv", "json", "ndjson");
        return option;
    }

    /// <summary>The format of the option's text; null when the option was left out.</summary>
    public static TransferFormat? Read(string? text) => text is null ? null : TransferFormats.OfFileName($".{text}");
}
