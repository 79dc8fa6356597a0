using System.CommandLine;
using Hearth.Cli.Moving;
using Hearth.Cli.Terminal;
using Hearth.Records.Transfer;

namespace Hearth.Cli.Files;

/// <summary><c>hearth import</c>: records from a file.</summary>
internal static class ImportCommand
{
    private const int FaultsShown = 50;

    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth import people.csv --collection people --create",
        "hearth import people.csv --collection people --key email     change who is there, add who is not",
        "cat people.ndjson | hearth import - --collection people --format ndjson",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "File to read, or - for standard input. CSV with a header line, a JSON list of objects, or one JSON object a line." };
        var collection = new Option<string>("--collection") { Description = "Collection that takes the records.", HelpName = "NAME", Required = true };
        var create = new Option<bool>("--create") { Description = "Make the collection when it does not exist. The types of its fields are guessed from the first 1,000 rows; only superusers may use it until you open it." };
        var key = new Option<string?>("--key") { Description = "Field that tells records apart: a row whose value is there already changes that record, another adds one.", HelpName = "FIELD" };
        var strict = new Option<bool>("--strict") { Description = "Exit with 1 when a row was not imported. Without it such rows are only reported." };
        var format = FormatOption.Create("Form of the file. Without it the file's name tells.");
        var command = new Command("import", "Import records from a CSV, JSON or NDJSON file. Rows that do not fit are reported with their line, and the rest goes on.")
        {
            file, collection, create, key, strict, format, PocketBaseCommand.Create(),
        };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var path = parsed.GetRequiredValue(file);
            var output = parsed.InvocationConfiguration.Output;
            var error = parsed.InvocationConfiguration.Error;
            if ((FormatOption.Read(parsed.GetValue(format)) ?? TransferFormats.OfFileName(path)) is not { } form)
            {
                await error.WriteLineAsync("The file's name does not tell its form. Add --format csv, json or ndjson.");
                return ExitCode.Usage;
            }
            if (path != "-" && !File.Exists(path))
            {
                await error.WriteLineAsync($"There is no file {path}.");
                return ExitCode.Failed;
            }
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            await using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);

            var faults = 0L;
            using var progress = new ProgressLine(path == "-" || stream.Length == 0 ? null : stream, error);
            var options = new ImportOptions
            {
                Collection = parsed.GetRequiredValue(collection),
                Format = form,
                Create = parsed.GetValue(create),
                Key = parsed.GetValue(key),
                Facts = CommandFacts.Of(),
                OnFault = fault =>
                {
                    if (++faults <= FaultsShown) progress.Say($"line {fault.Line}: {fault.Reason}");
                },
                OnProgress = progress.Show,
            };
            try
            {
                var outcome = await opened.App.Transfer.ImportAsync(stream, options, stop.Token);
                progress.Dispose();
                if (outcome.Failed(out var fault))
                {
                    await FaultText.WriteAsync(error, fault);
                    return ExitCode.Failed;
                }
                if (faults > FaultsShown) await error.WriteLineAsync($"… and {faults - FaultsShown:N0} more rows that were not imported.");
                foreach (var note in outcome.Value.Notes) await error.WriteLineAsync(note);
                await output.WriteLineAsync(Summary(outcome.Value));
                return outcome.Value.Total.Failed > 0 && parsed.GetValue(strict) ? ExitCode.Failed : ExitCode.Done;
            }
            catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
            {
                progress.Dispose();
                await error.WriteLineAsync("Stopped. What was imported so far is kept.");
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static string Summary(ImportReport report)
    {
        var total = report.Total;
        var parts = new List<string> { $"{total.Added:N0} added" };
        if (total.Changed > 0) parts.Add($"{total.Changed:N0} changed");
        parts.Add($"{total.Failed:N0} not imported");
        var made = report.Created ? " (a new collection)" : "";
        return $"{report.Collection}{made}: {total.Rows:N0} rows read, {string.Join(", ", parts)}.";
    }
}
