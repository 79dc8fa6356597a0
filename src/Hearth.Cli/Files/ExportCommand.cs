using System.CommandLine;
using Hearth.Cli.Terminal;
using Hearth.Records.Transfer;

namespace Hearth.Cli.Files;

/// <summary><c>hearth export</c>: records to a file.</summary>
internal static class ExportCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth export --collection people --out people.csv",
        "hearth export --collection people --out people.csv --sheet        to open in a spreadsheet program",
        "hearth export --collection people --format ndjson | gzip > people.ndjson.gz",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var collection = new Option<string>("--collection") { Description = "Collection to export.", HelpName = "NAME", Required = true };
        var format = FormatOption.Create("Form of the file. Without it the file's name tells, else csv.");
        var file = new Option<string?>("--out") { Description = "File to write, or a pipe or device. A file that exists is replaced once the export is complete. Without it the records go to standard output.", HelpName = "FILE" };
        var sheet = new Option<bool>("--sheet") { Description = "CSV to open in a spreadsheet program: a text that it would run as a formula gets an apostrophe in front. Import does not read it back equal." };
        var command = new Command("export", "Export all records of a collection. What export writes, import reads back. Passwords and the bytes of files are not exported.")
        {
            collection, format, file, sheet,
        };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            var path = parsed.GetValue(file);
            var options = new ExportOptions
            {
                Collection = parsed.GetRequiredValue(collection),
                Format = FormatOption.Read(parsed.GetValue(format)) ?? (path is null ? null : TransferFormats.OfFileName(path)) ?? TransferFormat.Csv,
                ForSpreadsheets = parsed.GetValue(sheet),
            };
            if (options is { ForSpreadsheets: true, Format: not TransferFormat.Csv })
            {
                await error.WriteLineAsync("--sheet is for CSV.");
                return ExitCode.Usage;
            }
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            try
            {
                await using var written = path is null ? null : OutputFile.Open(path);
                var outcome = await opened.App.Transfer.ExportAsync(written?.Stream ?? Console.OpenStandardOutput(), options, stop.Token);
                if (outcome.Failed(out var fault))
                {
                    await FaultText.WriteAsync(error, fault);
                    return ExitCode.Failed;
                }
                if (written is not null) await written.CompleteAsync();
                await error.WriteLineAsync($"{outcome.Value:N0} {(outcome.Value == 1 ? "record" : "records")} exported.");
                return ExitCode.Done;
            }
            catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
            {
                await error.WriteLineAsync("Stopped.");
                return ExitCode.Failed;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync($"The file could not be written: {exception.Message}");
                return ExitCode.Failed;
            }
        });
        return command;
    }
}
